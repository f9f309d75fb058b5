package io.exonward.agent.cli;

/** What the exit code says, for every command. */
final class ExitCode {
  static final int OK = 0;
  static final int PROBLEM = 1;
  static final int USAGE = 2;
  static final int UNREACHABLE = 3;

  private ExitCode() {}
}
