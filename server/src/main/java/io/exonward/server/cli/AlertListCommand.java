package io.exonward.server.cli;

import io.exonward.server.cli.client.ExitCode;
import io.exonward.server.cli.client.Failure;
import io.exonward.server.cli.client.Json;
import io.exonward.server.cli.client.Pages;
import io.exonward.server.cli.client.Target;
import io.exonward.server.cli.print.Format;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code exonctl alert list}, which can go on with what changes. */
final class AlertListCommand {
  private static final List<String> SEVERITIES =
      List.of("informational", "low", "medium", "high", "critical");

  private final Invocation invocation;
  private final OptionSpec status =
      Arguments.option(
          "--status", "STATUS,…", "new, in_progress, suppressed, resolved; one or several");
  private final OptionSpec severity = Arguments.choice("--severity", SEVERITIES, "This or higher");
  private final OptionSpec group = Arguments.option("--group", "GROUP", "Of this host group");
  private final OptionSpec host = Arguments.option("--host", "HOST", "Seen on this host");
  private final OptionSpec sha256 = Arguments.option("--sha256", "HASH", "About this code");
  private final OptionSpec match =
      Arguments.option("--match", "TEXT", "With this in a name, path or hash");
  private final OptionSpec follow =
      Arguments.flag("--follow", "Go on with new and changed alerts, until interrupted");

  AlertListCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  CommandSpec spec() {
    return Verbs.verb(
        "list",
        "Alerts, newest activity first",
        this::run,
        status,
        severity,
        group,
        host,
        sha256,
        match,
        follow);
  }

  private void run() {
    if (!Arguments.isSet(follow)) {
      ObjectNode found = read();
      invocation.printer().list(AlertCommands.view(), found);
      if (found.path("items").isEmpty() && invocation.printer().format() == Format.TABLE) {
        invocation.printer().message("coverage: " + coverage());
      }
      return;
    }
    if (Arguments.value(host) != null || Arguments.value(match) != null) {
      throw new Failure(
          ExitCode.USAGE, "--follow knows neither --host nor --match: changes do not carry them");
    }
    new AlertFollower(invocation, this::read, this::isWanted).run();
  }

  /** That nothing is found means little where nothing could be seen. */
  private String coverage() {
    String hostName = Arguments.value(host);
    if (hostName == null) {
      return CoverageText.ofFleet(invocation.api().get(Target.of("overview")).json());
    }
    String id = HostReference.resolve(invocation.api(), hostName);
    JsonNode detail = invocation.api().get(Target.of("hosts", id)).json();
    return CoverageText.ofSum(detail.path("coverage_day")) + ", in the last 24 h";
  }

  private ObjectNode read() {
    String hostName = Arguments.value(host);
    Target alerts =
        Target.of("alerts")
            .with("status", Arguments.value(status))
            .with("severity", Arguments.value(severity))
            .with("group", Arguments.value(group))
            .with(
                "host_id",
                hostName == null ? null : HostReference.resolve(invocation.api(), hostName))
            .with("sha256", Arguments.value(sha256))
            .with("q", Arguments.value(match));
    return Pages.read(invocation.api(), alerts, invocation.options().limit());
  }

  /** The filters of the list, for an alert from the stream, which the server does not filter. */
  private boolean isWanted(JsonNode alert) {
    String statuses = Arguments.value(status);
    String least = Arguments.value(severity);
    return (statuses == null
            || List.of(statuses.split(",")).contains(Json.textOr("", alert, "status")))
        && (least == null || rank(Json.textOr("", alert, "severity")) >= rank(least))
        && isEqual(Arguments.value(group), alert, "group")
        && isEqual(Arguments.value(sha256), alert, "sha256");
  }

  private static int rank(String name) {
    return SEVERITIES.indexOf(name);
  }

  private static boolean isEqual(@Nullable String wanted, JsonNode alert, String field) {
    return wanted == null || wanted.equals(Json.text(alert, field));
  }
}
