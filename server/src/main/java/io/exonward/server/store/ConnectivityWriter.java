package io.exonward.server.store;

import io.exonward.server.inventory.HostState;
import java.time.Instant;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Remembers when a host was heard and when not. Without state. */
final class ConnectivityWriter {
  private ConnectivityWriter() {}

  /** Does nothing where the state was the same before. */
  static void change(Handle handle, UUID host, HostState state, Instant since) {
    handle
        .createUpdate(
            """
            insert into connectivity (host_id, since, state)
            select :host, :since, :state where :state is distinct from
              (select last.state from connectivity last where last.host_id = :host
                order by last.since desc limit 1)
            on conflict (host_id, since) do update set state = excluded.state\
            """)
        .bind("host", host)
        .bind("state", state.name())
        .bind("since", Columns.at(since))
        .execute();
  }

  /** As {@link #change}, since the host was heard last. */
  static void changeWhenLastHeard(Handle handle, UUID host, HostState state) {
    handle
        .createQuery("select last_seen_at from host where id = :host and last_seen_at is not null")
        .bind("host", host)
        .map((row, _) -> Columns.instant(row, "last_seen_at"))
        .findOne()
        .ifPresent(since -> change(handle, host, state, since));
  }
}
