package io.exonward.agent.cli;

import io.exonward.agent.AgentConfig;
import io.exonward.agent.health.CoverageHistory;
import io.exonward.agent.health.CoveragePeriod;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Lists what could be seen when. Reads the ledger, so that it also answers without the agent. */
@Command(
    name = "coverage",
    description = "List what could be seen on this host in the past, what not, and what was lost.",
    mixinStandardHelpOptions = true)
final class CoverageCommand implements Callable<Integer> {
  @Mixin private ConfigOption config = new ConfigOption();
  @Mixin private OutputForm form = new OutputForm();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--last",
      paramLabel = "N",
      description = "The newest N periods only (default: all that the agent keeps).")
  private int last = Integer.MAX_VALUE;

  @Override
  public Integer call() throws IOException {
    AgentConfig settings = config.read();
    if (!Files.isReadable(settings.stateDirectory())) {
      throw new IOException(settings.stateDirectory() + " cannot be read: run this as root");
    }
    List<CoveragePeriod> all =
        CoverageHistory.read(settings.coverageDirectory(), isRunning(settings.statusSocket()));
    List<CoveragePeriod> newest =
        all.subList(Math.max(0, all.size() - Math.max(0, last)), all.size());
    CoverageReport report = new CoverageReport(newest);
    form.write(spec.commandLine().getOut(), report.json(), report.lines());
    if (newest.isEmpty()) {
      spec.commandLine()
          .getErr()
          .println("exon-agent: the agent has not run with this configuration");
    }
    return ExitCode.OK;
  }

  private static boolean isRunning(Path socket) {
    try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
      return channel.isConnected();
    } catch (IOException _) {
      return false;
    }
  }
}
