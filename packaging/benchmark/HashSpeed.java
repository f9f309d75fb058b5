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
  private static final int PASSES = 3;

  private record Sized(String path, long bytes) {}

  private HashSpeed() {}

  /** Takes the folder whose files are hashed, up to 1 GiB of them. */
  public static void main(String[] arguments) throws IOException {
    List<Sized> files = list(Path.of(arguments[0]));
    long bytes = files.stream().mapToLong(Sized::bytes).sum();
    System.out.printf(
        "## SHA-256 by the agent's own reader, one thread%n%n%,d files of %s, %,d MB%n%n",
        files.size(), arguments[0], bytes / 1_000_000);
    System.out.printf("| pass | MB/s by wall time | MB/s by processor time |%n");
    System.out.printf("| ---- | ----------------- | ---------------------- |%n");
    try (FileHasher hasher = new FileHasher()) {
      for (int pass = 0; pass <= PASSES; pass++) {
        long cpu = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        long started = System.nanoTime();
        files.forEach(file -> hash(hasher, file));
        long wall = System.nanoTime() - started;
        cpu = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - cpu;
        if (pass > 0) {
          System.out.printf(
              "| %-4d | %-17.0f | %-22.0f |%n", pass, bytes * 1e3 / wall, bytes * 1e3 / cpu);
        }
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
