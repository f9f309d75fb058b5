package io.exonward.server.store;

import io.exonward.common.event.ActionKind;
import io.exonward.common.event.CodeLoadKind;
import io.exonward.common.event.Event;
import io.exonward.common.hash.Sha256;
import io.exonward.server.inventory.ActionRecord;
import io.exonward.server.inventory.CodeDetail;
import io.exonward.server.inventory.ExecutionRecord;
import io.exonward.server.inventory.HourCount;
import io.exonward.server.inventory.InventoryFigures;
import io.exonward.server.inventory.InventoryStore;
import io.exonward.server.inventory.LoadRecord;
import io.exonward.server.inventory.Page;
import io.exonward.server.inventory.PageRequest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What agents report, in PostgreSQL. Thread-safe. */
public final class JdbcInventoryStore implements InventoryStore {
  /** Events of unknown kinds that are kept for each host. */
  static final int UNRECOGNIZED_KEPT = 1000;

  private final Database database;

  public JdbcInventoryStore(Database database) {
    this.database = database;
  }

  @Override
  public List<ExecutionRecord> insertCode(UUID host, ReportedCode code, Instant ingestedAt) {
    return database.with(handle -> {
      List<ExecutionRecord> records =
          ExecutionWriter.write(handle, host, code.executions(), ingestedAt);
      LoadWriter.write(handle, host, code.loads(), ingestedAt);
      new CodeWriter(code).write(handle, host, ingestedAt);
      return records;
    });
  }

  @Override
  public void insertActions(UUID host, List<Event.Action> actions, Instant ingestedAt) {
    database.use(handle -> ActionWriter.write(handle, host, actions, ingestedAt));
  }

  @Override
  public void insertLosses(UUID host, List<Event.Loss> losses, Instant ingestedAt) {
    if (losses.isEmpty()) {
      return;
    }
    database.use(handle -> {
      PreparedBatch batch =
          handle.prepareBatch(
              """
              insert into loss (host_id, ingested_at, cause, from_at, to_at, count, sensor)
              values (:host, :at, :cause, :from, :to, :count, :sensor)\
              """);
      for (Event.Loss loss : losses) {
        batch
            .bind("host", host)
            .bind("at", Columns.at(ingestedAt))
            .bind("cause", loss.cause().name())
            .bind("from", Columns.at(loss.from()))
            .bind("to", Columns.at(loss.to()))
            .bind("count", loss.count())
            .bind("sensor", loss.sensor())
            .add();
      }
      batch.execute();
    });
  }

  @Override
  public void recordPackages(UUID host, Event.PackageInventory inventory) {
    database.use(handle -> PackageWriter.write(handle, host, inventory));
  }

  @Override
  public void insertUnrecognized(UUID host, List<Event.Unrecognized> events, Instant ingestedAt) {
    if (events.isEmpty()) {
      return;
    }
    database.use(handle -> {
      PreparedBatch batch =
          handle.prepareBatch(
              """
              insert into unrecognized_event (host_id, ingested_at, encoded)
              values (:host, :at, :encoded)\
              """);
      for (Event.Unrecognized event : events) {
        batch
            .bind("host", host)
            .bind("at", Columns.at(ingestedAt))
            .bind("encoded", event.encoded())
            .add();
      }
      batch.execute();
      handle
          .createUpdate(
              """
              delete from unrecognized_event where host_id = :host and id <= (
                select id from unrecognized_event where host_id = :host
                order by id desc offset :kept limit 1)\
              """)
          .bind("host", host)
          .bind("kept", UNRECOGNIZED_KEPT)
          .execute();
    });
  }

  @Override
  public Page<ExecutionRecord> listExecutions(
      UUID host, @Nullable Sha256 sha256, PageRequest page) {
    return database.with(handle ->
        Page.of(
            handle
                .createQuery(
                    """
                    select id, host_id, occurred_at, count, detail from execution
                    where host_id = :host and (:sha256::bytea is null or sha256 = :sha256::bytea)
                      and (:after::bigint is null or id < :after)
                    order by id desc limit :limit\
                    """)
                .bind("host", host)
                .bind("sha256", Columns.bytesOrNull(sha256))
                .bind("after", Positions.number(page))
                .bind("limit", page.limit() + 1)
                .map((row, _) -> record(row))
                .list(),
            page,
            record -> Long.toString(record.id())));
  }

  private static ExecutionRecord record(ResultSet row) throws SQLException {
    JsonNode detail = Json.parse(row.getString("detail"));
    return new ExecutionRecord(
        row.getLong("id"),
        Columns.uuid(row, "host_id"),
        Columns.instant(row, "occurred_at"),
        row.getLong("count"),
        ExecutionJson.read(detail),
        ExecutionJson.readRuns(detail));
  }

  @Override
  public Page<LoadRecord> listLoads(
      UUID host, @Nullable CodeLoadKind kind, @Nullable Sha256 sha256, PageRequest page) {
    return database.with(handle -> LoadWriter.list(handle, host, kind, sha256, page));
  }

  @Override
  public Page<ActionRecord> listActions(UUID host, @Nullable ActionKind kind, PageRequest page) {
    return database.with(handle -> ActionWriter.list(handle, host, kind, page));
  }

  @Override
  public Optional<CodeDetail> findCode(Sha256 sha256) {
    return database.with(handle -> new CodeReader(handle, sha256).find());
  }

  @Override
  public InventoryFigures readFigures(Instant since) {
    return database.with(handle -> {
      List<HourCount> hours =
          handle
              .createQuery(
                  """
                  select hour, sum(executions)::bigint as executions from execution_hour
                  where hour >= :since group by hour order by hour\
                  """)
              .bind("since", Columns.at(since))
              .map((row, _) ->
                  new HourCount(Columns.instant(row, "hour"), row.getLong("executions")))
              .list();
      return new InventoryFigures(
          handle.createQuery("select count(*) from code_object").mapTo(Long.class).one(),
          hours.stream().mapToLong(HourCount::count).sum(),
          handle
              .createQuery(
                  """
                  select coalesce(sum(greatest(count, 1)), 0)::bigint from loss
                  where ingested_at >= :since\
                  """)
              .bind("since", Columns.at(since))
              .mapTo(Long.class)
              .one(),
          hours);
    });
  }
}
