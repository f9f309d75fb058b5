package io.exonward.server.api;

import io.exonward.server.alert.Alert;
import io.exonward.server.alert.Alerts;
import io.exonward.server.identity.Role;
import io.exonward.server.inventory.Host;
import io.exonward.server.inventory.Hosts;
import io.javalin.http.HandlerType;
import jakarta.servlet.ServletOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Server-sent events (WHATWG HTML, section 9.2): every change of an alert or a host, to at most 64
 * readers. Each reader has a queue of 256 changes; who is too slow for it is cut off, reconnects
 * and reads the lists again. A comment every 15 s keeps the connection open and finds dead ones;
 * then the session or token is checked again, too. Thread-safe.
 */
final class ChangeStream implements AutoCloseable {
  static final int MAX_READERS = 64;
  static final int MAX_WAITING = 256;

  private static final Duration HEARTBEAT = Duration.ofSeconds(15);

  private final Alerts alerts;
  private final Guard guard;
  private final Semaphore places = new Semaphore(MAX_READERS);
  private final Set<Reader> readers = ConcurrentHashMap.newKeySet();
  private volatile boolean isClosed;

  ChangeStream(Alerts alerts, Hosts hosts, Guard guard) {
    this.alerts = alerts;
    this.guard = guard;
    alerts.changes().listen(this::offer);
    hosts.changes().listen(this::offer);
  }

  /** What one client has not been sent yet. */
  private static final class Reader {
    private final BlockingQueue<Object> waiting = new ArrayBlockingQueue<>(MAX_WAITING);
    private volatile boolean isCut;

    void offer(Object change) {
      if (!waiting.offer(change)) {
        isCut = true;
      }
    }
  }

  List<Route> routes() {
    return List.of(Routes.get("streamChanges", "/api/v1/stream", Role.VIEWER, this::stream));
  }

  /** How many clients are reading. */
  int readers() {
    return readers.size();
  }

  private void offer(Object change) {
    readers.forEach(reader -> reader.offer(change));
  }

  private void stream(Call call) throws IOException {
    if (!places.tryAcquire()) {
      throw new ProblemException(
          Problem.Kind.UNAVAILABLE, "64 clients read this already; close one");
    }
    Reader reader = new Reader();
    readers.add(reader);
    try {
      var response = call.context().res();
      response.setStatus(200);
      response.setContentType("text/event-stream");
      if (call.context().method().equals(HandlerType.HEAD)) {
        return;
      }
      send(call, response.getOutputStream(), reader);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } finally {
      readers.remove(reader);
      places.release();
    }
  }

  /** Runs on the request's own virtual thread until the client goes or must go. */
  private void send(Call call, ServletOutputStream out, Reader reader)
      throws IOException, InterruptedException {
    write(out, ": connected\n\n");
    long nextHeartbeat = System.nanoTime() + HEARTBEAT.toNanos();
    while (!isClosed && !reader.isCut) {
      // Short waits, so that a stop of the server is noticed.
      Object change = reader.waiting.poll(250, TimeUnit.MILLISECONDS);
      if (change != null) {
        write(out, event(change));
      }
      if (System.nanoTime() - nextHeartbeat >= 0) {
        if (!guard.isStillAllowed(call.context(), call.caller())) {
          return;
        }
        write(out, ": heartbeat\n\n");
        nextHeartbeat = System.nanoTime() + HEARTBEAT.toNanos();
      }
    }
  }

  // JSON has no raw newlines, so one data line holds it.
  private String event(Object change) {
    return switch (change) {
      case Alert alert -> "event: alert\ndata: " + Json.writeText(AlertView.of(alert)) + "\n\n";
      case Host host -> "event: host\ndata: " + Json.writeText(view(host)) + "\n\n";
      default -> throw new IllegalStateException("no such change");
    };
  }

  private HostView view(Host host) {
    return HostView.of(host, alerts.countOpen(List.of(host.id())).getOrDefault(host.id(), 0));
  }

  private static void write(ServletOutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  /** Ends all streams. */
  @Override
  public void close() {
    isClosed = true;
  }
}
