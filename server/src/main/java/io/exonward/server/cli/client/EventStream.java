package io.exonward.server.cli.client;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * An open stream of server-sent events. It ends when the server or the network ends it.
 *
 * <p>Not thread-safe.
 */
public final class EventStream implements AutoCloseable {
  private final BufferedReader lines;
  private final ServerEventParser parser = new ServerEventParser();

  EventStream(InputStream body) {
    lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
  }

  /** Waits for the next event; empty once the stream has ended. */
  public Optional<ServerEvent> next() {
    try {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        Optional<ServerEvent> event = parser.accept(line);
        if (event.isPresent()) {
          return event;
        }
      }
    } catch (IOException e) {
      // A broken connection ends the stream as an orderly end does: the caller connects again.
      return Optional.empty();
    }
    return Optional.empty();
  }

  @Override
  public void close() {
    try {
      lines.close();
    } catch (IOException e) {
      throw new Failure(ExitCode.UNREACHABLE, "cannot close the stream: " + e.getMessage(), e);
    }
  }
}
