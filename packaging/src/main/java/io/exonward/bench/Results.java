package io.exonward.bench;

import io.exonward.bench.Idle.Rest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Everything measured; each line is on disk as soon as it is known. */
final class Results {
  private final Path folder;
  private final List<Cell> cells = new ArrayList<>();
  private final List<Rest> rests = new ArrayList<>();
  private final Map<String, String> failures = new LinkedHashMap<>();

  /**
   * @param folder where cells.tsv and idle.tsv go
   */
  Results(Path folder) {
    this.folder = folder;
    write("cells.tsv", Cell.HEADER);
    write("idle.tsv", Rest.HEADER);
  }

  void add(Cell cell) {
    cells.add(cell);
    append("cells.tsv", cell.row());
  }

  void add(Rest rest) {
    rests.add(rest);
    append("idle.tsv", rest.row());
  }

  /** A subject could not be measured in one of its cells. */
  void failed(String subject, String why) {
    failures.put(subject, why);
  }

  List<Cell> cells() {
    return cells;
  }

  List<Rest> rests() {
    return rests;
  }

  Map<String, String> failures() {
    return failures;
  }

  private void write(String name, String header) {
    try {
      Files.writeString(folder.resolve(name), header + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void append(String name, String row) {
    try {
      Files.writeString(folder.resolve(name), row + "\n", StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
