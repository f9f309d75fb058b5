package io.exonward.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Adds the markers that a server received since the last call to a file: for a harness of others,
 * which asks again and again.
 */
public final class NewMarkers {
  private NewMarkers() {}

  /**
   * @param arguments folder of {@code packaging/up}; file of markers, one a line. Beside it lies
   *     how far the server's list was read.
   * @throws IOException if a file cannot be read or written
   */
  public static void main(String[] arguments) throws IOException {
    Path file = Path.of(arguments[1]);
    Path position = file.resolveSibling(file.getFileName() + ".position");
    long known = Files.exists(position) ? Long.parseLong(Files.readString(position).strip()) : 0;
    Marks marks = new Marks();
    try (ServerReports server = new ServerReports(Path.of(arguments[0]), known)) {
      server.readInto(marks);
      Files.writeString(file, marks.text(), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      Files.writeString(position, "" + server.newest());
    }
  }
}
