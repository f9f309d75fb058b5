package io.exonward.agent.analyze;

import io.exonward.agent.linux.Descriptor;
import io.exonward.agent.stream.Analyst;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Has a child make the genes of a file. One child for each: what it does to itself ends with it.
 * For one thread.
 */
final class Extractor {
  private static final Duration AT_MOST = Duration.ofSeconds(90);

  /** The quick compiler and one collector thread: most of a child's life is starting. */
  private static final List<String> OPTIONS =
      List.of(
          "-Xmx256m",
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "-XX:-UsePerfData",
          "-XX:+DisableAttachMechanism",
          "-XX:+ExitOnOutOfMemoryError",
          "-Xshare:auto",
          "--enable-native-access=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow");

  private static final List<String> HANDED_ON =
      List.of("java.library.path", "jna.boot.library.path", "jna.tmpdir");

  /** What came of it. */
  sealed interface Result {
    final class Genes implements Result {
      private final byte[] encoded;

      Genes(byte[] encoded) {
        this.encoded = encoded;
      }

      byte[] encoded() {
        return encoded;
      }
    }

    record Refused(String why) implements Result {}
  }

  /** Returns when the child has ended, or was ended. */
  Result extract(Descriptor file) {
    try {
      Process child = start(file);
      try {
        return result(child);
      } finally {
        child.destroyForcibly();
      }
    } catch (IOException e) {
      return new Result.Refused("failed");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Result.Refused("failed");
    }
  }

  private static Process start(Descriptor file) throws IOException {
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.addAll(OPTIONS);
    for (String name : HANDED_ON) {
      String value = System.getProperty(name);
      if (value != null) {
        words.add("-D" + name + "=" + value);
      }
    }
    words.add("-cp");
    words.add(System.getProperty("java.class.path"));
    words.add(ExtractionMain.class.getName());
    ProcessBuilder builder =
        new ProcessBuilder(words)
            .redirectInput(Path.of("/proc/self/fd/" + file.number()).toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.environment().clear();
    return builder.start();
  }

  private static Result result(Process child) throws IOException, InterruptedException {
    Thread watchdog = Thread.ofVirtual().start(() -> endLate(child));
    byte[] encoded;
    try (InputStream out = child.getInputStream()) {
      encoded = out.readNBytes(Analyst.Answer.Genes.MAX_BYTES + 1);
    }
    if (encoded.length > Analyst.Answer.Genes.MAX_BYTES) {
      return new Result.Refused("too large");
    }
    boolean isEnded = child.waitFor(AT_MOST.toSeconds(), TimeUnit.SECONDS);
    watchdog.interrupt();
    return switch (isEnded ? child.exitValue() : ExtractionMain.FAILED) {
      case ExtractionMain.GENES -> new Result.Genes(encoded);
      case ExtractionMain.NO_CODE -> new Result.Refused("not code");
      case ExtractionMain.TOO_LARGE -> new Result.Refused("too large");
      default -> new Result.Refused("failed");
    };
  }

  private static void endLate(Process child) {
    try {
      if (!child.waitFor(AT_MOST.toSeconds(), TimeUnit.SECONDS)) {
        child.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // it has ended
    }
  }
}
