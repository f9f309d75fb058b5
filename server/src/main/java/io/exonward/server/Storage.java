package io.exonward.server;

import io.exonward.common.tls.SecretFile;
import io.exonward.server.ServerConfig.DatabaseConfig;
import io.exonward.server.store.Database;
import io.exonward.server.store.EmbeddedPostgres;
import io.exonward.server.store.PostgresOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The database that the configuration names, started if it is ours. */
final class Storage implements AutoCloseable {
  private static final int MAX_PASSWORD_BYTES = 1024;

  private final @Nullable EmbeddedPostgres postgres;
  private final Database database;

  private Storage(@Nullable EmbeddedPostgres postgres, Database database) {
    this.postgres = postgres;
    this.database = database;
  }

  /**
   * Starts, connects and migrates.
   *
   * @param folder of the embedded PostgreSQL
   * @param onDeath told why, when that ends by itself
   */
  static Storage open(DatabaseConfig config, Path folder, Consumer<String> onDeath)
      throws IOException {
    return switch (config) {
      case DatabaseConfig.External(var url, var user, var passwordFile) ->
          new Storage(null, Database.open(url, user, password(passwordFile)));
      case DatabaseConfig.Embedded(int port) -> embedded(port, folder, onDeath);
    };
  }

  private static Storage embedded(int port, Path folder, Consumer<String> onDeath) {
    EmbeddedPostgres postgres =
        EmbeddedPostgres.start(folder, PostgresOptions.of(onDeath).withPort(port));
    try {
      return new Storage(
          postgres, Database.open(postgres.jdbcUrl(), postgres.user(), postgres.password()));
    } catch (RuntimeException e) {
      postgres.close();
      throw e;
    }
  }

  private static String password(@Nullable Path file) throws IOException {
    return file == null
        ? ""
        : new String(SecretFile.read(file, MAX_PASSWORD_BYTES), StandardCharsets.UTF_8).strip();
  }

  Database database() {
    return database;
  }

  @Override
  public void close() {
    database.close();
    if (postgres != null) {
      postgres.close();
    }
  }
}
