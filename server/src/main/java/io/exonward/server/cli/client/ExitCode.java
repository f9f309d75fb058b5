package io.exonward.server.cli.client;

/** What a run of exonctl ends with. Scripts rely on the numbers: they never change. */
public enum ExitCode {
  OK(0, "done"),
  REFUSED(1, "the server refused or failed, or a local file could not be read or written"),
  USAGE(2, "wrong usage, or a confirmation is missing"),
  UNREACHABLE(3, "the server cannot be reached, or its certificate is not trusted"),
  FORBIDDEN(4, "not signed in, or the role does not suffice"),
  NOT_FOUND(5, "what was named does not exist"),
  FOUND(6, "code analyze found malicious code");

  private final int number;
  private final String meaning;

  ExitCode(int number, String meaning) {
    this.number = number;
    this.meaning = meaning;
  }

  /** Status of the process, 0 to 6. */
  public int number() {
    return number;
  }

  /** One line for the help text. */
  public String meaning() {
    return meaning;
  }
}
