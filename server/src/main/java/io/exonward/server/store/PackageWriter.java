package io.exonward.server.store;

import io.exonward.common.event.Event;
import io.exonward.common.policy.PackageRef;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** Writes readings of package databases. Without state. */
final class PackageWriter {
  /** Packages of one reading that are kept: a host has a few thousand. */
  static final int PACKAGES_KEPT = 20_000;

  private PackageWriter() {}

  static void write(Handle handle, UUID host, Event.PackageInventory inventory) {
    long room = PACKAGES_KEPT - countPackages(handle, host, inventory.generation());
    PreparedBatch batch =
        handle.prepareBatch(
            """
            insert into host_package (host_id, generation, manager, name, version, architecture)
            values (:host, :generation, :manager, :name, :version, :architecture)
            on conflict do nothing\
            """);
    inventory.packages().stream()
        .limit(Math.max(0, room))
        .forEach(ref -> add(batch, host, inventory.generation(), ref));
    if (batch.size() > 0) {
      batch.execute();
    }
    dropReadings(handle, host, inventory);
  }

  private static long countPackages(Handle handle, UUID host, long generation) {
    return handle
        .createQuery(
            "select count(*) from host_package where host_id = :host and generation = :generation")
        .bind("host", host)
        .bind("generation", generation)
        .mapTo(Long.class)
        .one();
  }

  private static void add(PreparedBatch batch, UUID host, long generation, PackageRef ref) {
    batch
        .bind("host", host)
        .bind("generation", generation)
        .bind("manager", ref.manager())
        .bind("name", ref.name())
        .bind("version", ref.version())
        .bind("architecture", ref.architecture())
        .add();
  }

  /** The last whole reading is generation 0 here; what another unfinished one left goes. */
  private static void dropReadings(Handle handle, UUID host, Event.PackageInventory inventory) {
    handle
        .createUpdate(
            """
            delete from host_package where host_id = :host
              and generation <> :generation and (:isComplete or generation <> 0)\
            """)
        .bind("host", host)
        .bind("generation", inventory.generation())
        .bind("isComplete", inventory.isComplete())
        .execute();
    if (inventory.isComplete()) {
      handle
          .createUpdate(
              """
              update host_package set generation = 0
              where host_id = :host and generation = :generation\
              """)
          .bind("host", host)
          .bind("generation", inventory.generation())
          .execute();
    }
  }
}
