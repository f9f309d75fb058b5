package io.exonward.server.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.exonward.server.alert.AlertFigures;
import io.exonward.server.api.CoverageView.FleetView;
import io.exonward.server.detect.Severity;
import io.exonward.server.identity.Role;
import io.exonward.server.inventory.HostCounts;
import io.exonward.server.inventory.HourCount;
import io.exonward.server.inventory.InventoryFigures;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The first page. */
final class OverviewRoutes {
  private static final int HOURS = 24;

  private final ApiServices services;
  private final Clock clock;

  OverviewRoutes(ApiServices services, Clock clock) {
    this.services = services;
    this.clock = clock;
  }

  List<Route> routes() {
    return List.of(Routes.get("readOverview", "/api/v1/overview", Role.VIEWER, this::read));
  }

  private record OverviewView(
      Map<String, Integer> alerts,
      HostCounts hosts,
      long codeObjects,
      @JsonProperty("executions_24h") long executions,
      @JsonProperty("losses_24h") long losses,
      FleetView coverage,
      List<HourView> hours,
      List<GroupView> groups) {}

  private record HourView(Instant at, long executions, long alerts) {}

  private void read(Call call) {
    Instant lastHour = clock.instant().truncatedTo(ChronoUnit.HOURS);
    Instant since = lastHour.minus(Duration.ofHours(HOURS - 1));
    InventoryFigures figures = services.inventory().readFigures(since);
    AlertFigures raised = services.alerts().readFigures(since);
    call.ok(
        new OverviewView(
            bySeverity(raised.open()),
            services.hosts().count(),
            figures.codeObjects(),
            figures.executions(),
            figures.losses(),
            FleetView.of(services.coverages().readFleet(since)),
            hours(since, byHour(figures.hours()), byHour(raised.hours())),
            services.groups().list().stream().map(GroupView::of).toList()));
  }

  private static Map<String, Integer> bySeverity(Map<Severity, Integer> open) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    for (Severity severity : List.of(Severity.values()).reversed()) {
      counts.put(Fields.code(severity), open.getOrDefault(severity, 0));
    }
    return counts;
  }

  private static List<HourView> hours(
      Instant since, Map<Instant, Long> executions, Map<Instant, Long> alerts) {
    return IntStream.range(0, HOURS)
        .mapToObj(hour -> since.plus(Duration.ofHours(hour)))
        .map(at -> new HourView(at, executions.getOrDefault(at, 0L), alerts.getOrDefault(at, 0L)))
        .toList();
  }

  private static Map<Instant, Long> byHour(List<HourCount> hours) {
    return hours.stream().collect(Collectors.toMap(HourCount::at, HourCount::count, Long::sum));
  }
}
