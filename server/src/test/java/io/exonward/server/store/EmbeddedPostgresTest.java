package io.exonward.server.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One folder for all tests: each leaves it with no server running. */
@Timeout(120)
class EmbeddedPostgresTest {
  private static Path folder = Path.of("/nonexistent");

  @BeforeAll
  static void createFolder() throws IOException {
    folder = TestDatabase.newFolder();
  }

  @AfterAll
  static void deleteFolder() throws IOException {
    PostgresBinaries.delete(folder);
  }

  private static EmbeddedPostgres start() {
    return EmbeddedPostgres.start(folder, TestDatabase.options());
  }

  private static EmbeddedPostgres start(Consumer<String> onDeath) {
    return EmbeddedPostgres.start(
        folder,
        PostgresOptions.of(onDeath).withLaunchPrefix(TestDatabase.options().launchPrefix()));
  }

  @Test
  void close_thenStart_keepsWhatWasWritten() throws SQLException {
    try (EmbeddedPostgres postgres = start()) {
      execute(postgres, "CREATE TABLE kept AS SELECT 7 AS value");
    }

    try (EmbeddedPostgres postgres = start()) {
      assertEquals("7", query(postgres, "SELECT value FROM kept"));
    }
  }

  @Test
  void start_afterAKill_recoversWhatWasCommitted() throws Exception {
    CompletableFuture<String> death = new CompletableFuture<>();
    EmbeddedPostgres killed = start(death::complete);
    execute(killed, "CREATE TABLE survived AS SELECT 8 AS value");

    ProcessHandle.of(killed.pid()).orElseThrow().destroyForcibly();
    String reason = death.get(60, TimeUnit.SECONDS);
    killed.close();

    assertTrue(reason.startsWith("PostgreSQL ended with code 137"), reason);
    try (EmbeddedPostgres postgres = start()) {
      assertEquals("8", query(postgres, "SELECT value FROM survived"));
    }
  }

