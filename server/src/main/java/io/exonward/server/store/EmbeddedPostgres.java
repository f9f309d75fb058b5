package io.exonward.server.store;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A PostgreSQL of our own, as a child process that keeps what it acknowledges: fsync and checksums
 * are on. It listens on 127.0.0.1 only and wants a generated password of everybody. One folder has
 * one server at a time. Thread-safe.
 */
public final class EmbeddedPostgres implements AutoCloseable {
  private static final String DATABASE = "exonward";
  private static final int POLL_MILLIS = 20;
  private static final int STOP_SECONDS = 10;

  private final PostgresCluster cluster;
  private final PostgresLog log;
  private final Process process;
  private final FolderLock lock;
  private final int port;
  private final String password;
  private final AtomicBoolean isClosing = new AtomicBoolean();

  private EmbeddedPostgres(
      PostgresCluster cluster, PostgresCommand command, int port, Path directory, FolderLock lock)
      throws IOException {
    this.cluster = cluster;
    this.port = port;
    this.lock = lock;
    password = cluster.password();
    log = new PostgresLog(directory.resolve("postgres.log"));
    process = command.prepare("postgres", settings(cluster.data(), port)).start();
    log.follow(process.getInputStream());
  }

  /**
   * Starts PostgreSQL on a folder, which is created and filled if need be.
   *
   * @throws DatabaseStartException with what to do about it
   */
  public static EmbeddedPostgres start(Path folder, PostgresOptions options) {
    Path directory = folder.toAbsolutePath().normalize();
    try {
      if (options.launchPrefix().isEmpty() && isRoot()) {
        throw new DatabaseStartException(
            "PostgreSQL refuses to run as root: start the server as an unprivileged user, for example with User= in the unit or setpriv --reuid");
      }
      Files.createDirectories(
          directory,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      return start(directory, options, FolderLock.acquire(directory));
    } catch (IOException e) {
      throw new DatabaseStartException("cannot start PostgreSQL in " + directory + ": " + e, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DatabaseStartException("interrupted while PostgreSQL started", e);
    }
  }

  private static EmbeddedPostgres start(Path directory, PostgresOptions options, FolderLock lock)
      throws IOException, InterruptedException {
    EmbeddedPostgres postgres = null;
    boolean isStarted = false;
    try {
      Path binaries = PostgresBinaries.unpack(directory);
      PostgresCommand command = new PostgresCommand(binaries, options.launchPrefix());
      PostgresCluster cluster = new PostgresCluster(directory, command);
      cluster.prepare();
      int port = claimPort(options.port());
      postgres = new EmbeddedPostgres(cluster, command, port, directory, lock);
      postgres.awaitReady(options.startTimeout());
      postgres.createDatabase();
      postgres.watch(options);
      isStarted = true;
      return postgres;
    } finally {
      if (!isStarted) {
        abandon(postgres, lock);
      }
    }
  }

  private static void abandon(@Nullable EmbeddedPostgres postgres, FolderLock lock)
      throws IOException {
    if (postgres != null) {
      postgres.close();
    } else {
      lock.close();
    }
  }

  private static boolean isRoot() throws IOException {
    return Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
  }

  /** The port itself, or a free one for 0. */
  private static int claimPort(int wanted) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), wanted));
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new DatabaseStartException(
          "port " + wanted + " for PostgreSQL on 127.0.0.1 cannot be used: " + e.getMessage(), e);
    }
  }

  private static List<String> settings(Path data, int port) {
    return List.of(
        "-D" + data,
        "-p" + port,
        "-clisten_addresses=127.0.0.1",
        "-cunix_socket_directories=",
        "-cshared_buffers=64MB",
        "-cmax_connections=40",
        "-cfsync=on",
        "-cwal_level=minimal",
        "-cmax_wal_senders=0",
        "-cjit=off",
        "-ctimezone=UTC",
        "-clog_timezone=UTC",
        // Statements and details hold what hosts sent, which does not belong into a log.
        "-clog_min_error_statement=panic",
        "-clog_error_verbosity=terse");
  }

  private void awaitReady(Duration timeout) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + timeout.toNanos();
    while (!process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
      if (cluster.isReady(process.pid())) {
        return;
      }
      if (System.nanoTime() - deadline > 0) {
        throw new DatabaseStartException(
            "PostgreSQL was not ready after " + timeout.toSeconds() + "s:\n" + log.tail());
      }
    }
    throw new DatabaseStartException(
        "PostgreSQL ended with code " + process.exitValue() + ":\n" + log.tail());
  }

  private void createDatabase() {
    try (Connection connection = DriverManager.getConnection(url("postgres"), user(), password);
        Statement statement = connection.createStatement();
        ResultSet existing =
            statement.executeQuery(
                "SELECT 1 FROM pg_database WHERE datname = '" + DATABASE + "'")) {
      if (!existing.next()) {
        statement.execute("CREATE DATABASE " + DATABASE);
      }
    } catch (SQLException e) {
      throw new DatabaseStartException("PostgreSQL does not let us in: " + e.getMessage(), e);
    }
  }

  private void watch(PostgresOptions options) {
    Thread.ofVirtual()
        .name("postgres-watch")
        .start(() -> {
          int code = process.onExit().join().exitValue();
          if (!isClosing.get()) {
            options.onDeath().accept("PostgreSQL ended with code " + code + ":\n" + log.tail());
          }
        });
  }

  private String url(String database) {
    return "jdbc:postgresql://127.0.0.1:" + port + "/" + database + "?reWriteBatchedInserts=true";
  }

  /** Without user and password. */
  public String jdbcUrl() {
    return url(DATABASE);
  }

  /** Who owns the database. */
  public String user() {
    return PostgresCluster.USER;
  }

  /** Generated when the folder was created; kept in it with mode 0600. */
  public String password() {
    return password;
  }

  /** Of PostgreSQL's first process. */
  public long pid() {
    return process.pid();
  }

  /** Ends connections, stops PostgreSQL and waits for it. */
  @Override
  public void close() {
    if (isClosing.getAndSet(true)) {
      return;
    }
    boolean wasInterrupted = Thread.interrupted();
    try (lock) {
      if (process.isAlive()) {
        cluster.stop();
      }
      if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (IOException e) {
      process.destroyForcibly();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      wasInterrupted = true;
    }
    if (wasInterrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
