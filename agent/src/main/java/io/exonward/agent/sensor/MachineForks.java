package io.exonward.agent.sensor;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/** The kernel's own count of processes and threads created since boot. // man 5 proc_stat */
final class MachineForks {
  private MachineForks() {}

  /** Reads it; empty if it cannot be read. */
  static OptionalLong read() {
    try {
      return parse(Files.readString(Path.of("/proc/stat"), StandardCharsets.ISO_8859_1));
    } catch (IOException _) {
      return OptionalLong.empty();
    }
  }

  static OptionalLong parse(String stat) {
    for (String line : stat.split("\n", -1)) {
      if (line.startsWith("processes ")) {
        try {
          return OptionalLong.of(Long.parseLong(line.substring(10).strip()));
        } catch (NumberFormatException _) {
          return OptionalLong.empty();
        }
      }
    }
    return OptionalLong.empty();
  }
}
