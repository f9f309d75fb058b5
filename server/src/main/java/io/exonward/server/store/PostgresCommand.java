package io.exonward.server.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Runs PostgreSQL's programs with an environment of their own.
 *
 * @param binaries folder with {@code bin}
 * @param prefix put before each command
 */
record PostgresCommand(Path binaries, List<String> prefix) {
  /** What a finished command said. */
  record Result(int exitCode, String output) {}

  /** A process that is not yet started, without input. */
  ProcessBuilder prepare(String program, List<String> arguments) {
    List<String> command = new ArrayList<>(prefix);
    command.add(binaries.resolve("bin").resolve(program).toString());
    command.addAll(arguments);
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(binaries.toFile())
            .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
            .redirectErrorStream(true);
    // PGDATA, PGOPTIONS, LD_PRELOAD and the like must not reach it.
    Map<String, String> environment = builder.environment();
    environment.clear();
    environment.putAll(Map.of("PATH", "/usr/bin:/bin", "LC_ALL", "C", "TZ", "UTC"));
    return builder;
  }

  /** Runs a command to its end. */
  Result run(String program, List<String> arguments) throws IOException, InterruptedException {
    Process process = prepare(program, arguments).start();
    try {
      byte[] output = process.getInputStream().readAllBytes();
      return new Result(process.waitFor(), new String(output, StandardCharsets.UTF_8).strip());
    } finally {
      process.destroy();
    }
  }
}
