import io.exonward.agent.linux.Descriptor;
import io.exonward.agent.linux.FileHasher;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;

/**
 * How fast the agent itself hashes files, on one thread: run with the agent's libraries on the class
 * path. The same files are hashed several times; the first time fills the page cache and is not
 * reported.
 */
final class HashSpeed {
  private static final long ENOUGH_BYTES = 1L << 30;
  private static final long LARGE_BYTES = 1_000_000;
  private static final int PASSES = 3;

  private record Sized(String path, long bytes) {}

  private HashSpeed() {}

  /** Takes the folder whose files are hashed, up to 1 GiB of them. */
  public static void main(String[] arguments) throws IOException {
    List<Sized> all = list(Path.of(arguments[0]));
    List<Sized> large = all.stream().filter(file -> file.bytes() >= LARGE_BYTES).toList();
    System.out.printf("## SHA-256 by the agent's own reader, one thread%n%n");
    System.out.printf("| files of %-19s | files  | MB    | pass | MB/s wall | MB/s CPU |%n", arguments[0]);
    System.out.printf("| ---------------------------- | ------ | ----- | ---- | --------- | -------- |%n");
    try (FileHasher hasher = new FileHasher()) {
      report(hasher, "of 1 MB and more", large);
      report(hasher, "all: opening is most of it", all);
    }
  }

  private static void report(FileHasher hasher, String which, List<Sized> files) {
    long bytes = files.stream().mapToLong(Sized::bytes).sum();
    for (int pass = 0; pass <= PASSES; pass++) {
      long cpu = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
      long started = System.nanoTime();
      files.forEach(file -> hash(hasher, file));
      long wall = System.nanoTime() - started;
      cpu = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - cpu;
      if (pass > 0) {
        System.out.printf(
            "| %-28s | %6d | %5d | %4d | %9.0f | %8.0f |%n",
            which, files.size(), bytes / 1_000_000, pass, bytes * 1e3 / wall, bytes * 1e3 / cpu);
      }
    }
  }

  private static void hash(FileHasher hasher, Sized file) {
    try (Descriptor descriptor = Descriptor.openForReading(file.path())) {
      hasher.hash(descriptor, file.bytes(), false);
    }
  }

  /** Regular files, symbolic links not followed. */
  private static List<Sized> list(Path folder) throws IOException {
    List<Sized> files = new ArrayList<>();
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          private long bytes;

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes status) {
            if (status.isRegularFile()) {
              files.add(new Sized(file.toString(), status.size()));
              bytes += status.size();
            }
            return bytes < ENOUGH_BYTES ? FileVisitResult.CONTINUE : FileVisitResult.TERMINATE;
          }
        });
    return files;
  }
}
