package io.exonward.agent.sensor.action;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Finds the process that another one means by a number: of a thread, or in its own pid namespace.
 * For what happens rarely: it may read the status of every process.
 */
final class NamespacePids {
  private static final int MAX_PROCESSES = 65_536;

  private final Path proc;

  /**
   * @param proc where procfs of the initial pid namespace is mounted
   */
  NamespacePids(Path proc) {
    this.proc = proc;
  }

  /** The process of thread {@code tid}; the number itself if that is gone. */
  int process(int tid) {
    List<String> found = field(String.valueOf(tid), "Tgid:");
    return found.isEmpty() ? tid : Integer.parseInt(found.getFirst());
  }

  /** The process that {@code caller} calls {@code pid}; 0 if none can be found any more. */
  int resolve(int caller, int pid) {
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(proc, "[0-9]*")) {
      Path namespace = Files.readSymbolicLink(proc.resolve(caller + "/ns/pid"));
      int left = MAX_PROCESSES;
      for (Path process : processes) {
        if (left-- == 0) {
          break;
        }
        if (isCalled(process, String.valueOf(pid), namespace)) {
          return Integer.parseInt(process.getFileName().toString());
        }
      }
    } catch (IOException _) {
      return 0; // the caller is gone
    }
    return 0;
  }

  private boolean isCalled(Path process, String pid, Path namespace) {
    List<String> numbers = field(process.getFileName().toString(), "NSpid:");
    try {
      return !numbers.isEmpty()
          && numbers.getLast().equals(pid)
          && Files.readSymbolicLink(process.resolve("ns/pid")).equals(namespace);
    } catch (IOException _) {
      return false; // ended meanwhile
    }
  }

  /** Words of a line of the status. // man 5 proc_pid_status */
  private List<String> field(String process, String name) {
    try (var lines = Files.lines(proc.resolve(process + "/status"), StandardCharsets.ISO_8859_1)) {
      return lines
          .filter(line -> line.startsWith(name))
          .findFirst()
          .map(line -> List.of(line.substring(name.length()).strip().split("\\s+")))
          .orElse(List.of());
    } catch (IOException | java.io.UncheckedIOException _) {
      return List.of();
    }
  }
}
