package io.exonward.server.store;

import io.exonward.common.event.CodeLoadKind;
import io.exonward.common.event.Event;
import io.exonward.common.hash.Sha256;
import io.exonward.common.process.User;
import io.exonward.server.inventory.InventoryStore.ReportedLoad;
import io.exonward.server.inventory.LoadRecord;
import io.exonward.server.inventory.Page;
import io.exonward.server.inventory.PageRequest;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/** Writes and reads code loads: one row for what differs in time only. Without state. */
final class LoadWriter {
  private LoadWriter() {}

  /** What one batch says of one row. */
  private record Sighting(Instant firstAt, Instant lastAt, long count, Event.CodeLoad load) {
    static Sighting of(ReportedLoad reported) {
      return new Sighting(reported.occurredAt(), reported.occurredAt(), 1, reported.load());
    }

    Sighting followedBy(Sighting newer) {
      return new Sighting(
          firstAt.isBefore(newer.firstAt) ? firstAt : newer.firstAt,
          lastAt.isAfter(newer.lastAt) ? lastAt : newer.lastAt,
          count + newer.count,
          newer.load);
    }
  }

  static void write(Handle handle, UUID host, List<ReportedLoad> loads, Instant ingestedAt) {
    if (loads.isEmpty()) {
      return;
    }
    // In the order of their keys: two streams of one agent never wait for each other in a circle.
    Map<Sha256, Sighting> sightings =
        loads.stream()
            .collect(
                Collectors.toMap(
                    it -> key(it.load()), Sighting::of, Sighting::followedBy, TreeMap::new));
    PreparedBatch batch =
        handle.prepareBatch(
            """
            insert into code_load
              (host_id, key, ingested_at, first_at, last_at, count, kind, sha256, detail)
            values
              (:host, :key, :ingestedAt, :firstAt, :lastAt, :count, :kind, :sha256, :detail::jsonb)
            on conflict (host_id, key) do update set
              ingested_at = excluded.ingested_at,
              first_at = least(code_load.first_at, excluded.first_at),
              last_at = greatest(code_load.last_at, excluded.last_at),
              count = code_load.count + excluded.count,
              detail = excluded.detail\
            """);
    sightings.forEach((key, sighting) -> {
      Event.CodeLoad load = sighting.load();
      batch
          .bind("host", host)
          .bind("key", key.toBytes())
          .bind("ingestedAt", Columns.at(ingestedAt))
          .bind("firstAt", Columns.at(sighting.firstAt()))
          .bind("lastAt", Columns.at(sighting.lastAt()))
          .bind("count", sighting.count())
          .bind("kind", load.kind().name())
          .bind("sha256", Columns.bytesOrNull(load.code().hash().findSha256().orElse(null)))
          .bind("detail", LoadJson.write(load).toString())
          .add();
    });
    batch.execute();
  }

  /** Texts hold no NUL, which so keeps them apart. */
  private static Sha256 key(Event.CodeLoad load) {
    User user = load.loader().user();
    String parts =
        Stream.of(
                load.kind(),
                load.code().hash(),
                load.code().origin(),
                load.path(),
                load.loader().executable(),
                load.containerId(),
                user == null ? null : user.uid())
            .map(String::valueOf)
            .collect(Collectors.joining("\0"));
    return Sha256.digest(parts.getBytes(StandardCharsets.UTF_8));
  }

  static Page<LoadRecord> list(
      Handle handle,
      UUID host,
      @Nullable CodeLoadKind kind,
      @Nullable Sha256 sha256,
      PageRequest page) {
    List<LoadRecord> rows =
        handle
            .createQuery(
                """
                select * from code_load
                where host_id = :host and (:kind::text is null or kind = :kind)
                  and (:sha256::bytea is null or sha256 = :sha256::bytea)
                  and (:after::bigint is null or id < :after)
                order by id desc limit :limit\
                """)
            .bind("host", host)
            .bind("kind", Columns.nameOrNull(kind))
            .bind("sha256", Columns.bytesOrNull(sha256))
            .bind("after", Positions.number(page))
            .bind("limit", page.limit() + 1)
            .map((row, _) -> record(row))
            .list();
    return Page.of(rows, page, record -> Long.toString(record.id()));
  }

  private static LoadRecord record(ResultSet row) throws SQLException {
    return new LoadRecord(
        row.getLong("id"),
        Columns.instant(row, "first_at"),
        Columns.instant(row, "last_at"),
        row.getLong("count"),
        LoadJson.read(Json.parse(row.getString("detail"))));
  }
}
