package io.exonward.server.cli;

import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a run of exonctl takes from its process.
 *
 * @param home of the operator
 */
record Surroundings(
    Terminal terminal, Map<String, String> environment, Path home, Clock clock, Pause pause) {
  /** Waits between attempts to reach a server again. */
  interface Pause {
    void await(Duration duration) throws InterruptedException;
  }

  Surroundings {
    environment = Map.copyOf(environment);
  }

  /** Of this process; output is UTF-8 in every locale. */
  static Surroundings ofProcess() {
    Terminal terminal =
        new Terminal(
            System.in, stream(FileDescriptor.out), stream(FileDescriptor.err), systemPrompt());
    return new Surroundings(
        terminal,
        System.getenv(),
        Path.of(System.getProperty("user.home", "/")),
        Clock.systemUTC(),
        Thread::sleep);
  }

  private static PrintStream stream(FileDescriptor descriptor) {
    return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
  }

  private static Optional<Terminal.Prompt> systemPrompt() {
    // JDK 22 and later may have a console that is no terminal; others have none.
    return Optional.ofNullable(System.console())
        .filter(Console::isTerminal)
        .map(ConsolePrompt::new);
  }

  private record ConsolePrompt(Console console) implements Terminal.Prompt {
    @Override
    public String readLine(String question) {
      return orEmpty(console.readLine("%s", question));
    }

    @Override
    public String readPassword(String question) {
      char @Nullable [] password = console.readPassword("%s", question);
      return password == null ? "" : new String(password);
    }

    private static String orEmpty(@Nullable String line) {
      return line == null ? "" : line;
    }
  }
}
