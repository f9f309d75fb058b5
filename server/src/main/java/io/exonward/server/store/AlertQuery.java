package io.exonward.server.store;

import io.exonward.common.hash.Sha256;
import io.exonward.server.alert.Alert;
import io.exonward.server.alert.AlertFigures;
import io.exonward.server.alert.AlertFilter;
import io.exonward.server.detect.LineageDetectors.Past;
import io.exonward.server.detect.Severity;
import io.exonward.server.inventory.HourCount;
import io.exonward.server.inventory.Page;
import io.exonward.server.inventory.PageRequest;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Lists and sums of alerts. */
final class AlertQuery {
  private static final String OPEN = "a.status in ('NEW', 'IN_PROGRESS')";

  private AlertQuery() {}

  /** Where a list goes on: activity moves alerts, so the position is a time and a number. */
  private record Position(@Nullable Instant lastAt, @Nullable Long id) {
    static Position of(PageRequest page) {
      String position = page.position();
      if (position == null) {
        return new Position(null, null);
      }
      int comma = position.indexOf(',');
      try {
        return new Position(
            Instant.parse(position.substring(0, Math.max(comma, 0))),
            Long.valueOf(position.substring(comma + 1)));
      } catch (DateTimeParseException | NumberFormatException _) {
        throw PageRequest.unknownPosition();
      }
    }

    static String of(Alert alert) {
      return alert.lastAt() + "," + alert.id();
    }
  }

  static Page<Alert> run(Handle handle, AlertFilter filter, PageRequest page) {
    Position position = Position.of(page);
    Severity atLeast = filter.atLeast();
    List<Alert> rows =
        handle
            .createQuery(
                """
                select * from alert a
                where (cardinality(:statuses) = 0 or a.status = any(:statuses))
                  and a.severity >= :atLeast
                  and (:group::text is null or a.group_name = :group)
                  and (:sha256::bytea is null or a.sha256 = :sha256::bytea)
                  and (:host::uuid is null or exists (select 1 from alert_host h
                    where h.alert_id = a.id and h.host_id = :host::uuid))
                  and (:text::text is null or a.title ilike :text or a.executable ilike :text
                    or encode(a.sha256, 'hex') like lower(:text)
                    or exists (select 1 from alert_host h
                      where h.alert_id = a.id and h.hostname ilike :text))
                  and (:lastAt::timestamptz is null or (a.last_at, a.id) < (:lastAt::timestamptz, :id))
                order by a.last_at desc, a.id desc limit :limit\
                """)
            .bindArray(
                "statuses", String.class, filter.statuses().stream().map(Enum::name).toArray())
            .bind("atLeast", atLeast == null ? 0 : atLeast.rank())
            .bind("group", filter.group())
            .bind("sha256", Columns.bytesOrNull(filter.sha256()))
            .bind("host", filter.hostId())
            .bind("text", Columns.containing(filter.text()))
            .bind("lastAt", Columns.atOrNull(position.lastAt()))
            .bind("id", position.id())
            .bind("limit", page.limit() + 1)
            .map((row, _) -> AlertRows.alert(row))
            .list();
    return Page.of(rows, page, Position::of);
  }

  static Map<UUID, Integer> countOpen(Handle handle, Collection<UUID> hosts) {
    Map<UUID, Integer> counts = new HashMap<>();
    handle
        .createQuery(
            "select h.host_id, count(*) as alerts from alert_host h join alert a on a.id = h.alert_id "
                + "where h.host_id = any(:hosts) and "
                + OPEN
                + " group by h.host_id")
        .bindArray("hosts", UUID.class, hosts.toArray())
        .map((row, _) -> Map.entry(Columns.uuid(row, "host_id"), row.getInt("alerts")))
        .forEach(entry -> counts.put(entry.getKey(), entry.getValue()));
    return counts;
  }

  static List<Alert> lockOpen(Handle handle, Sha256 sha256) {
    return handle
        .createQuery(
            "select * from alert a where a.sha256 = :sha256 and "
                + OPEN
                + " order by a.id for update")
        .bind("sha256", sha256.toBytes())
        .map((row, _) -> AlertRows.alert(row))
        .list();
  }

  static List<Past> listPast(Handle handle, Sha256 sha256, Instant now) {
    return handle
        .createQuery(
            """
            select h.id, h.group_name, h.hostname, c.executable,
              case when exists (select from alert a join alert_host s on s.alert_id = a.id
                where a.sha256 = c.sha256 and a.group_name = h.group_name and s.host_id = h.id)
                then 0 else greatest(c.executions + c.loads, 1) end as count
            from code_object_host c join host h on h.id = c.host_id
            where c.sha256 = :sha256 and not exists (select from rule r
              where r.group_name = h.group_name and r.effect = 'ALLOW' and r.sha256 = c.sha256
                and r.memory is null and (r.expires_at is null or r.expires_at > :now))
            order by c.last_seen desc, h.id limit 1000\
            """)
        .bind("sha256", sha256.toBytes())
        .bind("now", Columns.at(now))
        .map((row, _) ->
            new Past(
                Columns.uuid(row, "id"),
                row.getString("group_name"),
                row.getString("hostname"),
                row.getString("executable"),
                row.getLong("count")))
        .list();
  }

  static AlertFigures figures(Handle handle, Instant since) {
    Map<Severity, Integer> open = new EnumMap<>(Severity.class);
    handle
        .createQuery(
            "select severity, count(*) as alerts from alert a where " + OPEN + " group by severity")
        .map((row, _) -> Map.entry(Severity.ofRank(row.getInt("severity")), row.getInt("alerts")))
        .forEach(entry -> open.put(entry.getKey(), entry.getValue()));
    List<HourCount> hours =
        handle
            .createQuery(
                """
                select date_trunc('hour', raised_at) as hour, count(*) as alerts from alert
                where raised_at >= :since group by 1 order by 1\
                """)
            .bind("since", Columns.at(since))
            .map((row, _) -> new HourCount(Columns.instant(row, "hour"), row.getLong("alerts")))
            .list();
    return new AlertFigures(open, hours);
  }
}
