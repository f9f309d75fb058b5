package io.exonward.server.cli;

import io.exonward.server.cli.client.ExitCode;
import io.exonward.server.cli.client.Failure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Reads secrets from where others cannot see them: a file, standard input or the terminal; never an
 * argument.
 */
final class Secrets {
  private final Terminal terminal;

  Secrets(Terminal terminal) {
    this.terminal = terminal;
  }

  /** A password from the file, or asked for. */
  String password(@Nullable String file) {
    if (file != null) {
      return firstLine(file);
    }
    return prompt().readPassword("Password: ");
  }

  /** A password that is being set: asked for twice. */
  String newPassword(@Nullable String file) {
    if (file != null) {
      return firstLine(file);
    }
    String password = prompt().readPassword("New password: ");
    if (!password.equals(prompt().readPassword("Again: "))) {
      throw new Failure(ExitCode.USAGE, "the two passwords differ; try again");
    }
    return password;
  }

  /** The first line of the file, or of standard input for "-". */
  String firstLine(String file) {
    String line = read(file).lines().findFirst().orElse("");
    if (line.isEmpty()) {
      throw new Failure(ExitCode.USAGE, "the first line of " + file + " is empty");
    }
    return line;
  }

  /** The text of the file, or of standard input for "-". */
  String read(String file) {
    try {
      return file.equals("-")
          ? new String(terminal.in().readAllBytes(), StandardCharsets.UTF_8)
          : Files.readString(Path.of(file));
    } catch (NoSuchFileException e) {
      throw new Failure(ExitCode.USAGE, "no such file: " + file, e);
    } catch (IOException e) {
      throw new Failure(ExitCode.REFUSED, "cannot read " + file + ": " + e.getMessage(), e);
    }
  }

  private Terminal.Prompt prompt() {
    return terminal
        .prompt()
        .orElseThrow(() ->
            new Failure(ExitCode.USAGE, "no terminal to ask for a password; use --password-file"));
  }
}
