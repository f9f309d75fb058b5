package io.exonward.agent.sensor;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.exonward.agent.linux.FileStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Assumptions;

/** What tests on the real kernel share: tiny programs, and a reason where they cannot run. */
public final class KernelTests {
  /** Exit status of the marker program. */
  public static final int MARKER_STATUS = 7;

  private static final Path SOURCES = Path.of("src/test/c").toAbsolutePath();

  private KernelTests() {}

  /** Skips the test, with the reason, unless we are root. */
  public static void requireRoot() {
    assumeTrue(FileStatus.ofPath("/proc/self").ownerUid() == 0, "needs root");
  }

  /** Starts a sensor, or skips the test with what the kernel said. */
  public static void requireStart(Sensor sensor, KernelEventSink sink) {
    requireRoot();
    try {
      sensor.start(sink);
    } catch (SensorUnavailableException e) {
      Assumptions.abort(sensor.name() + " is refused here: " + e.getMessage());
    }
  }

  /** Returns once {@code condition} holds; fails after ten seconds. */
  public static void await(BooleanSupplier condition) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - end > 0) {
        throw new AssertionError("it did not become true");
      }
      LockSupport.parkNanos(1_000_000);
    }
  }

  /** Compiles a program of src/test/c into {@code folder}. */
  public static Path compile(String name, Path folder) {
    Path program = folder.resolve(name);
    String source = SOURCES.resolve(name + ".c").toString();
    run("gcc", "-O1", "-pthread", "-o", program.toString(), source);
    return program;
  }

  /** A copy with content of its own: bytes after the end of an ELF file change nothing else. */
  public static Path copy(Path program, Path target, byte... tail) {
    try {
      byte[] content = Files.readAllBytes(program);
      byte[] longer = Arrays.copyOf(content, content.length + tail.length);
      System.arraycopy(tail, 0, longer, content.length, tail.length);
      Files.write(target, longer);
      if (!target.toFile().setExecutable(true)) {
        throw new IOException("cannot make executable: " + target);
      }
      return target;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts a program and does not wait. */
  public static Process start(Object... command) {
    List<String> words = new ArrayList<>();
    for (Object word : command) {
      words.add(word.toString());
    }
    try {
      return new ProcessBuilder(words).redirectErrorStream(true).start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Runs a program to its end; returns its exit status. */
  public static int run(Object... command) {
    Process process = start(command);
    try {
      process.getInputStream().readAllBytes();
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError("still running: " + Arrays.toString(command));
      }
      return process.exitValue();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
