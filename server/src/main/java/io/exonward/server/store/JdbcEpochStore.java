package io.exonward.server.store;

import io.exonward.server.inventory.EpochStore;
import java.time.Instant;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Lives of agents' spools in PostgreSQL. Thread-safe. */
public final class JdbcEpochStore implements EpochStore {
  /** Epochs of one host that are remembered: a spool that is older will not come back. */
  static final int KEPT = 64;

  private final Database database;

  public JdbcEpochStore(Database database) {
    this.database = database;
  }

  @Override
  public long read(UUID host, UUID epoch) {
    return database.with(handle ->
        handle
            .createQuery(
                "select last_sequence from host_epoch where host_id = :host and epoch = :epoch")
            .bind("host", host)
            .bind("epoch", epoch)
            .mapTo(Long.class)
            .findOne()
            .orElse(0L));
  }

  @Override
  public long lock(UUID host, UUID epoch, Instant now) {
    return database.with(handle -> {
      int added =
          handle
              .createUpdate(
                  """
                  insert into host_epoch (host_id, epoch, last_sequence, created_at)
                  values (:host, :epoch, 0, :now) on conflict do nothing\
                  """)
              .bind("host", host)
              .bind("epoch", epoch)
              .bind("now", Columns.at(now))
              .execute();
      if (added == 1) {
        forgetOldest(handle, host, epoch);
      }
      return handle
          .createQuery(
              """
              select last_sequence from host_epoch
              where host_id = :host and epoch = :epoch for update\
              """)
          .bind("host", host)
          .bind("epoch", epoch)
          .mapTo(Long.class)
          .one();
    });
  }

  private static void forgetOldest(Handle handle, UUID host, UUID newest) {
    handle
        .createUpdate(
            """
            delete from host_epoch where host_id = :host and epoch <> :newest and created_at <= (
              select created_at from host_epoch where host_id = :host
              order by created_at desc offset :kept limit 1)\
            """)
        .bind("host", host)
        .bind("newest", newest)
        .bind("kept", KEPT)
        .execute();
  }

  @Override
  public void advance(UUID host, UUID epoch, long sequence) {
    database.use(handle ->
        handle
            .createUpdate(
                """
                update host_epoch set last_sequence = :sequence
                where host_id = :host and epoch = :epoch\
                """)
            .bind("host", host)
            .bind("epoch", epoch)
            .bind("sequence", sequence)
            .execute());
  }
}
