package io.exonward.agent.health;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What the agent itself uses.
 *
 * @param residentBytes 0 if not known
 * @param cpuMillis processor time since it started; 0 if not known
 */
public record SelfUsage(long residentBytes, long cpuMillis) {
  private static final long TICK_MILLIS = 10; // USER_HZ is 100 on every architecture

  /** Reads it from /proc. */
  public static SelfUsage read() {
    return read(Path.of("/proc/self"));
  }

  static SelfUsage read(Path process) {
    try {
      String stat = Files.readString(process.resolve("stat"), StandardCharsets.ISO_8859_1);
      // Fields are counted behind the name, which may hold blanks. // man 5 proc_pid_stat
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", 14);
      long ticks = Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
      return new SelfUsage(resident(process), ticks * TICK_MILLIS);
    } catch (IOException | RuntimeException _) {
      return new SelfUsage(0, 0);
    }
  }

  private static long resident(Path process) throws IOException {
    String status = Files.readString(process.resolve("status"), StandardCharsets.ISO_8859_1);
    int begin = status.indexOf("\nVmRSS:");
    if (begin >= 0) {
      int end = status.indexOf("kB", begin);
      return Long.parseLong(status.substring(begin + 7, end).strip()) << 10;
    }
    return 0;
  }
}
