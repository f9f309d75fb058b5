package io.exonward.server.store;

import io.exonward.common.event.Coverage.SensorLevel;
import io.exonward.common.file.CodeOrigin;
import io.exonward.server.alert.Alert;
import io.exonward.server.alert.AlertHistory;
import io.exonward.server.alert.AlertHost;
import io.exonward.server.alert.AlertStatus;
import io.exonward.server.alert.Verdict;
import io.exonward.server.detect.DetectionKind;
import io.exonward.server.detect.Evidence;
import io.exonward.server.detect.Exhibit;
import io.exonward.server.detect.Severity;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Rows about alerts as values. */
final class AlertRows {
  private AlertRows() {}

  static Alert alert(ResultSet row) throws SQLException {
    return new Alert(
        row.getLong("id"),
        row.getString("title"),
        Severity.ofRank(row.getInt("severity")),
        AlertStatus.valueOf(row.getString("status")),
        Columns.enumOrNull(row, "verdict", Verdict.class),
        row.getString("reason"),
        detections(row),
        row.getString("group_name"),
        Columns.sha256OrNull(row, "sha256"),
        Columns.enumOrNull(row, "origin", CodeOrigin.class),
        row.getString("executable"),
        row.getInt("host_count"),
        row.getLong("occurrences"),
        Columns.instant(row, "first_at"),
        Columns.instant(row, "last_at"),
        row.getString("assignee"),
        row.getInt("reopened"),
        Columns.longOrNull(row, "rule_id"),
        Columns.enumOrNull(row, "coverage", SensorLevel.class));
  }

  private static Set<DetectionKind> detections(ResultSet row) throws SQLException {
    String[] names = (String[]) row.getArray("detections").getArray();
    return Arrays.stream(names).map(DetectionKind::valueOf).collect(Collectors.toSet());
  }

  static Evidence evidence(ResultSet row) throws SQLException {
    return new Evidence(
        Columns.instant(row, "occurred_at"),
        Columns.uuid(row, "host_id"),
        row.getString("hostname"),
        DetectionKind.valueOf(row.getString("kind")),
        row.getString("summary"),
        exhibit(row));
  }

  private static @Nullable Exhibit exhibit(ResultSet row) throws SQLException {
    String execution = row.getString("execution");
    String load = row.getString("load");
    String action = row.getString("action");
    String loss = row.getString("loss");
    if (execution != null) {
      return new Exhibit.Executed(ExecutionJson.readRecord(Json.parse(execution)));
    }
    if (load != null) {
      return new Exhibit.Loaded(LoadJson.read(Json.parse(load)));
    }
    if (action != null) {
      return new Exhibit.Acted(LoadJson.readAction(Json.parse(action)));
    }
    return loss == null ? null : new Exhibit.Lost(HostJson.readLoss(Json.parse(loss)));
  }

  static AlertHost host(ResultSet row) throws SQLException {
    return new AlertHost(
        Columns.uuid(row, "host_id"),
        row.getString("hostname"),
        row.getLong("occurrences"),
        Columns.instant(row, "first_at"),
        Columns.instant(row, "last_at"));
  }

  static AlertHistory history(ResultSet row) throws SQLException {
    return new AlertHistory(
        Columns.instant(row, "at"),
        row.getString("actor"),
        AlertHistory.Action.valueOf(row.getString("action")),
        row.getString("detail"));
  }
}
