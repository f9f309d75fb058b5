package io.exonward.server.cli;

import io.exonward.server.cli.client.Json;
import io.exonward.server.cli.print.Figures;
import io.exonward.server.cli.print.Moments;
import io.exonward.server.cli.print.Sheet;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** One host as a readable report. */
final class HostReport {
  private final Moments moments;

  HostReport(Moments moments) {
    this.moments = moments;
  }

  Sheet sheet(JsonNode json) {
    Sheet sheet = new Sheet();
    identity(sheet, json.path("host"));
    ban(sheet, json);
    facts(sheet, json);
    agent(sheet, json.path("agent"));
    coverage(sheet, json);
    losses(sheet, json);
    allClear(sheet, json);
    return sheet;
  }

  private void identity(Sheet sheet, JsonNode host) {
    sheet
        .section("Host " + Json.textOr("-", host, "hostname"))
        .field("id", Json.text(host, "id"))
        .field("group", Json.text(host, "group"))
        .field("state", Json.text(host, "state"))
        .field("level", Json.text(host, "level"))
        .field("os", Json.text(host, "os"))
        .field("kernel", Json.text(host, "kernel_version"))
        .field("enrolled", moments.full(Json.text(host, "enrolled_at")))
        .field("last seen", moments.full(Json.text(host, "last_seen_at")))
        .field("open alerts", Json.text(host, "open_alerts"));
  }

  private void ban(Sheet sheet, JsonNode json) {
    if (Json.isPresent(json, "ban")) {
      JsonNode ban = json.path("ban");
      sheet
          .section("Banned")
          .field("at", moments.full(Json.text(ban, "at")))
          .field("by", Json.text(ban, "actor"))
          .field("reason", Json.text(ban, "reason"));
    }
  }

  private static void facts(Sheet sheet, JsonNode json) {
    if (json.path("facts").isEmpty()) {
      return;
    }
    sheet.section("Facts");
    for (Map.Entry<String, JsonNode> fact : json.path("facts").properties()) {
      boolean isSize = fact.getKey().endsWith("_bytes");
      String name = fact.getKey().replace("_bytes", "").replace('_', ' ');
      String value =
          fact.getValue().isArray()
              ? String.join(", ", Json.texts(fact.getValue()))
              : Json.text(fact.getValue());
      sheet.field(name, isSize ? Figures.bytes(value) : value);
    }
  }

  private void agent(Sheet sheet, JsonNode agent) {
    sheet
        .section("Agent")
        .field("memory", Figures.bytes(Json.text(agent, "resident_bytes")))
        .field("processor time", Figures.seconds(Json.text(agent, "cpu_millis")))
        .field("spool events", Json.text(agent, "spool_events"))
        .field("spool size", Figures.bytes(Json.text(agent, "spool_bytes")))
        .field("policy version", Json.text(agent, "policy_version"))
        .field("certificate until", moments.full(Json.text(agent, "certificate_expires_at")));
  }

  private void coverage(Sheet sheet, JsonNode json) {
    if (!Json.isPresent(json, "coverage")) {
      return;
    }
    JsonNode coverage = json.path("coverage");
    sheet
        .section("Coverage")
        .field("level", Json.text(coverage, "level"))
        .field("since", moments.full(Json.text(coverage, "since")));
    for (JsonNode sensor : Json.items(coverage, "sensors")) {
      String detail = Json.text(sensor, "detail");
      sheet.field(
          "sensor " + Json.textOr("-", sensor, "sensor"),
          Json.textOr("-", sensor, "state")
              + ", "
              + Json.textOr("0", sensor, "events")
              + " events, "
              + Json.textOr("0", sensor, "losses")
              + " losses"
              + (detail == null ? "" : ": " + detail));
    }
    Json.texts(coverage, "blind_spots").forEach(spot -> sheet.field("cannot see", spot));
  }

  /** That there are no alerts means little where nothing could be seen. */
  private static void allClear(Sheet sheet, JsonNode json) {
    String alerts = Json.textOr("0", json, "host", "open_alerts");
    String sum = CoverageText.ofSum(json.path("coverage_day"));
    sheet
        .section("Last 24 hours")
        .line(
            alerts.equals("0")
                ? "No open alerts on this host. Coverage: " + sum
                : "Open alerts: " + alerts + ". Coverage: " + sum);
  }

  private void losses(Sheet sheet, JsonNode json) {
    if (json.path("losses").isEmpty()) {
      return;
    }
    sheet.section("Losses");
    for (JsonNode loss : Json.items(json, "losses")) {
      sheet.line(LossText.of(loss, moments));
    }
  }
}
