package io.exonward.server.store;

import io.exonward.common.tls.SecretFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;

/**
 * The files of one database cluster: {@code data} is PostgreSQL's own folder, {@code password} the
 * secret beside it.
 */
final class PostgresCluster {
  static final String USER = "exonward";

  /** Of the binaries that we bring; only the same major version can read its files. */
  static final String MAJOR_VERSION = "18";

  private static final int PASSWORD_BYTES = 32;
  private static final int MAX_PASSWORD_FILE = 256;
  private static final int STATUS_LINE = 7; // src/include/utils/pidfile.h, LOCK_FILE_LINE_PM_STATUS

  private final Path directory;
  private final Path data;
  private final Path passwordFile;
  private final PostgresCommand command;

  PostgresCluster(Path directory, PostgresCommand command) {
    this.directory = directory;
    this.data = directory.resolve("data");
    this.passwordFile = directory.resolve("password");
    this.command = command;
  }

  Path data() {
    return data;
  }

  /** Makes the cluster ready to start: created, of our version, with no old server on it. */
  void prepare() throws IOException, InterruptedException {
    if (!Files.exists(data)) {
      create();
    }
    String version = Files.readString(data.resolve("PG_VERSION")).strip();
    if (!version.equals(MAJOR_VERSION)) {
      throw new DatabaseStartException(
          "%s was written by PostgreSQL %s, this server brings %s: dump it with %s and restore the dump here, or move the folder away to start empty"
              .formatted(data, version, MAJOR_VERSION, version));
    }
    stopOrphan();
  }

  /** Creates it beside its place: a folder in place is a whole one. */
  private void create() throws IOException, InterruptedException {
    Path fresh = directory.resolve("data.new");
    PostgresBinaries.delete(fresh);
    byte[] random = new byte[PASSWORD_BYTES];
    new SecureRandom().nextBytes(random);
    String password = HexFormat.of().formatHex(random);
    SecretFile.write(passwordFile, password.getBytes(StandardCharsets.US_ASCII));
    // With a launch prefix it is not we who read it.
    Files.setOwner(passwordFile, Files.getOwner(directory));
    PostgresCommand.Result result =
        command.run(
            "initdb",
            List.of(
                "--pgdata=" + fresh,
                "--username=" + USER,
                "--pwfile=" + passwordFile,
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale=C",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8",
                "--data-checksums"));
    if (result.exitCode() != 0) {
      throw new DatabaseStartException("initdb failed: " + result.output());
    }
    Files.move(fresh, data, StandardCopyOption.ATOMIC_MOVE);
  }

  String password() throws IOException {
    try {
      return new String(
          SecretFile.read(passwordFile, MAX_PASSWORD_FILE), StandardCharsets.US_ASCII);
    } catch (NoSuchFileException e) {
      throw new DatabaseStartException(
          passwordFile + " is missing: restore it from the backup that the data came from", e);
    }
  }

  /**
   * Stops a server that outlived the process that had started it. Whoever calls holds the folder's
   * lock, so nobody uses that server any more.
   */
  private void stopOrphan() throws IOException, InterruptedException {
    long pid = pidInFile();
    if (pid <= 0 || !isOurs(pid)) {
      // PostgreSQL itself removes a stale file.
      return;
    }
    stop();
    if (ProcessHandle.of(pid).isPresent() && isOurs(pid)) {
      throw new DatabaseStartException(
          "an old PostgreSQL, pid " + pid + ", still runs on " + data + " and does not stop");
    }
  }

  private boolean isOurs(long pid) {
    Path process = Path.of("/proc", Long.toString(pid));
    try {
      Path executable = Files.readSymbolicLink(process.resolve("exe"));
      return executable.endsWith("bin/postgres") && Files.isSameFile(process.resolve("cwd"), data);
    } catch (IOException e) {
      return false;
    }
  }

  /** Ends connections and stops, as SIGINT does; waits for it. */
  void stop() throws IOException, InterruptedException {
    command.run("pg_ctl", List.of("stop", "--pgdata=" + data, "--mode=fast", "--timeout=60"));
  }

  /** Whether the server with this pid says that it takes connections. */
  boolean isReady(long pid) throws IOException {
    List<String> lines = pidFile();
    return lines.size() > STATUS_LINE
        && pidInFile() == pid
        && lines.get(STATUS_LINE).strip().equals("ready");
  }

  private long pidInFile() throws IOException {
    List<String> lines = pidFile();
    String first = lines.isEmpty() ? "" : lines.getFirst().strip();
    return first.matches("[0-9]{1,10}") ? Long.parseLong(first) : 0;
  }

  private List<String> pidFile() throws IOException {
    try {
      // It names the folder, in whatever encoding that is.
      return Files.readAllLines(data.resolve("postmaster.pid"), StandardCharsets.ISO_8859_1);
    } catch (NoSuchFileException e) {
      return List.of();
    }
  }
}
