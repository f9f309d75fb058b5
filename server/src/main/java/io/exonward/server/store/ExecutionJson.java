package io.exonward.server.store;

import io.exonward.common.event.Event;
import io.exonward.server.inventory.ExecutionRecord;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Executions as JSON, in both directions. */
final class ExecutionJson {
  private ExecutionJson() {}

  /** With the number and times that otherwise stand in columns: for evidence. */
  static ObjectNode writeRecord(ExecutionRecord record) {
    ObjectNode node = write(record.execution());
    node.put("id", record.id());
    node.put("host_id", record.hostId().toString());
    node.put("occurred_at", record.occurredAt().toString());
    node.put("count", record.count());
    writeRuns(node, record.runs());
    return node;
  }

  static ExecutionRecord readRecord(JsonNode node) {
    return new ExecutionRecord(
        Json.number(node, "id"),
        UUID.fromString(Json.requiredText(node, "host_id")),
        Instant.parse(Json.requiredText(node, "occurred_at")),
        Json.number(node, "count"),
        read(node),
        readRuns(node));
  }

  static ObjectNode write(Event.Execution execution) {
    ObjectNode node = Json.object();
    Json.put(node, "is_backfill", execution.isBackfill());
    node.set("process", CodeJson.writeProcess(execution.process()));
    node.set("user", CodeJson.writeUser(execution.user()));
    Json.put(node, "executable", execution.executable());
    Json.put(node, "command_line", execution.commandLine());
    Json.put(node, "is_command_line_truncated", execution.isCommandLineTruncated());
    Json.put(node, "working_directory", execution.workingDirectory());
    node.set("code", CodeJson.writeCode(execution.code()));
    Json.putAll(node, "ancestry", execution.ancestry(), CodeJson::writeSummary);
    Json.put(node, "container_id", execution.containerId());
    Json.put(node, "decision", execution.decision(), CodeJson::writeDecision);
    return node;
  }

  static Event.Execution read(JsonNode node) {
    return new Event.Execution(
        Json.flag(node, "is_backfill"),
        CodeJson.readProcess(node.required("process")),
        CodeJson.readUser(node.required("user")),
        Json.text(node, "executable"),
        Json.texts(node, "command_line"),
        Json.flag(node, "is_command_line_truncated"),
        Json.text(node, "working_directory"),
        CodeJson.readCode(node.required("code")),
        Json.list(node, "ancestry", CodeJson::readSummary),
        Json.text(node, "container_id"),
        Json.child(node, "decision", CodeJson::readDecision));
  }

  /** Beside the execution that they repeat. */
  static void writeRuns(ObjectNode node, List<Event.Run> runs) {
    Json.putAll(node, "runs", runs, ExecutionJson::writeRun);
  }

  static List<Event.Run> readRuns(JsonNode node) {
    return Json.list(node, "runs", ExecutionJson::readRun);
  }

  private static ObjectNode writeRun(Event.Run run) {
    ObjectNode node = Json.object();
    node.put("pid", run.pid());
    node.put("start_ticks", run.startTicks());
    Json.put(node, "command_line", run.commandLine());
    Json.put(node, "is_command_line_truncated", run.isCommandLineTruncated());
    node.put("at", run.at().toString());
    node.put("count", run.count());
    return node;
  }

  private static Event.Run readRun(JsonNode node) {
    return new Event.Run(
        Json.integer(node, "pid"),
        Json.number(node, "start_ticks"),
        Json.texts(node, "command_line"),
        Json.flag(node, "is_command_line_truncated"),
        Instant.parse(Json.requiredText(node, "at")),
        Json.number(node, "count"));
  }
}
