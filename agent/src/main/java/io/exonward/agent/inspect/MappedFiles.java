package io.exonward.agent.inspect;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Files that a process has mapped, which may have no other name any more. // man 5 proc_pid_maps
 */
final class MappedFiles {
  private static final int INODE = 4;
  private static final int FIELDS = 6;
  private static final int LINES_LIMIT = 65_536; // linux Documentation, vm.max_map_count

  private MappedFiles() {}

  /** A link to the file with this inode, whatever its device; empty if none is mapped. */
  static Optional<String> find(int pid, long inode) {
    String process = "/proc/" + pid;
    String wanted = Long.toUnsignedString(inode);
    Path maps = Path.of(process + "/maps");
    try (BufferedReader reader = Files.newBufferedReader(maps, StandardCharsets.ISO_8859_1)) {
      String line = reader.readLine();
      for (int i = 0; i < LINES_LIMIT && line != null; i++) {
        String[] fields = line.split(" ", FIELDS);
        if (fields.length > INODE && fields[INODE].equals(wanted)) {
          return Optional.of(process + "/map_files/" + fields[0]);
        }
        line = reader.readLine();
      }
      return Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
