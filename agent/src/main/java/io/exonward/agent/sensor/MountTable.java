package io.exonward.agent.sensor;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The mounts of one mount namespace. // man 5 proc_pid_mountinfo
 *
 * <p>Lines that are not as the manual says are left out. A mount point that is not UTF-8 comes out
 * with U+FFFD, and is then not found by its path.
 */
public record MountTable(List<Mount> mounts) {
  public MountTable {
    mounts = List.copyOf(mounts);
  }

  /**
   * One mount.
   *
   * @param id unique at one moment
   * @param deviceMajor of the superblock
   * @param point where it is mounted
   * @param type of the filesystem
   */
  public record Mount(int id, int deviceMajor, int deviceMinor, String point, String type) {}

  /** Reads the content of a mountinfo file. */
  public static MountTable parse(byte[] content) {
    List<Mount> mounts = new ArrayList<>();
    for (String line : new String(content, StandardCharsets.ISO_8859_1).split("\n", -1)) {
      parseLine(line).ifPresent(mounts::add);
    }
    return new MountTable(mounts);
  }

  /**
   * The first mount in the content of a mountinfo file that {@code wanted} accepts. Keeps one line
   * at a time: whoever owns a mount namespace can fill it with mounts.
   */
  public static Optional<Mount> find(byte[] content, Predicate<Mount> wanted) {
    for (int start = 0; start < content.length; ) {
      int end = start;
      while (end < content.length && content[end] != '\n') {
        end++;
      }
      String line = new String(content, start, end - start, StandardCharsets.ISO_8859_1);
      Optional<Mount> mount = parseLine(line).filter(wanted);
      if (mount.isPresent()) {
        return mount;
      }
      start = end + 1;
    }
    return Optional.empty();
  }

  private static Optional<Mount> parseLine(String line) {
    String[] fields = line.split(" ", -1);
    int separator = 6; // optional fields end with a single hyphen
    while (separator < fields.length && !fields[separator].equals("-")) {
      separator++;
    }
    if (separator + 1 >= fields.length) {
      return Optional.empty();
    }
    String[] device = fields[2].split(":", -1);
    try {
      return device.length != 2
          ? Optional.empty()
          : Optional.of(
              new Mount(
                  Integer.parseInt(fields[0]),
                  Integer.parseInt(device[0]),
                  Integer.parseInt(device[1]),
                  unescape(fields[4]),
                  fields[separator + 1]));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** Undoes the octal escapes of blanks, line ends and backslashes. */
  static String unescape(String escaped) {
    byte[] out = new byte[escaped.length()];
    int length = 0;
    for (int i = 0; i < escaped.length(); i++) {
      boolean isEscape = escaped.charAt(i) == '\\' && i + 3 < escaped.length();
      int code = isEscape ? octal(escaped, i + 1) : -1;
      out[length++] = (byte) (code < 0 ? escaped.charAt(i) : code);
      i += code < 0 ? 0 : 3;
    }
    return new String(out, 0, length, StandardCharsets.UTF_8);
  }

  private static int octal(String text, int start) {
    int code = 0;
    for (int i = start; i < start + 3; i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 7) {
        return -1;
      }
      code = code * 8 + digit;
    }
    return code;
  }

  /** Type of the filesystem on a superblock's device; empty if it is not mounted here. */
  public Optional<String> findType(int deviceMajor, int deviceMinor) {
    return mounts.stream()
        .filter(m -> m.deviceMajor == deviceMajor && m.deviceMinor == deviceMinor)
        .map(Mount::type)
        .findFirst();
  }
}
