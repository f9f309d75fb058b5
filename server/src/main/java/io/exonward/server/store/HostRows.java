package io.exonward.server.store;

import io.exonward.common.event.Coverage.SensorLevel;
import io.exonward.common.event.Event;
import io.exonward.common.event.HostFacts;
import io.exonward.common.event.LossCause;
import io.exonward.server.inventory.AgentFigures;
import io.exonward.server.inventory.Ban;
import io.exonward.server.inventory.Host;
import io.exonward.server.inventory.HostDetail;
import io.exonward.server.inventory.HostState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Rows about hosts as values. */
final class HostRows {
  private HostRows() {}

  static Host host(ResultSet row) throws SQLException {
    HostFacts facts = Json.parseOrNull(row.getString("facts"), HostJson::readFacts);
    return new Host(
        Columns.uuid(row, "id"),
        row.getString("hostname"),
        row.getString("group_name"),
        row.getString("machine_id"),
        HostState.valueOf(row.getString("state")),
        Columns.enumOrNull(row, "level", SensorLevel.class),
        facts == null ? null : os(facts),
        facts == null ? null : facts.kernelVersion(),
        row.getString("agent_version"),
        Columns.instant(row, "enrolled_at"),
        Columns.instantOrNull(row, "last_seen_at"));
  }

  private static @Nullable String os(HostFacts facts) {
    String os =
        Stream.of(facts.osName(), facts.osVersion())
            .filter(Objects::nonNull)
            .collect(Collectors.joining(" "));
    return os.isEmpty() ? null : os;
  }

  static Event.Loss loss(ResultSet row) throws SQLException {
    return new Event.Loss(
        LossCause.valueOf(row.getString("cause")),
        Columns.instant(row, "from_at"),
        Columns.instant(row, "to_at"),
        row.getLong("count"),
        row.getString("sensor"));
  }

  static HostDetail detail(ResultSet row, List<Event.Loss> losses) throws SQLException {
    Instant bannedAt = Columns.instantOrNull(row, "banned_at");
    return new HostDetail(
        host(row),
        Json.parseOrNull(row.getString("facts"), HostJson::readFacts),
        new AgentFigures(
            Columns.longOrNull(row, "resident_bytes"),
            Columns.longOrNull(row, "cpu_millis"),
            Columns.longOrNull(row, "spool_events"),
            Columns.longOrNull(row, "spool_bytes"),
            Columns.longOrNull(row, "policy_version"),
            Columns.instantOrNull(row, "certificate_expires_at")),
        Json.parseOrNull(row.getString("coverage"), HostJson::readCoverage),
        losses,
        bannedAt == null
            ? null
            : new Ban(bannedAt, row.getString("banned_by"), row.getString("ban_reason")));
  }
}
