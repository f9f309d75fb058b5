package io.exonward.agent;

import io.exonward.agent.cli.ExonAgent;
import io.exonward.common.config.ConfigException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Starts {@code exon-agent}. */
public final class Main {
  private Main() {}

  /** See {@code exon-agent --help}. */
  public static void main(String[] args) throws Exception {
    LogSetup.useLines();
    Path file = Daemon.plainRun(args).orElse(null);
    System.exit(
        file == null
            ? ExonAgent.commandLine().addSubcommand("run", new RunCommand()).execute(args)
            : run(file));
  }

  private static int run(Path file) throws Exception {
    try {
      return Daemon.run(AgentConfig.read(file));
    } catch (IOException | ConfigException e) {
      return ExonAgent.report(e, new PrintWriter(System.err, true, StandardCharsets.UTF_8));
    }
  }
}
