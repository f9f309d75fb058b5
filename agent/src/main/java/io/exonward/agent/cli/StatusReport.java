package io.exonward.agent.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** The status in words. What comes from the host is shown without control characters. */
final class StatusReport {
  private final JsonNode status;
  private final List<String> lines = new ArrayList<>();

  StatusReport(JsonNode status) {
    this.status = status;
  }

  /** Whether the agent sees executions and the server hears of them. */
  boolean isWell() {
    String level = text("coverage", "level");
    return text("connection", "state").equals("connected")
        && (level.equals("full") || level.equals("reduced"));
  }

  List<String> lines() {
    lines.clear();
    line("agent", "version " + text("version") + ", running since " + time("started_at"));
    line("coverage", text("coverage", "level").toUpperCase(Locale.ROOT) + ": " + seen());
    line("", "so since " + time("coverage", "since"));
    line("lost", losses());
    line("server", connection());
    line("certificate", certificate());
    line("policy", policy());
    line("spool", spool());
    line(
        "uses",
        mebibytes(number("resident_bytes"))
            + " of memory, "
            + number("cpu_millis")
            + " ms of processor time, "
            + processor());
    heading("sensors");
    for (JsonNode sensor : status.path("coverage").path("sensors")) {
      lines.add("  " + sensor(sensor));
    }
    heading("not seen");
    for (JsonNode spot : status.path("coverage").path("blind_spots")) {
      lines.add("  " + clean(spot.asString("")));
    }
    return List.copyOf(lines);
  }

  private void heading(String title) {
    lines.add("");
    lines.add(title);
  }

  /** The agent's part of one processor, and what it gives up to keep to its limit. */
  private String processor() {
    JsonNode cpu = status.path("cpu");
    String use =
        String.format(
            Locale.ROOT,
            "%.1f %% of one processor now, limit %d %%",
            cpu.path("average_percent").asDouble(0),
            cpu.path("limit_percent").asInt(0));
    return cpu.path("shedding_level").asInt(0) == 0 ? use : use + ": SHEDS DETAIL, see below";
  }

  private String seen() {
    String level = text("coverage", "level");
    return switch (level) {
      case "full" -> "every execution, with the hash of its code";
      case "reduced" -> "executions, but some of them without a hash or without every detail";
      case "minimal" -> "only what runs long enough to be found by looking";
      case "none" -> "NOTHING: no sensor runs";
      default -> "not known to this command";
    };
  }

  private static String sensor(JsonNode sensor) {
    String state =
        switch (sensor.path("state").asString("")) {
          case "running" -> "running";
          case "standby" -> "not needed";
          case "unavailable" -> "NOT AVAILABLE, is tried again";
          case "failed" -> "FAILED, is tried again";
          default -> "not known";
        };
    String detail = clean(sensor.path("detail").asString(""));
    return "%-10s %s; %d events, %d lost%s"
        .formatted(
            clean(sensor.path("sensor").asString("")),
            state,
            sensor.path("events").asLong(0),
            sensor.path("losses").asLong(0),
            detail.isEmpty() ? "" : ": " + detail);
  }

  private String losses() {
    List<String> parts = new ArrayList<>();
    for (Map.Entry<String, JsonNode> loss : status.path("losses").properties()) {
      parts.add(loss.getKey().replace('_', ' ') + " " + loss.getValue().asLong(0));
    }
    return parts.isEmpty()
        ? "nothing that is known of, since the agent started"
        : String.join(", ", parts) + ", since the agent started; exon-agent coverage says when";
  }

  private String connection() {
    String detail = clean(text("connection", "detail"));
    String state =
        switch (text("connection", "state")) {
          case "connected" -> "connected";
          case "connecting" -> "connecting";
          case "waiting" -> "NOT CONNECTED, will be tried again";
          case "refused" -> "REFUSED by the server, asked again every five minutes";
          case "expired" -> "NOT CONNECTED, the certificate has ended: enroll again";
          case "not_enrolled" -> "NOT ENROLLED";
          default -> text("connection", "state");
        };
    return text("connection", "server")
        + ", "
        + state
        + " since "
        + time("connection", "since")
        + (detail.isEmpty() ? "" : ": " + detail);
  }

  private String certificate() {
    return status.has("identity")
        ? "agent " + text("identity", "agent_id") + ", until " + time("identity", "expires_at")
        : "none: run exon-agent enroll";
  }

  private String policy() {
    return status.has("policy")
        ? "group %s, version %d, mode %s"
            .formatted(
                clean(text("policy", "group")),
                status.path("policy").path("version").asLong(0),
                text("policy", "mode"))
        : "none yet: nothing is decided on this host";
  }

  private String spool() {
    JsonNode spool = status.path("spool");
    return "%d events wait for the server, %s of %s used"
        .formatted(
            spool.path("events").asLong(0),
            mebibytes(spool.path("bytes").asLong(0)),
            mebibytes(spool.path("max_bytes").asLong(0)));
  }

  private void line(String name, String value) {
    lines.add("%-12s %s".formatted(name, value));
  }

  private String text(String... path) {
    JsonNode node = status;
    for (String name : path) {
      node = node.path(name);
    }
    return node.asString("");
  }

  /** To the second; the JSON form has the rest. */
  private String time(String... path) {
    return text(path).replaceFirst("\\.[0-9]+Z$", "Z");
  }

  private long number(String name) {
    return status.path(name).asLong(0);
  }

  private static String mebibytes(long bytes) {
    return String.format(Locale.ROOT, "%.1f MiB", bytes / 1048576.0);
  }

  static String clean(String text) {
    return text.replaceAll("[\\p{Cntrl}\\p{Cf}]", "?");
  }
}
