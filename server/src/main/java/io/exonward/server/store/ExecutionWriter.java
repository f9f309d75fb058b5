package io.exonward.server.store;

import io.exonward.common.event.Code;
import io.exonward.common.file.FileIdentity;
import io.exonward.common.hash.Sha256;
import io.exonward.common.policy.PackageRef;
import io.exonward.server.inventory.ExecutionRecord;
import io.exonward.server.inventory.InventoryStore.ReportedExecution;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/**
 * Writes one host's executions and what follows from them in a handful of statements.
 *
 * <p>Code objects are common to all hosts: what was seen a moment ago is not touched again, so that
 * hosts do not wait for each other over {@code /bin/sh}; what is touched, in the order of its hash.
 */
final class ExecutionWriter {
  private static final Duration SEEN_PRECISION = Duration.ofMinutes(1);

  /** What one batch says of one code object. */
  private record Sighting(
      long executions,
      @Nullable Long sizeBytes,
      @Nullable String executable,
      @Nullable String owner) {
    static Sighting of(ReportedExecution reported) {
      Code code = reported.execution().code();
      FileIdentity file = code.file();
      PackageRef owner = code.owner();
      return new Sighting(
          reported.count(),
          file == null ? null : file.sizeBytes(),
          reported.execution().executable(),
          owner == null ? null : owner.name() + " " + owner.version());
    }

    Sighting followedBy(Sighting newer) {
      return new Sighting(
          executions + newer.executions, newer.sizeBytes, newer.executable, newer.owner);
    }
  }

  List<ExecutionRecord> write(
      Handle handle, UUID host, List<ReportedExecution> reported, Instant ingestedAt) {
    List<ExecutionRecord> records = number(handle, host, reported);
    insert(handle, records, ingestedAt);
    countHour(handle, host, reported, ingestedAt);
    SortedMap<Sha256, Sighting> sightings = new TreeMap<>();
    for (ReportedExecution execution : reported) {
      execution
          .execution()
          .code()
          .hash()
          .findSha256()
          .ifPresent(
              sha256 -> sightings.merge(sha256, Sighting.of(execution), Sighting::followedBy));
    }
    if (!sightings.isEmpty()) {
      upsertCode(handle, sightings, ingestedAt);
      upsertCodeOnHost(handle, host, sightings, ingestedAt);
    }
    return records;
  }

  private static List<ExecutionRecord> number(
      Handle handle, UUID host, List<ReportedExecution> reported) {
    List<Long> ids =
        handle
            .createQuery("select nextval('execution_id') from generate_series(1, :count)")
            .bind("count", reported.size())
            .mapTo(Long.class)
            .list();
    List<ExecutionRecord> records = new ArrayList<>(reported.size());
    for (int i = 0; i < reported.size(); i++) {
      ReportedExecution execution = reported.get(i);
      records.add(
          new ExecutionRecord(
              ids.get(i), host, execution.occurredAt(), execution.count(), execution.execution()));
    }
    return records;
  }

  private static void insert(Handle handle, List<ExecutionRecord> records, Instant ingestedAt) {
    PreparedBatch batch =
        handle.prepareBatch(
            """
            insert into execution (id, host_id, ingested_at, occurred_at, count, sha256, detail)
            values (:id, :host, :ingestedAt, :occurredAt, :count, :sha256, :detail::jsonb)\
            """);
    for (ExecutionRecord record : records) {
      Sha256 sha256 = record.execution().code().hash().findSha256().orElse(null);
      batch
          .bind("id", record.id())
          .bind("host", record.hostId())
          .bind("ingestedAt", Columns.at(ingestedAt))
          .bind("occurredAt", Columns.at(record.occurredAt()))
          .bind("count", record.count())
          .bind("sha256", Columns.bytesOrNull(sha256))
          .bind("detail", ExecutionJson.write(record.execution()).toString())
          .add();
    }
    batch.execute();
  }

  private static void countHour(
      Handle handle, UUID host, List<ReportedExecution> reported, Instant ingestedAt) {
    handle
        .createUpdate(
            """
            insert into execution_hour (hour, host_id, executions)
            values (date_trunc('hour', :at), :host, :count)
            on conflict (hour, host_id)
              do update set executions = execution_hour.executions + excluded.executions\
            """)
        .bind("at", Columns.at(ingestedAt))
        .bind("host", host)
        .bind("count", reported.stream().mapToLong(ReportedExecution::count).sum())
        .execute();
  }

  private static void upsertCode(
      Handle handle, SortedMap<Sha256, Sighting> sightings, Instant ingestedAt) {
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

  private static void upsertCodeOnHost(
      Handle handle, UUID host, SortedMap<Sha256, Sighting> sightings, Instant ingestedAt) {
    PreparedBatch batch =
        handle.prepareBatch(
            """
            insert into code_object_host
              (sha256, host_id, executions, first_seen, last_seen, executable, package)
            values (:sha256, :host, :executions, :at, :at, :executable, :package)
            on conflict (sha256, host_id) do update set
              executions = code_object_host.executions + excluded.executions,
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
            .bind("executable", sighting.executable())
            .bind("package", sighting.owner())
            .add());
    batch.execute();
  }
}
