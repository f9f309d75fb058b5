package io.exonward.server.store;

import io.exonward.common.hash.Sha256;
import io.exonward.server.inventory.ExecutionRecord;
import io.exonward.server.inventory.InventoryStore.ReportedExecution;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import tools.jackson.databind.node.ObjectNode;

/** Writes one host's executions in a handful of statements. Without state. */
final class ExecutionWriter {
  private ExecutionWriter() {}

  static List<ExecutionRecord> write(
      Handle handle, UUID host, List<ReportedExecution> reported, Instant ingestedAt) {
    if (reported.isEmpty()) {
      return List.of();
    }
    List<ExecutionRecord> records = number(handle, host, reported);
    insert(handle, records, ingestedAt);
    countHour(handle, host, reported, ingestedAt);
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
              ids.get(i),
              host,
              execution.occurredAt(),
              execution.count(),
              execution.execution(),
              execution.runs()));
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
      ObjectNode detail = ExecutionJson.write(record.execution());
      ExecutionJson.writeRuns(detail, record.runs());
      Sha256 sha256 = record.execution().code().hash().findSha256().orElse(null);
      batch
          .bind("id", record.id())
          .bind("host", record.hostId())
          .bind("ingestedAt", Columns.at(ingestedAt))
          .bind("occurredAt", Columns.at(record.occurredAt()))
          .bind("count", record.count())
          .bind("sha256", Columns.bytesOrNull(sha256))
          .bind("detail", detail.toString())
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
}
