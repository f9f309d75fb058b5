package io.exonward.server.cli;

import io.exonward.server.cli.client.Json;
import io.exonward.server.cli.print.Figures;
import io.exonward.server.cli.print.Moments;
import io.exonward.server.cli.print.Quoting;
import io.exonward.server.cli.print.Sheet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * One alert as a readable report: what, why, which code, who started it, where, what was done, what
 * can be done.
 */
final class AlertReport {
  private final Moments moments;

  AlertReport(Moments moments) {
    this.moments = moments;
  }

  Sheet sheet(JsonNode json) {
    JsonNode alert = json.path("alert");
    Optional<JsonNode> execution = newestExecution(json);
    Sheet sheet = new Sheet();
    what(sheet, alert);
    why(sheet, json);
    coverage(sheet, json);
    if (execution.isPresent() || Json.isPresent(alert, "sha256")) {
      code(sheet, alert, execution);
    }
    LineageText.write(sheet, json.path("lineage"));
    execution.ifPresent(newest -> ProcessTree.write(sheet.section("Processes"), newest));
    evidence(sheet, json);
    hosts(sheet, json);
    history(sheet, json);
    NextSteps.write(sheet, json);
    return sheet;
  }

  private void what(Sheet sheet, JsonNode alert) {
    sheet
        .section("Alert " + Json.textOr("-", alert, "id") + ": " + Json.textOr("-", alert, "title"))
        .field("severity", Json.text(alert, "severity"))
        .field("status", Json.text(alert, "status"))
        .field("assignee", Json.text(alert, "assignee"))
        .field("verdict", Json.text(alert, "verdict"))
        .field("reason", Json.text(alert, "reason"))
        .field("rule", Json.text(alert, "rule_id"))
        .field("detections", String.join(", ", Json.texts(alert, "detections")))
        .field("techniques", techniques(alert))
        .field("host group", Json.text(alert, "group"))
        .field("first", moments.full(Json.text(alert, "first_at")))
        .field("last", moments.full(Json.text(alert, "last_at")))
        .field("occurrences", occurrences(alert));
  }

  /** What could be seen there and then: what else may have happened unseen. */
  private static void coverage(Sheet sheet, JsonNode json) {
    JsonNode coverage = json.path("coverage");
    sheet
        .section("Coverage at that time")
        .field("level", Json.textOr("not known", coverage, "level"))
        .field("losses", CoverageText.losses(coverage, "losses_around") + ", 5 minutes around it");
    Json.texts(coverage, "blind_spots").forEach(spot -> sheet.field("cannot see", spot));
  }

  private static String techniques(JsonNode alert) {
    return Json.items(alert, "techniques").stream()
        .map(technique ->
            "%s %s (%s)"
                .formatted(
                    Json.textOr("-", technique, "id"),
                    Json.textOr("-", technique, "name"),
                    Json.textOr("-", technique, "tactic")))
        .collect(Collectors.joining(", "));
  }

  private static String occurrences(JsonNode alert) {
    String reopened = Json.textOr("0", alert, "reopened");
    return Json.textOr("-", alert, "occurrences")
        + " on "
        + count(alert, "host_count", "host")
        + (reopened.equals("0") ? "" : ", reopened " + count(alert, "reopened", "time"));
  }

  private static String count(JsonNode json, String field, String noun) {
    String number = Json.textOr("-", json, field);
    return number + " " + noun + (number.equals("1") ? "" : "s");
  }

  private static void why(Sheet sheet, JsonNode json) {
    sheet.section("Why");
    Json.items(json, "evidence").stream()
        .map(item -> Json.textOr("-", item, "summary"))
        .distinct()
        .forEach(sheet::line);
  }

