package io.exonward.server.cli.client;

/**
 * Ends the command: the message says what is wrong and what to do next. It may quote the server or
 * a host, so whoever prints it makes it harmless.
 */
public final class Failure extends RuntimeException {
  private final ExitCode exitCode;

  public Failure(ExitCode exitCode, String message) {
    super(message);
    this.exitCode = exitCode;
  }

  public Failure(ExitCode exitCode, String message, Throwable cause) {
    super(message, cause);
    this.exitCode = exitCode;
  }

  public ExitCode exitCode() {
    return exitCode;
  }

  /** The message; unlike {@link #getMessage()} it is never null. */
  public String message() {
    return String.valueOf(getMessage());
  }
}
