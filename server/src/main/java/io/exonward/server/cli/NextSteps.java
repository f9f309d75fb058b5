package io.exonward.server.cli;

import io.exonward.server.cli.client.Json;
import io.exonward.server.cli.print.Sheet;
import tools.jackson.databind.JsonNode;

/** What can be done about an alert: the rule that allowing it would write, and commands to copy. */
final class NextSteps {
  private NextSteps() {}

  static void write(Sheet sheet, JsonNode json) {
    JsonNode alert = json.path("alert");
    boolean isOpen = !Json.textOr("", alert, "status").equals("resolved");
    boolean isAllowable = Json.isPresent(json, "allow_proposal");
    if (isOpen) {
      proposal(sheet, json, isAllowable);
    }
    sheet.section("Next");
    if (isOpen) {
      triage(sheet, alert, isAllowable);
    }
    if (Json.isPresent(alert, "sha256")) {
      sheet.line("exonctl code show " + Json.textOr("", alert, "sha256"));
    }
    if (Json.isPresent(alert, "rule_id")) {
      sheet.line("exonctl rule rm " + Json.textOr("", alert, "rule_id"));
    }
  }

  private static void proposal(Sheet sheet, JsonNode json, boolean isAllowable) {
    sheet.section("Allow would write");
    sheet.line(
        isAllowable
            ? "allow %s in host group %s"
                .formatted(
                    SelectorText.of(json.path("allow_proposal")),
                    Json.textOr("-", json, "alert", "group"))
            : "no rule: " + Json.textOr("none can be written", json, "allow_refusal"));
  }

  private static void triage(Sheet sheet, JsonNode alert, boolean isAllowable) {
    String id = Json.textOr("-", alert, "id");
    if (Json.textOr("", alert, "status").equals("new")) {
      sheet.line("exonctl alert start " + id);
    }
    if (isAllowable) {
      sheet.line("exonctl alert allow " + id + " --reason TEXT");
    }
    if (Json.isPresent(alert, "sha256")) {
      sheet.line("exonctl alert deny " + id + " --reason TEXT");
    }
    sheet.line(
        "exonctl alert resolve "
            + id
            + " --verdict true_positive|false_positive|benign --reason TEXT");
  }
}
