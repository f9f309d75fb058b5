package io.exonward.server.cli;

import io.exonward.server.cli.client.Api;
import io.exonward.server.cli.client.ExitCode;
import io.exonward.server.cli.client.Failure;
import io.exonward.server.cli.client.Profile;
import io.exonward.server.cli.client.ServerUrl;
import io.exonward.server.cli.client.Trust;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Decides which server is asked, as whom, and what is trusted: options first, then the stored
 * sign-in.
 */
final class Connection {
  private final GlobalOptions options;
  private final Invocation invocation;

  Connection(Invocation invocation) {
    this.invocation = invocation;
    this.options = invocation.options();
  }

  Api open() {
    Optional<Profile> profile = invocation.profileFile().read();
    ServerUrl server = server(profile);
    return Api.withToken(
        server, Trust.authority(authority(server, profile)), token(server, profile));
  }

  /**
   * The authority that an option names, or else the stored one if it belongs to this server; null
   * for the Java runtime's own.
   */
  @Nullable String authority(ServerUrl server, Optional<Profile> stored) {
    Optional<String> file = options.caFile();
    if (file.isPresent()) {
      return new Secrets(invocation.terminal()).read(file.get());
    }
    return stored
        .filter(profile -> profile.server().equals(server))
        .map(Profile::authority)
        .orElse(null);
  }

  private ServerUrl server(Optional<Profile> stored) {
    String named = options.server();
    return named != null
        ? ServerUrl.parse(named)
        : stored.map(Profile::server).orElseThrow(Connection::notSignedIn);
  }

  /** A stored token goes to the server that issued it and to no other. */
  private String token(ServerUrl server, Optional<Profile> stored) {
    Optional<String> file = options.tokenFile();
    if (file.isPresent()) {
      return new Secrets(invocation.terminal()).firstLine(file.get());
    }
    Profile profile = stored.orElseThrow(Connection::notSignedIn);
    if (!profile.server().equals(server)) {
      throw new Failure(
          ExitCode.USAGE,
          "the stored sign-in is for %s, not for %s; add --token-file, or exonctl login %s first"
              .formatted(profile.server(), server, server));
    }
    return profile.token();
  }

  private static Failure notSignedIn() {
    return new Failure(ExitCode.FORBIDDEN, "not signed in; exonctl login https://host:8443 first");
  }
}
