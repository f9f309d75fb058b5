package io.exonward.server;

import io.exonward.common.config.ConfigReader;
import io.exonward.common.config.ConfigSection;
import io.exonward.common.config.HostPort;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Configuration of the server; packaging/config/server.yaml shows every key.
 *
 * @param dataDirectory where the server keeps its authority, its database and first secrets
 * @param serverNames names and addresses in the certificates of the three ports; empty: localhost,
 *     127.0.0.1 and the machine's own name
 * @param retentionDays how long executions and what belongs to them are kept
 * @param certificateLifetime of agents' certificates
 */
record ServerConfig(
    Path dataDirectory,
    Listen listen,
    List<String> serverNames,
    DatabaseConfig database,
    int retentionDays,
    Duration certificateLifetime,
    LogLevel logLevel) {
  private static final int DEFAULT_RETENTION_DAYS = 30;
  private static final int MAX_RETENTION_DAYS = 3650;
  private static final Duration DEFAULT_LIFETIME = Duration.ofHours(24);
  private static final Duration MIN_LIFETIME = Duration.ofSeconds(30);
  private static final Duration MAX_LIFETIME = Duration.ofDays(90);
  private static final int MAX_PORT = 65_535;

  ServerConfig {
    serverNames = List.copyOf(serverNames);
  }

  /** Where the ports are. */
  record Listen(HostPort console, HostPort agents, HostPort enrollment) {}

  /** Which PostgreSQL is used. */
  sealed interface DatabaseConfig {
    /**
     * Our own, in the data directory.
     *
     * @param port on 127.0.0.1; 0: any free one
     */
    record Embedded(int port) implements DatabaseConfig {}

    /**
     * One that somebody else runs.
     *
     * @param passwordFile null: the URL or the server's trust is enough
     */
    record External(String url, String user, @Nullable Path passwordFile)
        implements DatabaseConfig {}
  }

  /** How much is logged. */
  enum LogLevel {
    ERROR,
    WARN,
    INFO,
    DEBUG
  }

  /**
   * Reads the file.
   *
   * @throws io.exonward.common.config.ConfigException with every problem
   */
  static ServerConfig read(Path file) {
    return ConfigReader.read(file, ServerConfig::build);
  }

  static ServerConfig build(ConfigSection root) {
    ConfigSection listen = root.section("listen");
    return new ServerConfig(
        root.path("data-dir"),
        new Listen(
            listen.address("console", new HostPort("127.0.0.1", 8443)),
            listen.address("agents", new HostPort("127.0.0.1", 8444)),
            listen.address("enrollment", new HostPort("127.0.0.1", 8445))),
        root.strings("server-names", List.of()),
        database(root.section("database")),
        root.integer("retention-days", DEFAULT_RETENTION_DAYS, 1, MAX_RETENTION_DAYS),
        root.duration("certificate-lifetime", DEFAULT_LIFETIME, MIN_LIFETIME, MAX_LIFETIME),
        root.choice("log-level", LogLevel.INFO));
  }

  private static DatabaseConfig database(ConfigSection section) {
    int port = section.integer("port", 0, 0, MAX_PORT);
    Optional<String> url = section.findString("url");
    Optional<Path> passwordFile = section.findPath("password-file");
    String user = section.string("user", "exonward");
    if (url.isEmpty()) {
      for (String key : List.of("user", "password-file")) {
        if (section.has(key)) {
          section.problem(key, "only together with url");
        }
      }
      return new DatabaseConfig.Embedded(port);
    }
    if (section.has("port")) {
      section.problem("port", "is for the embedded database; with url the port stands there");
    }
    if (!url.get().startsWith("jdbc:postgresql:")) {
      section.problem("url", "must begin with jdbc:postgresql:");
    }
    return new DatabaseConfig.External(url.get(), user, passwordFile.orElse(null));
  }
}
