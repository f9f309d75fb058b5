package io.exonward.agent;

import io.exonward.agent.cli.ExonAgent;

/** Starts {@code exon-agent}. */
public final class Main {
  private Main() {}

  /** See {@code exon-agent --help}. */
  public static void main(String[] args) {
    LogSetup.useLines();
    System.exit(ExonAgent.commandLine().addSubcommand("run", new RunCommand()).execute(args));
  }
}
