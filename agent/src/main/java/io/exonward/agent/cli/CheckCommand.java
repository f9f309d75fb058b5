package io.exonward.agent.cli;

import io.exonward.agent.AgentConfig;
import io.exonward.agent.stream.Identity;
import io.exonward.agent.stream.IdentityStore;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Validates what the agent would start with. */
@Command(
    name = "check",
    description = "Validate the configuration and the identity, each problem with its place.",
    mixinStandardHelpOptions = true)
final class CheckCommand implements Callable<Integer> {
  @Mixin private ConfigOption config = new ConfigOption();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    AgentConfig settings = config.read();
    PrintWriter out = spec.commandLine().getOut();
    out.println("configuration: " + config.file() + " is valid");
    out.println("server: " + settings.server());
    return identity(settings, out) ? ExitCode.OK : ExitCode.PROBLEM;
  }

  private boolean identity(AgentConfig settings, PrintWriter out) {
    PrintWriter err = spec.commandLine().getErr();
    try {
      Optional<Identity> identity = new IdentityStore(settings.identityDirectory()).read();
      if (identity.isEmpty()) {
        err.println("exon-agent: not enrolled: run exon-agent enroll");
        return false;
      }
      Instant end = identity.orElseThrow().expiresAt();
      out.println("identity: agent " + identity.orElseThrow().agentId() + ", until " + end);
      if (end.isBefore(Instant.now())) {
        err.println("exon-agent: the certificate ended at " + end + ": enroll again");
        return false;
      }
      return true;
    } catch (IOException | IllegalArgumentException e) {
      err.println("exon-agent: identity not readable: " + e.getMessage());
      return false;
    }
  }
}
