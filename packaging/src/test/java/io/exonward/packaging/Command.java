package io.exonward.packaging;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Runs one command to its end; output goes through files, so that no pipe can fill up. */
final class Command {
  private static final Duration LIMIT = Duration.ofMinutes(3);

  private Command() {}

  /** What a command left behind. */
  record Result(int code, String stdout, String stderr) {
    /** This result, if the command succeeded. */
    Result orThrow() {
      if (code != 0) {
        throw new AssertionError("exit code " + code + ": " + stderr + stdout);
      }
      return this;
    }
  }

  static Result run(List<String> command) {
    return run(command, LIMIT);
  }

  /** Runs a command that may take longer, or must not take as long, as most. */
  static Result run(List<String> command, Duration limit) {
    try {
      Path out = Files.createTempFile("exonward-out", null);
      Path err = Files.createTempFile("exonward-err", null);
      try {
        Process process =
            new ProcessBuilder(command)
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        if (!process.waitFor(limit)) {
          process.destroyForcibly();
          throw new AssertionError(
              String.join(" ", command) + " took too long: " + Files.readString(err));
        }
        return new Result(process.exitValue(), Files.readString(out), Files.readString(err));
      } finally {
        Files.delete(out);
        Files.delete(err);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }
}
