package io.exonward.agent.stream;

import io.exonward.agent.health.AgentStatus.Connection;
import io.exonward.agent.health.AgentStatus.ConnectionState;
import java.time.InstantSource;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How it stands with the server, said once in the log whenever it changes. Thread-safe to read. */
final class ConnectionJournal {
  private static final Logger log = LoggerFactory.getLogger(ConnectionJournal.class);

  private final InstantSource clock;
  private volatile Connection now;

  ConnectionJournal(String server, InstantSource clock) {
    this.clock = clock;
    this.now = new Connection(server, ConnectionState.CONNECTING, null, clock.instant());
  }

  Connection now() {
    return now;
  }

  void become(ConnectionState state, @Nullable String detail) {
    Connection before = now;
    if (before.state() == state && Objects.equals(before.detail(), detail)) {
      return;
    }
    now = new Connection(before.server(), state, detail, clock.instant());
    boolean needsOperator =
        switch (state) {
          case REFUSED, EXPIRED, NOT_ENROLLED -> true;
          case CONNECTED, CONNECTING, WAITING, STOPPED -> false;
        };
    (needsOperator ? log.atError() : log.atInfo())
        .addKeyValue("server", before.server())
        .addKeyValue("state", state)
        .addKeyValue("detail", String.valueOf(detail))
        .log("connection");
  }
}
