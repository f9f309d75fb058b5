package io.exonward.server.store;

import io.exonward.common.event.Code;
import io.exonward.common.file.FileIdentity;
import io.exonward.common.hash.Sha256;
import io.exonward.common.policy.PackageRef;
import io.exonward.server.inventory.InventoryStore.ReportedCode;
import io.exonward.server.inventory.InventoryStore.ReportedExecution;
import io.exonward.server.inventory.InventoryStore.ReportedLoad;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/**
 * Writes what one batch says of code objects, executed or loaded, in a handful of statements. Used
 * by one thread.
 *
 * <p>Code objects are common to all hosts: what was seen a moment ago is not touched again, so that
 * hosts do not wait for each other over {@code /bin/sh}; what is touched, in the order of its hash,
 * and all of a batch at once, so that two hosts never wait for each other in a circle.
 */
final class CodeWriter {
  private static final Duration SEEN_PRECISION = Duration.ofMinutes(1);

  private final SortedMap<Sha256, Sighting> sightings = new TreeMap<>();

  /** What one batch says of one code object. */
  private record Sighting(
      long executions,
      long loads,
      @Nullable Long sizeBytes,
      @Nullable String path,
      @Nullable String owner) {
    Sighting followedBy(Sighting newer) {
      return new Sighting(
          executions + newer.executions,
          loads + newer.loads,
          newer.sizeBytes,
          newer.path,
          newer.owner);
    }
  }

  /** Adds all code of a batch whose content is known. */
  CodeWriter(ReportedCode reported) {
    for (ReportedExecution it : reported.executions()) {
      add(it.execution().code(), it.count(), 0, it.execution().executable());
    }
    for (ReportedLoad it : reported.loads()) {
      add(it.load().code(), 0, 1, it.load().path());
    }
  }

  private void add(Code code, long executions, long loads, @Nullable String path) {
    FileIdentity file = code.file();
    PackageRef owner = code.owner();
    Sighting sighting =
        new Sighting(
            executions,
            loads,
            file == null ? null : file.sizeBytes(),
            path,
            owner == null ? null : owner.name() + " " + owner.version());
    code.hash()
        .findSha256()
        .ifPresent(sha256 -> sightings.merge(sha256, sighting, Sighting::followedBy));
  }

  void write(Handle handle, UUID host, Instant ingestedAt) {
    if (!sightings.isEmpty()) {
      upsertCode(handle, ingestedAt);
      upsertCodeOnHost(handle, host, ingestedAt);
    }
  }

  private void upsertCode(Handle handle, Instant ingestedAt) {
    Set<Sha256> fresh =
        handle
            .createQuery(
                "select sha256 from code_object where last_seen > :since and sha256" + Hashes.IN)
            .bindArray("hashes", String.class, Hashes.toHex(sightings.keySet()))
            .bind("since", Columns.at(ingestedAt.minus(SEEN_PRECISION)))
            .map((row, _) -> Columns.sha256(row, "sha256"))
            .set();
    PreparedBatch batch =
        handle.prepareBatch(
            """
            insert into code_object (sha256, size_bytes, first_seen, last_seen)
            values (:sha256, :size, :at, :at)
            on conflict (sha256) do update set
              last_seen = greatest(code_object.last_seen, excluded.last_seen),
              size_bytes = coalesce(code_object.size_bytes, excluded.size_bytes)\
            """);
    sightings.forEach((sha256, sighting) -> {
      if (!fresh.contains(sha256)) {
        batch
            .bind("sha256", sha256.toBytes())
            .bind("size", sighting.sizeBytes())
            .bind("at", Columns.at(ingestedAt))
            .add();
      }
    });
    if (batch.size() > 0) {
      batch.execute();
    }
  }

  private void upsertCodeOnHost(Handle handle, UUID host, Instant ingestedAt) {
    PreparedBatch batch =
        handle.prepareBatch(
            """
            insert into code_object_host
              (sha256, host_id, executions, loads, first_seen, last_seen, executable, package)
            values (:sha256, :host, :executions, :loads, :at, :at, :path, :package)
            on conflict (sha256, host_id) do update set
              executions = code_object_host.executions + excluded.executions,
              loads = code_object_host.loads + excluded.loads,
              last_seen = excluded.last_seen,
              executable = coalesce(excluded.executable, code_object_host.executable),
              package = coalesce(excluded.package, code_object_host.package)\
            """);
    sightings.forEach((sha256, sighting) ->
        batch
            .bind("sha256", sha256.toBytes())
            .bind("host", host)
            .bind("executions", sighting.executions())
            .bind("at", Columns.at(ingestedAt))
            .bind("loads", sighting.loads())
            .bind("path", sighting.path())
            .bind("package", sighting.owner())
            .add());
    batch.execute();
  }
}
