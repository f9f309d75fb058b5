package io.exonward.agent.cli;

import io.exonward.agent.health.CoveragePeriod;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Past coverage in words, one line a period, and as JSON with all that is known of each. */
final class CoverageReport {
  private final List<CoveragePeriod> periods;

  CoverageReport(List<CoveragePeriod> periods) {
    this.periods = List.copyOf(periods);
  }

  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(row("FROM", "TO", "FOR", "LEVEL", "SENSORS", "BLIND", "LOST"));
    for (CoveragePeriod period : periods) {
      Instant to = period.to();
      boolean isOff = period.level().equals(CoveragePeriod.OFF);
      lines.add(
          row(
              second(period.from()),
              to == null ? "now" : second(to),
              length(period),
              isOff || period.level().equals("none") ? upper(period.level()) : period.level(),
              String.join(" ", period.sensors()),
              isOff ? "all" : String.valueOf(period.blindSpots().size()),
              period.note() != null ? period.note() : lost(period)));
    }
    return lines;
  }

  private static String row(Object... columns) {
    return "%-20s  %-20s  %8s  %-8s  %-28s  %5s  %s".formatted(columns).stripTrailing();
  }

  private static String upper(String level) {
    return level.toUpperCase(Locale.ROOT);
  }

  private static String second(Instant time) {
    return time.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  private static String length(CoveragePeriod period) {
    Instant to = period.to();
    if (to == null) {
      return "";
    }
    Duration length = Duration.between(period.from(), to);
    if (length.toDays() > 0) {
      return length.toDays() + "d " + length.toHoursPart() + "h";
    }
    if (length.toHours() > 0) {
      return length.toHours() + "h " + length.toMinutesPart() + "m";
    }
    return length.toMinutes() > 0
        ? length.toMinutes() + "m " + length.toSecondsPart() + "s"
        : length.toSeconds() + "s";
  }

  /** By cause and sensor; a part whose number is not known is left to the other forms. */
  private static String lost(CoveragePeriod period) {
    Map<String, Long> counts = new LinkedHashMap<>();
    for (CoveragePeriod.Loss loss : period.losses()) {
      String sensor = loss.sensor() == null ? "" : " of " + loss.sensor();
      String cause = StatusReport.clean(loss.cause().replace('_', ' ') + sensor);
      counts.merge(cause, loss.count(), Long::sum);
    }
    List<String> parts = new ArrayList<>();
    counts.forEach(
        (cause, count) -> parts.add((count == 0 ? "unknown number" : count) + " by " + cause));
    return parts.isEmpty() ? "-" : String.join(", ", parts);
  }

  JsonNode json() {
    ObjectNode whole = JsonMapper.shared().createObjectNode();
    ArrayNode items = whole.putArray("items");
    periods.forEach(period -> add(items.addObject(), period));
    return whole;
  }

  private static void add(ObjectNode json, CoveragePeriod period) {
    json.put("from", period.from().toString());
    Instant to = period.to();
    json.put("to", to == null ? null : to.toString());
    json.put("level", period.level());
    period.sensors().forEach(json.putArray("sensors")::add);
    period.blindSpots().forEach(json.putArray("blind_spots")::add);
    ArrayNode losses = json.putArray("losses");
    for (CoveragePeriod.Loss loss : period.losses()) {
      losses
          .addObject()
          .put("cause", loss.cause())
          .put("from", loss.from().toString())
          .put("to", loss.to().toString())
          .put("count", loss.count())
          .put("sensor", loss.sensor());
    }
    json.put("note", period.note());
  }
}