  private static void code(Sheet sheet, JsonNode alert, Optional<JsonNode> execution) {
    sheet
        .section("Code")
        .field("sha256", Json.text(alert, "sha256"))
        .field("executable", Json.text(alert, "executable"))
        .field("origin", Json.text(alert, "origin"));
    execution.ifPresent(newest ->
        sheet
            .field("no hash", Json.text(newest, "hash_absence"))
            .field("size", Figures.bytes(Json.text(newest, "size_bytes")))
            .field("package", Json.text(newest, "package"))
            .field("container", Json.text(newest, "container_id"))
            .field("directory", Json.text(newest, "working_directory")));
  }

  private void evidence(Sheet sheet, JsonNode json) {
    sheet.section("Evidence");
    for (JsonNode item : Json.items(json, "evidence")) {
      sheet.line(
          "%s on %s: %s, %s"
              .formatted(
                  moments.full(Json.text(item, "occurred_at")),
                  Json.textOr("-", item, "hostname"),
                  Json.textOr("-", item, "detection"),
                  Json.textOr("-", item, "severity")));
      if (Json.isPresent(item, "execution")) {
        execution(sheet, item.path("execution"));
      }
      if (Json.isPresent(item, "load")) {
        load(sheet, item.path("load"));
      }
      if (Json.isPresent(item, "loss")) {
        sheet.line("    " + LossText.of(item.path("loss"), moments));
      }
    }
  }

  private static void execution(Sheet sheet, JsonNode execution) {
    String cut = Json.isTrue(execution, "command_line_truncated") ? " (cut)" : "";
    String backfill = Json.isTrue(execution, "is_backfill") ? ", was already running" : "";
    sheet.line(
        "    pid %s, user %s%s: %s%s"
            .formatted(
                Json.textOr("-", execution, "pid"),
                Json.textOr("-", execution, "user"),
                backfill,
                Quoting.commandLine(Json.texts(execution, "command_line")),
                cut));
    if (Json.isPresent(execution, "decision")) {
      JsonNode decision = execution.path("decision");
      sheet.line(
          "    decision %s: %s (mode %s, policy version %s)"
              .formatted(
                  Json.textOr("-", decision, "outcome"),
                  Json.textOr("-", decision, "reason"),
                  Json.textOr("-", decision, "mode"),
                  Json.textOr("-", decision, "policy_version")));
    }
  }

  private static void load(Sheet sheet, JsonNode load) {
    JsonNode loader = load.path("loader");
    sheet.line(
        "    %s %s, loaded by %s (pid %s): %s"
            .formatted(
                Json.textOr("-", load, "kind"),
                Json.textOr("unknown path", load, "path"),
                Json.textOr("unknown executable", loader, "executable"),
                Json.textOr("-", loader, "pid"),
                Json.textOr("-", loader, "command_line")));
  }

  private void hosts(Sheet sheet, JsonNode json) {
    sheet.section("Hosts");
    for (JsonNode host : Json.items(json, "hosts")) {
      sheet.line(
          "%s %s: %s, last %s"
              .formatted(
                  Json.textOr("-", host, "id"),
                  Json.textOr("-", host, "hostname"),
                  count(host, "occurrences", "occurrence"),
                  moments.full(Json.text(host, "last_at"))));
    }
  }

  private void history(Sheet sheet, JsonNode json) {
    sheet.section("History");
    for (JsonNode entry : Json.items(json, "history")) {
      String detail = Json.text(entry, "detail");
      sheet.line(
          "%s %s by %s%s"
              .formatted(
                  moments.full(Json.text(entry, "at")),
                  Json.textOr("-", entry, "action"),
                  Json.textOr("-", entry, "actor"),
                  detail == null ? "" : ": " + detail));
    }
  }

  private static Optional<JsonNode> newestExecution(JsonNode json) {
    List<JsonNode> evidence = Json.items(json, "evidence");
    return evidence.stream()
        .filter(item -> Json.isPresent(item, "execution"))
        .max((a, b) -> occurredAt(a).compareTo(occurredAt(b)))
        .map(item -> item.path("execution"));
  }

  /** RFC 3339 in UTC orders as text does, to the second. */
  private static String occurredAt(JsonNode evidence) {
    return Json.textOr("", evidence, "occurred_at");
  }
}
