package io.exonward.server.cli;

import io.exonward.server.cli.client.Api;
import io.exonward.server.cli.client.ExitCode;
import io.exonward.server.cli.client.Failure;
import io.exonward.server.cli.client.Profile;
import io.exonward.server.cli.client.ProfileFile;
import io.exonward.server.cli.client.Target;
import io.exonward.server.cli.client.Trust;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/**
 * {@code exonctl logout}: forgets the stored token whatever happens, and revokes it if the server
 * can be reached.
 */
final class LogoutCommand {
  private final Invocation invocation;

  LogoutCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  CommandSpec spec() {
    return Verbs.verb("logout", "Sign out: revoke the stored API token and delete it", this::run);
  }

  private void run() {
    ProfileFile file = invocation.profileFile();
    Optional<Profile> stored = file.read();
    if (stored.isEmpty()) {
      invocation.printer().message("not signed in");
      return;
    }
    Profile profile = stored.get();
    file.delete();
    revoke(profile);
    invocation.printer().message("signed out of " + profile.server());
  }

  private static void revoke(Profile profile) {
    try (Api api =
        Api.withToken(profile.server(), Trust.authority(profile.authority()), profile.token())) {
      api.delete(Target.of("api-tokens", profile.tokenId()));
    } catch (Failure e) {
      if (e.exitCode() == ExitCode.FORBIDDEN || e.exitCode() == ExitCode.NOT_FOUND) {
        return; // revoked or expired already
      }
      throw new Failure(
          e.exitCode(),
          e.message()
              + "; the token is deleted here but still valid: sign in again later, then exonctl"
              + " api-token revoke "
              + profile.tokenId(),
          e);
    }
  }
}
