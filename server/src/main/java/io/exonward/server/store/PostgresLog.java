package io.exonward.server.store;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Copies what PostgreSQL prints into a file and the one before it, each of bounded size, and
 * remembers the last lines for error messages. Thread-safe.
 */
final class PostgresLog {
  private static final long MAX_FILE_BYTES = 4 << 20;
  private static final int REMEMBERED_LINES = 20;
  private static final int MAX_LINE = 4096;

  private final Path file;

  @GuardedBy("lastLines")
  private final Deque<String> lastLines = new ArrayDeque<>();

  PostgresLog(Path file) {
    this.file = file;
  }

  /** Starts a thread that reads until the stream ends. */
  Thread follow(InputStream output) {
    return Thread.ofPlatform().daemon().name("postgres-log").start(() -> copy(output));
  }

  private void copy(InputStream output) {
    try (var reader = new BufferedReader(new InputStreamReader(output, StandardCharsets.UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        add(line.length() > MAX_LINE ? line.substring(0, MAX_LINE) : line);
      }
    } catch (IOException | UncheckedIOException e) {
      // The process is gone, or the pipe is: what matters has been read.
      remember("log ends: " + e);
    }
  }

  private void add(String line) {
    remember(line);
    try {
      if (Files.exists(file) && Files.size(file) > MAX_FILE_BYTES) {
        Path before = file.resolveSibling(file.getFileName() + ".1");
        Files.move(file, before, StandardCopyOption.REPLACE_EXISTING);
      }
      Files.writeString(file, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      // A full disk must not stop the reading, which would stop PostgreSQL.
      remember("log not written: " + e);
    }
  }

  private void remember(String line) {
    synchronized (lastLines) {
      if (lastLines.size() == REMEMBERED_LINES) {
        lastLines.removeFirst();
      }
      lastLines.addLast(line);
    }
  }

  /** The newest lines, joined. */
  String tail() {
    synchronized (lastLines) {
      return String.join("\n", lastLines);
    }
  }
}
