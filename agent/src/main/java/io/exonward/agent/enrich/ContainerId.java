package io.exonward.agent.enrich;

import java.util.Optional;

/**
 * Reads the container out of {@code /proc/PID/cgroup}. // man 7 cgroups
 *
 * <p>Known forms of the last parts of a cgroup's path: docker ({@code docker-ID.scope}, {@code
 * /docker/ID}), podman ({@code libpod-ID.scope}, also {@code libpod-ID} and below it {@code
 * container}), containerd ({@code cri-containerd-ID.scope} and plain {@code ID} below a pod), cri-o
 * ({@code crio-ID.scope}), all with 64 hexadecimal digits, and systemd-nspawn ({@code
 * machine-NAME.scope}, {@code systemd-nspawn@NAME.service}) whose id is the escaped name. The text
 * is hostile: whoever may make cgroups may name one like a container. Other runtimes are not
 * recognized.
 */
final class ContainerId {
  /** The longest that the wire carries. */
  private static final int MAX_LENGTH = 128;

  private static final int MAX_TEXT = 64 << 10;
  private static final int HEX_LENGTH = 64;

  private ContainerId() {}

  /** The innermost container that {@code cgroupFile} names; empty on the host. */
  static Optional<String> parse(String cgroupFile) {
    String text = cgroupFile.substring(0, Math.min(cgroupFile.length(), MAX_TEXT));
    String best = null;
    for (String line : text.split("\n", -1)) {
      // hierarchy-id:controllers:path, where the path may hold anything but a newline
      int path = line.indexOf(':', line.indexOf(':') + 1) + 1;
      if (path > 1 && (best == null || line.startsWith("0:"))) {
        String found = parsePath(line.substring(path)).orElse(null);
        best = found != null ? found : best;
      }
    }
    return Optional.ofNullable(best);
  }

  private static Optional<String> parsePath(String path) {
    int end = path.length();
    while (end > 0) {
      int start = path.lastIndexOf('/', end - 1);
      Optional<String> id = parseName(path.substring(start + 1, end));
      if (id.isPresent()) {
        return id;
      }
      end = start;
    }
    return Optional.empty();
  }

  private static Optional<String> parseName(String name) {
    String unit = stripSuffix(stripSuffix(name, ".scope"), ".service");
    if (unit.startsWith("systemd-nspawn@")
        || (unit.startsWith("machine-") && name.endsWith(".scope"))) {
      String machine = unit.substring(unit.indexOf(unit.startsWith("machine-") ? '-' : '@') + 1);
      return isPrintable(machine) ? Optional.of(machine) : Optional.empty();
    }
    int digits = unit.length() - HEX_LENGTH;
    if (digits < 0 || !isHex(unit.substring(digits))) {
      return Optional.empty();
    }
    boolean isAlone = digits == 0;
    boolean isPrefixed = digits > 0 && unit.charAt(digits - 1) == '-';
    boolean isMonitor = unit.startsWith("libpod-conmon-") || unit.startsWith("crio-conmon-");
    return (isAlone || isPrefixed) && !isMonitor
        ? Optional.of(unit.substring(digits))
        : Optional.empty();
  }

  private static String stripSuffix(String text, String suffix) {
    return text.endsWith(suffix) ? text.substring(0, text.length() - suffix.length()) : text;
  }

  private static boolean isHex(String text) {
    return text.chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'));
  }

  private static boolean isPrintable(String text) {
    return !text.isEmpty()
        && text.length() <= MAX_LENGTH
        && text.chars().allMatch(c -> c > ' ' && c < 0x7f);
  }
}
