package io.exonward.agent.enrich;

import io.exonward.common.policy.PackageRef;
import io.exonward.common.wire.Limits;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Installed packages out of dpkg's status file and the journal beside it, in which a running
 * transaction notes what it has done so far. // man 5 deb-control, dpkg lib/dpkg/dbmodify.c
 */
final class DpkgStatus {
  private static final int MAX_PACKAGES = 100_000;

  private final Map<String, PackageRef> packages = new TreeMap<>();
  private final Map<String, String> fields = new HashMap<>();

  private DpkgStatus() {}

  /** By name, with {@code :architecture} behind it. */
  static Map<String, PackageRef> read(Path root) throws IOException {
    DpkgStatus status = new DpkgStatus();
    status.readFile(root.resolve("status"));
    Path journal = root.resolve("updates");
    if (Files.isDirectory(journal)) {
      try (Stream<Path> files = Files.list(journal)) {
        List<Path> numbered =
            files.filter(f -> isNumber(f.getFileName().toString())).sorted().toList();
        for (Path file : numbered) {
          status.readFile(file);
        }
      }
    }
    return status.packages;
  }

  private static boolean isNumber(String name) {
    return name.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  private void readFile(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      return;
    }
    try (BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        if (line.isEmpty()) {
          endStanza();
        } else {
          readField(line);
        }
      }
    }
    endStanza();
  }

  private void readField(String line) {
    int colon = line.indexOf(':');
    if (colon > 0 && line.charAt(0) > ' ') {
      switch (line.substring(0, colon)) {
        case "Package", "Status", "Version", "Architecture" ->
            fields.put(line.substring(0, colon), line.substring(colon + 1).strip());
        default -> {}
      }
    }
  }

  private void endStanza() {
    String name = fields.getOrDefault("Package", "");
    String version = fields.getOrDefault("Version", "");
    String architecture = fields.getOrDefault("Architecture", "");
    String key = name + ":" + architecture;
    if (!name.isEmpty() && isInstalled(fields.getOrDefault("Status", ""))) {
      if (packages.size() < MAX_PACKAGES && !version.isEmpty() && !architecture.isEmpty()) {
        packages.put(key, new PackageRef("dpkg", cut(name), cut(version), cut(architecture)));
      }
    } else {
      packages.remove(key);
    }
    fields.clear();
  }

  /** Whether the package's files are in place: from unpacking on, until it is removed. */
  private static boolean isInstalled(String status) {
    return switch (status.substring(status.lastIndexOf(' ') + 1)) {
      case "installed", "unpacked", "half-configured", "triggers-awaited", "triggers-pending" ->
          true;
      default -> false;
    };
  }

  private static String cut(String text) {
    return Limits.truncate(text, Limits.PACKAGE_TEXT_BYTES);
  }
}
