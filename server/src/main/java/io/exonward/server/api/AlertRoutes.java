package io.exonward.server.api;

import io.exonward.server.alert.Alert;
import io.exonward.server.alert.AlertDecision;
import io.exonward.server.alert.AlertFilter;
import io.exonward.server.alert.AlertStatus;
import io.exonward.server.alert.Alerts;
import io.exonward.server.alert.Triage;
import io.exonward.server.alert.Verdict;
import io.exonward.server.api.Audited.Line;
import io.exonward.server.detect.Severity;
import io.exonward.server.identity.Role;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Alerts and what people decide about them. */
final class AlertRoutes {
  private final Alerts alerts;
  private final Triage triage;
  private final Audited audited;

  AlertRoutes(Alerts alerts, Triage triage, Audited audited) {
    this.alerts = alerts;
    this.triage = triage;
    this.audited = audited;
  }

  List<Route> routes() {
    String path = "/api/v1/alerts";
    String one = path + "/{alert_id}";
    return List.of(
        Routes.get("listAlerts", path, Role.VIEWER, this::list),
        Routes.get("readAlert", one, Role.VIEWER, this::read),
        Routes.post("startAlert", one + "/start", Role.ANALYST, this::start),
        Routes.post("resolveAlert", one + "/resolve", Role.ANALYST, this::resolve),
        Routes.post("allowAlert", one + "/allow", Role.ANALYST, this::allow),
        Routes.post("denyAlert", one + "/deny", Role.ANALYST, this::deny));
  }

  private record Resolution(@Nullable String verdict, @Nullable String reason) {}

  private record RuleDecision(@Nullable String reason, @Nullable String expiresAt) {}

  private record AlertDecisionView(AlertView alert, RuleView rule) {}

  private interface Decide {
    AlertDecision by(long id, String actor, String reason, @Nullable Instant expiresAt);
  }

  private void list(Call call) {
    call.allowParameters(
        Set.of("limit", "after", "status", "severity", "group", "host_id", "sha256", "q"));
    Set<AlertStatus> statuses = call.parameter("status", AlertRoutes::statuses);
    AlertFilter filter =
        new AlertFilter(
            statuses == null ? Set.of() : statuses,
            call.parameter("severity", it -> Fields.choice("severity", it, Severity.class)),
            call.parameter("group"),
            call.parameter("host_id", it -> Fields.uuid("host_id", it)),
            call.parameter("sha256", it -> Fields.sha256("sha256", it)),
            call.parameter("q"));
    call.list(alerts.list(filter, call.page()), AlertView::of);
  }

  private static Set<AlertStatus> statuses(String text) {
    Set<AlertStatus> statuses = EnumSet.noneOf(AlertStatus.class);
    for (String part : text.split(",", -1)) {
      statuses.add(Fields.choice("status", part, AlertStatus.class));
    }
    return statuses;
  }

  private void read(Call call) {
    call.ok(AlertDetailView.of(alerts.read(call.number("alert_id"))));
  }

  private void start(Call call) {
    long id = call.number("alert_id");
    Alert alert =
        audited.change(
            call.caller(),
            () -> triage.start(id, call.caller().operator()),
            _ -> new Line("alert.start", target(id), Map.of()));
    call.ok(AlertView.of(alert));
  }

  private void resolve(Call call) {
    long id = call.number("alert_id");
    Resolution body = call.body(Resolution.class);
    Verdict verdict = Fields.choice("verdict", body.verdict(), Verdict.class);
    String reason = Fields.reason(body.reason());
    Alert alert =
        audited.change(
            call.caller(),
            () -> triage.resolve(id, call.caller().operator(), verdict, reason),
            _ ->
                new Line(
                    "alert.resolve",
                    target(id),
                    Map.of("verdict", Fields.code(verdict), "reason", reason)));
    call.ok(AlertView.of(alert));
  }

  private void allow(Call call) {
    decide(call, "alert.allow", triage::allow);
  }

  private void deny(Call call) {
    decide(call, "alert.deny", triage::deny);
  }

  private void decide(Call call, String action, Decide decide) {
    long id = call.number("alert_id");
    RuleDecision body = call.body(RuleDecision.class);
    String reason = Fields.reason(body.reason());
    Instant expiresAt = Fields.instant("expires_at", body.expiresAt());
    AlertDecision decision =
        audited.change(
            call.caller(),
            () -> decide.by(id, call.caller().operator(), reason, expiresAt),
            it -> new Line(action, target(id), describe(it)));
    call.ok(new AlertDecisionView(AlertView.of(decision.alert()), RuleView.of(decision.rule())));
  }

  private static Map<String, String> describe(AlertDecision decision) {
    Map<String, String> detail = RuleRoutes.describe(decision.rule());
    detail.put("rule", Long.toString(decision.rule().rule().id()));
    return detail;
  }

  private static String target(long id) {
    return "alert/" + id;
  }
}