  @Test
  void start_oldServerStillRuns_isStoppedFirst() throws Exception {
    PostgresCommand command =
        new PostgresCommand(PostgresBinaries.unpack(folder), TestDatabase.options().launchPrefix());
    PostgresCluster cluster = new PostgresCluster(folder, command);
    cluster.prepare();
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    Process orphan =
        command
            .prepare(
                "postgres",
                List.of("-D" + cluster.data(), "-p" + port, "-cunix_socket_directories="))
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      while (!cluster.isReady(orphan.pid())) {
        assertFalse(orphan.waitFor(20, TimeUnit.MILLISECONDS), "the old server ended early");
      }

      try (EmbeddedPostgres postgres = start()) {
        assertTrue(orphan.waitFor(10, TimeUnit.SECONDS));
        assertEquals("1", query(postgres, "SELECT 1"));
      }
    } finally {
      orphan.destroyForcibly();
    }
  }

  @Test
  void close_runningServer_leavesNoProcessAndNoPidFile() {
    EmbeddedPostgres postgres = start();
    ProcessHandle process = ProcessHandle.of(postgres.pid()).orElseThrow();

    postgres.close();
    postgres.close();

    assertFalse(process.isAlive());
    assertFalse(Files.exists(folder.resolve("data/postmaster.pid")));
  }

  @Test
  void close_onRequest_isNoDeath() throws Exception {
    CompletableFuture<String> death = new CompletableFuture<>();

    EmbeddedPostgres postgres = start(death::complete);
    ProcessHandle process = ProcessHandle.of(postgres.pid()).orElseThrow();
    postgres.close();
    process.onExit().get(10, TimeUnit.SECONDS);

    assertFalse(death.isDone());
  }

  @Test
  void connect_wrongOrNoPassword_isRefused() throws Exception {
    try (EmbeddedPostgres postgres = start()) {
      for (String password : List.of("wrong", "")) {
        SQLException refused =
            assertThrows(
                SQLException.class,
                () -> DriverManager.getConnection(postgres.jdbcUrl(), postgres.user(), password));
        assertTrue(List.of("28P01", "08004").contains(refused.getSQLState()), refused.toString());
      }
    }
    try (Stream<String> lines = Files.lines(folder.resolve("data/pg_hba.conf"))) {
      assertTrue(lines.filter(line -> !line.startsWith("#")).noneMatch(l -> l.contains("trust")));
    }
  }

  @Test
  void start_settings_areDurableAndLocal() throws Exception {
    try (EmbeddedPostgres postgres = start()) {
      assertEquals("on", query(postgres, "SHOW fsync"));
      assertEquals("on", query(postgres, "SHOW data_checksums"));
      assertEquals("127.0.0.1", query(postgres, "SHOW listen_addresses"));
      assertEquals("", query(postgres, "SHOW unix_socket_directories"));
      assertEquals("UTF8", query(postgres, "SHOW server_encoding"));
      String locale = "SELECT datlocale FROM pg_database WHERE datname = current_database()";
      assertEquals("C.UTF-8", query(postgres, locale));
    }
    Path password = folder.resolve("password");
    assertEquals(
        "rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(password)));
  }

  @Test
  void start_folderInUse_isRefused() throws SQLException {
    try (EmbeddedPostgres postgres = start()) {
      DatabaseStartException refused = assertThrows(DatabaseStartException.class, () -> start());

      assertEquals("another server uses " + folder + ": stop it first", refused.getMessage());
      assertEquals("1", query(postgres, "SELECT 1"));
    }
  }

  @Test
  void start_portInUse_isRefused() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      PostgresOptions options = TestDatabase.options().withPort(socket.getLocalPort());

      DatabaseStartException refused =
          assertThrows(DatabaseStartException.class, () -> EmbeddedPostgres.start(folder, options));

      String message = String.valueOf(refused.getMessage());
      assertTrue(message.startsWith("port " + socket.getLocalPort() + " for"), message);
    }
  }

  @Test
  void start_dataOfAnotherVersion_isRefused() throws IOException {
    start().close();
    Path version = folder.resolve("data/PG_VERSION");
    Files.writeString(version, "17\n");
    try {
      DatabaseStartException refused = assertThrows(DatabaseStartException.class, () -> start());

      String message = String.valueOf(refused.getMessage());
      assertTrue(message.contains("was written by PostgreSQL 17, this server brings 18"), message);
    } finally {
      Files.writeString(version, "18\n");
    }
  }

  @Test
  void start_interruptedUnpackingAndInitdb_startOver() throws Exception {
    Path half = TestDatabase.newFolder();
    try {
      Path binaries = PostgresBinaries.unpack(half);
      Files.move(binaries, half.resolve(binaries.getFileName() + ".new"));
      Files.createDirectory(half.resolve("data.new"));
      Files.writeString(half.resolve("data.new/rest"), "x");

      try (EmbeddedPostgres postgres = EmbeddedPostgres.start(half, TestDatabase.options())) {
        assertEquals("1", query(postgres, "SELECT 1"));
      }
      try (Stream<Path> files = Files.list(half)) {
        assertTrue(files.noneMatch(file -> file.toString().endsWith(".new")));
      }
    } finally {
      PostgresBinaries.delete(half);
    }
  }

  @Test
  void start_asRootWithoutPrefix_saysWhatToDo() {
    assumeTrue("root".equals(System.getProperty("user.name")), "only root can be refused as root");
    PostgresOptions options = PostgresOptions.of(_ -> {});

    DatabaseStartException refused =
        assertThrows(DatabaseStartException.class, () -> EmbeddedPostgres.start(folder, options));

    String message = String.valueOf(refused.getMessage());
    assertTrue(
        message.startsWith("PostgreSQL refuses to run as root: start the server as"), message);
  }

  private static void execute(EmbeddedPostgres postgres, String sql) throws SQLException {
    try (Connection connection = connect(postgres);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String query(EmbeddedPostgres postgres, String sql) throws SQLException {
    try (Connection connection = connect(postgres);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      assertTrue(rows.next());
      return String.valueOf(rows.getString(1));
    }
  }

  private static Connection connect(EmbeddedPostgres postgres) throws SQLException {
    return DriverManager.getConnection(postgres.jdbcUrl(), postgres.user(), postgres.password());
  }
}
