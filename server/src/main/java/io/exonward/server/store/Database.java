package io.exonward.server.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.exonward.server.inventory.StoreUnavailableException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/**
 * Connections to PostgreSQL, with the schema brought up to date. Thread-safe.
 *
 * <p>At most {@value #CONNECTIONS} connections; whoever finds none within five seconds gets a
 * {@link StoreUnavailableException}, as does whoever waits too long for a lock or an answer.
 */
public final class Database implements AutoCloseable {
  private static final int CONNECTIONS = 10;
  private static final Duration CONNECTION_WAIT = Duration.ofSeconds(5);
  // PostgreSQL error codes, appendix A: deadlock, serialization, lock and statement timeout.
  private static final Set<String> TRANSIENT = Set.of("40P01", "40001", "55P03", "57014");
  // Classes: connection, insufficient resources, operator intervention, system error.
  private static final Set<String> TRANSIENT_CLASSES = Set.of("08", "53", "57", "58");

  private final HikariDataSource pool;
  private final Jdbi jdbi;

  private Database(HikariDataSource pool) {
    this.pool = pool;
    this.jdbi = Jdbi.create(pool);
  }

  /**
   * Connects and migrates.
   *
   * @throws StoreUnavailableException if the database cannot be reached
   */
  public static Database open(String jdbcUrl, String user, String password) {
    HikariDataSource pool = connect(jdbcUrl, user, password);
    try {
      Flyway.configure()
          .dataSource(pool)
          .locations("classpath:db/migration")
          .validateMigrationNaming(true)
          .load()
          .migrate();
      return new Database(pool);
    } catch (RuntimeException e) {
      pool.close();
      throw e;
    }
  }

  private static HikariDataSource connect(String jdbcUrl, String user, String password) {
    HikariConfig config = new HikariConfig();
    config.setPoolName("exonward");
    config.setJdbcUrl(jdbcUrl);
    config.setUsername(user);
    config.setPassword(password);
    config.setMaximumPoolSize(CONNECTIONS);
    config.setConnectionTimeout(CONNECTION_WAIT.toMillis());
    config.addDataSourceProperty("ApplicationName", "exonward");
    config.addDataSourceProperty("reWriteBatchedInserts", "true");
    config.addDataSourceProperty("socketTimeout", "60"); // seconds
    config.addDataSourceProperty("options", "-c statement_timeout=30s -c lock_timeout=10s");
    try {
      return new HikariDataSource(config);
    } catch (RuntimeException e) {
      throw new StoreUnavailableException("the database does not answer: " + e.getMessage(), e);
    }
  }

  /** Whether the database answers now. */
  public boolean isAnswering() {
    try {
      return with(handle -> handle.createQuery("select true").mapTo(Boolean.class).one());
    } catch (StoreUnavailableException _) {
      return false;
    }
  }

  /** Runs {@code work} with this thread's connection: the transaction's, if there is one. */
  <T> T with(Function<Handle, T> work) {
    try {
      return jdbi.withHandle(work::apply);
    } catch (JdbiException e) {
      throw translate(e);
    }
  }

  /** As {@link #with}, without a result. */
  void use(Consumer<Handle> work) {
    with(handle -> {
      work.accept(handle);
      return true;
    });
  }

  /** Runs {@code work} in this thread's transaction, or in a new one. */
  <T> T inTransaction(Function<Handle, T> work) {
    try {
      return jdbi.inTransaction(work::apply);
    } catch (JdbiException e) {
      throw translate(e);
    }
  }

  private static RuntimeException translate(JdbiException failure) {
    SQLException cause = findCause(failure);
    if (cause == null) {
      return failure;
    }
    String state = cause.getSQLState();
    boolean isTransient =
        state == null
            || TRANSIENT.contains(state)
            || (state.length() == 5 && TRANSIENT_CLASSES.contains(state.substring(0, 2)));
    return isTransient
        ? new StoreUnavailableException("the database is away: " + cause.getMessage(), failure)
        : failure;
  }

  private static @Nullable SQLException findCause(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException found) {
        return found;
      }
    }
    return null;
  }

  @Override
  public void close() {
    pool.close();
  }
}
