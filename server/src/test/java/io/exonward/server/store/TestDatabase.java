package io.exonward.server.store;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * A real database for the tests of stores: one PostgreSQL per test JVM, one empty migrated database
 * for each that asks. Close it when the test class is done.
 */
public final class TestDatabase implements AutoCloseable {
  private static final int NOBODY = 65_534;
  private static final String TEMPLATE = "template_migrated";
  private static final AtomicInteger COUNT = new AtomicInteger();

  private static @Nullable EmbeddedPostgres shared;

  private final HikariDataSource dataSource;

  private TestDatabase(HikariDataSource dataSource) {
    this.dataSource = dataSource;
  }

  /** A new database with all migrations, which nobody else uses. */
  public static TestDatabase fresh() {
    EmbeddedPostgres postgres = shared();
    String name = "test_" + COUNT.incrementAndGet();
    execute(postgres, "CREATE DATABASE " + name + " TEMPLATE " + TEMPLATE);
    HikariDataSource dataSource = new HikariDataSource();
    dataSource.setJdbcUrl(url(postgres, name));
    dataSource.setUsername(postgres.user());
    dataSource.setPassword(postgres.password());
    dataSource.setMaximumPoolSize(4);
    return new TestDatabase(dataSource);
  }

  /** A pool of four connections. */
  public HikariDataSource dataSource() {
    return dataSource;
  }

  /** The same database through JDBI, without plugins. */
  public Jdbi jdbi() {
    return Jdbi.create(dataSource);
  }

  @Override
  public void close() {
    dataSource.close();
  }

  /** How a test that may run as root starts PostgreSQL, which refuses root. */
  static PostgresOptions options() {
    PostgresOptions options = PostgresOptions.of(reason -> System.err.println(reason));
    return isRoot()
        ? options.withLaunchPrefix(
            List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups", "--"))
        : options;
  }

  /** A new folder that belongs to whoever runs PostgreSQL. */
  static Path newFolder() throws IOException {
    Path folder = Files.createTempDirectory("exonward-postgres-");
    if (isRoot()) {
      Files.setAttribute(folder, "unix:uid", NOBODY);
    }
    return folder;
  }

  private static boolean isRoot() {
    return "root".equals(System.getProperty("user.name"));
  }

  private static synchronized EmbeddedPostgres shared() {
    EmbeddedPostgres running = shared;
    if (running == null) {
      running = startShared();
      shared = running;
    }
    return running;
  }

  private static EmbeddedPostgres startShared() {
    try {
      Path folder = newFolder();
      EmbeddedPostgres postgres = EmbeddedPostgres.start(folder, options());
      Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(postgres, folder)));
      execute(postgres, "CREATE DATABASE " + TEMPLATE);
      Flyway.configure()
          .dataSource(url(postgres, TEMPLATE), postgres.user(), postgres.password())
          .locations("classpath:db/migration")
          .load()
          .migrate();
      return postgres;
    } catch (IOException e) {
      throw new IllegalStateException("no database for tests", e);
    }
  }

  private static void stop(EmbeddedPostgres postgres, Path folder) {
    postgres.close();
    try {
      PostgresBinaries.delete(folder);
    } catch (IOException e) {
      System.err.println("left behind: " + folder + ": " + e);
    }
  }

  private static void execute(EmbeddedPostgres postgres, String sql) {
    try (Connection connection =
            DriverManager.getConnection(postgres.jdbcUrl(), postgres.user(), postgres.password());
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  private static String url(EmbeddedPostgres postgres, String database) {
    return postgres.jdbcUrl().replace("/exonward?", "/" + database + "?");
  }
}
