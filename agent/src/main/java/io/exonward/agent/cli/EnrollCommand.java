package io.exonward.agent.cli;

import io.exonward.agent.AgentConfig;
import io.exonward.agent.enrich.HostFactsReader;
import io.exonward.agent.stream.Enrollment;
import io.exonward.agent.stream.Identity;
import io.exonward.agent.stream.IdentityStore;
import io.exonward.common.enroll.JoinToken;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Exchanges a join token for an identity. The token comes from a file, from standard input or from
 * systemd, never from an argument or the environment, where other users could see it.
 */
@Command(
    name = "enroll",
    description = {
      "Exchange a join token for an identity.",
      "Without --token-file the token is the systemd credential \"join-token\"."
    },
    mixinStandardHelpOptions = true)
final class EnrollCommand implements Callable<Integer> {
  /** Set by systemd for LoadCredential=; names a directory, holds no secret itself. */
  private static final String CREDENTIALS = "CREDENTIALS_DIRECTORY";

  @Mixin private ConfigOption config = new ConfigOption();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description = "File that holds the join token; - for standard input.")
  private @Nullable String tokenFile;

  @Option(names = "--force", description = "Replace an identity that is there already.")
  private boolean isForced;

  @Override
  public Integer call() throws IOException {
    AgentConfig settings = config.read();
    IdentityStore store = new IdentityStore(settings.identityDirectory());
    if (!isForced && Files.exists(settings.identityDirectory().resolve("agent.pem"))) {
      return fail("this host is enrolled already; --force replaces its identity");
    }
    HostFactsReader host = new HostFactsReader(Path.of("/"));
    String machineId = host.machineId();
    if (machineId == null) {
      return fail("this machine has no identity: run systemd-machine-id-setup");
    }
    Optional<JoinToken> token = readToken();
    return token.isEmpty()
        ? ExitCode.USAGE
        : enroll(
            settings,
            store,
            token.orElseThrow(),
            new Enrollment.Applicant(host.hostname(), machineId));
  }

  private int enroll(
      AgentConfig settings, IdentityStore store, JoinToken token, Enrollment.Applicant applicant)
      throws IOException {
    try {
      Identity identity = Enrollment.enroll(settings.enrollment(), token, applicant);
      // First: a policy of the group before would pass for a newer one than the new group's.
      Files.deleteIfExists(settings.policyFile());
      store.write(identity);
      spec.commandLine().getOut().println("enrolled as agent " + identity.agentId());
      return ExitCode.OK;
    } catch (Enrollment.RefusedException e) {
      fail(String.valueOf(e.getMessage()));
      return e.isFinal() ? ExitCode.PROBLEM : ExitCode.UNREACHABLE;
    }
  }

  private Optional<JoinToken> readToken() throws IOException {
    try (InputStream in = openToken()) {
      return Optional.of(JoinToken.read(in));
    } catch (IllegalArgumentException e) {
      fail(String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }

  private InputStream openToken() throws IOException {
    if (tokenFile != null) {
      return tokenFile.equals("-") ? System.in : Files.newInputStream(Path.of(tokenFile));
    }
    String credentials = System.getenv(CREDENTIALS);
    if (credentials == null) {
      throw new IllegalArgumentException(
          "no join token: give --token-file, or the systemd credential join-token");
    }
    return Files.newInputStream(Path.of(credentials, "join-token"));
  }

  private int fail(String message) {
    spec.commandLine().getErr().println("exon-agent: " + message);
    return ExitCode.PROBLEM;
  }
}
