package io.exonward.server.store;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/**
 * How to run the embedded PostgreSQL.
 *
 * @param port on 127.0.0.1; 0 for any free one
 * @param launchPrefix put before each of its commands, for example to drop privileges; must run the
 *     command in place (exec), in the same process. Empty: none
 * @param startTimeout how long a start may take, recovery after a crash included
 * @param onDeath told why, on a thread of its own, when PostgreSQL ends without being asked to
 */
public record PostgresOptions(
    int port, List<String> launchPrefix, Duration startTimeout, Consumer<String> onDeath) {
  private static final Duration START_TIMEOUT = Duration.ofMinutes(5);

  public PostgresOptions {
    launchPrefix = List.copyOf(launchPrefix);
  }

  /** Any free port, as the user that we are. */
  public static PostgresOptions of(Consumer<String> onDeath) {
    return new PostgresOptions(0, List.of(), START_TIMEOUT, onDeath);
  }

  /** The same on a fixed port. */
  public PostgresOptions withPort(int fixed) {
    return new PostgresOptions(fixed, launchPrefix, startTimeout, onDeath);
  }

  /** The same with another prefix. */
  public PostgresOptions withLaunchPrefix(List<String> prefix) {
    return new PostgresOptions(port, prefix, startTimeout, onDeath);
  }
}
