package io.exonward.agent.sensor.procfs;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Parses text of /proc, whose names and arguments any user may choose. */
final class ProcText {
  private static final String DELETED = " (deleted)"; // linux fs/d_path.c

  private ProcText() {}

  /** Arguments of /proc/PID/cmdline, each closed by a zero byte; the last may lack it. */
  static List<String> arguments(byte[] cmdline) {
    List<String> arguments = new ArrayList<>();
    for (int start = 0; start < cmdline.length; ) {
      int end = start;
      while (end < cmdline.length && cmdline[end] != 0) {
        end++;
      }
      arguments.add(new String(cmdline, start, end - start, StandardCharsets.UTF_8));
      start = end + 1;
    }
    return arguments;
  }

  /**
   * The first number, the real id, of a line such as {@code Uid:} in /proc/PID/status.
   *
   * @param key with its colon
   */
  static Optional<Integer> realId(byte[] status, String key) {
    String text = new String(status, StandardCharsets.ISO_8859_1);
    // The name of the process comes first, but with its line ends escaped.
    for (String line : text.split("\n", -1)) {
      if (line.startsWith(key)) {
        String[] fields = line.substring(key.length()).strip().split("\t", -1);
        try {
          return Optional.of(Integer.parseUnsignedInt(fields[0]));
        } catch (NumberFormatException e) {
          return Optional.empty();
        }
      }
    }
    return Optional.empty();
  }

  /** Path of the unified hierarchy in /proc/PID/cgroup. // man 7 cgroups */
  static Optional<String> unifiedCgroup(byte[] cgroup) {
    String text = new String(cgroup, StandardCharsets.UTF_8);
    for (String line : text.split("\n", -1)) {
      if (line.startsWith("0::/")) {
        return Optional.of(line.substring("0::".length()));
      }
    }
    return Optional.empty();
  }

  /** Inode in the target of a link such as {@code mnt:[4026531840]}; 0 if it is none. */
  static int namespaceInode(String target) {
    int open = target.indexOf('[');
    int close = target.indexOf(']', open + 1);
    if (open < 0 || close < 0) {
      return 0;
    }
    try {
      return Integer.parseUnsignedInt(target.substring(open + 1, close));
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  /** The former path of a file known to be deleted. */
  static String withoutDeletedMark(String path) {
    return path.endsWith(DELETED) ? path.substring(0, path.length() - DELETED.length()) : path;
  }
}
