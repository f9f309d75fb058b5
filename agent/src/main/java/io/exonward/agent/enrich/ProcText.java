package io.exonward.agent.enrich;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Small text files of the kernel and the host. */
final class ProcText {
  private ProcText() {}

  /** At most {@code maxBytes} of the file; empty if it is gone or not readable. */
  static Optional<String> find(Path file, int maxBytes) {
    try (InputStream in = Files.newInputStream(file)) {
      return Optional.of(new String(in.readNBytes(maxBytes), StandardCharsets.UTF_8));
    } catch (IOException _) {
      return Optional.empty();
    }
  }

  /** The first line without surrounding blanks; empty if there is nothing in it. */
  static Optional<String> findLine(Path file) {
    return find(file, 4096)
        .flatMap(t -> t.lines().findFirst())
        .map(String::strip)
        .filter(l -> !l.isEmpty());
  }
}
