package io.exonward.server.store;

import io.exonward.common.event.Code;
import io.exonward.common.event.Event;
import io.exonward.common.file.CodeOrigin;
import io.exonward.common.file.FileIdentity;
import io.exonward.common.hash.ContentHash;
import io.exonward.common.hash.HashAbsence;
import io.exonward.common.hash.Sha256;
import io.exonward.common.policy.Decision;
import io.exonward.common.policy.Mode;
import io.exonward.common.policy.PackageRef;
import io.exonward.common.process.ProcessId;
import io.exonward.common.process.ProcessSummary;
import io.exonward.common.process.User;
import io.exonward.server.inventory.ExecutionRecord;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
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
    return node;
  }

  static ExecutionRecord readRecord(JsonNode node) {
    return new ExecutionRecord(
        Json.number(node, "id"),
        UUID.fromString(Json.requiredText(node, "host_id")),
        Instant.parse(Json.requiredText(node, "occurred_at")),
        Json.number(node, "count"),
        read(node));
  }

  static ObjectNode write(Event.Execution execution) {
    ObjectNode node = Json.object();
    Json.put(node, "is_backfill", execution.isBackfill());
    node.set("process", writeProcess(execution.process()));
    node.set("user", writeUser(execution.user()));
    Json.put(node, "executable", execution.executable());
    Json.put(node, "command_line", execution.commandLine());
    Json.put(node, "is_command_line_truncated", execution.isCommandLineTruncated());
    Json.put(node, "working_directory", execution.workingDirectory());
    node.set("code", writeCode(execution.code()));
    Json.putAll(node, "ancestry", execution.ancestry(), ExecutionJson::writeSummary);
    Json.put(node, "container_id", execution.containerId());
    Json.put(node, "decision", execution.decision(), ExecutionJson::writeDecision);
    return node;
  }

  static Event.Execution read(JsonNode node) {
    return new Event.Execution(
        Json.flag(node, "is_backfill"),
        readProcess(node.required("process")),
        readUser(node.required("user")),
        Json.text(node, "executable"),
        Json.texts(node, "command_line"),
        Json.flag(node, "is_command_line_truncated"),
        Json.text(node, "working_directory"),
        readCode(node.required("code")),
        Json.list(node, "ancestry", ExecutionJson::readSummary),
        Json.text(node, "container_id"),
        Json.child(node, "decision", ExecutionJson::readDecision));
  }

  private static ObjectNode writeProcess(ProcessId process) {
    ObjectNode node = Json.object();
    node.put("boot_id", process.bootId().toString());
    node.put("pid", process.pid());
    node.put("start_ticks", process.startTicks());
    return node;
  }

  private static ProcessId readProcess(JsonNode node) {
    return new ProcessId(
        UUID.fromString(Json.requiredText(node, "boot_id")),
        Json.integer(node, "pid"),
        Json.number(node, "start_ticks"));
  }

  private static ObjectNode writeUser(User user) {
    ObjectNode node = Json.object();
    node.put("uid", user.uid());
    node.put("gid", user.gid());
    Json.put(node, "name", user.name());
    return node;
  }

  private static User readUser(JsonNode node) {
    return new User(Json.integer(node, "uid"), Json.integer(node, "gid"), Json.text(node, "name"));
  }

  private static ObjectNode writeCode(Code code) {
    ObjectNode node = Json.object();
    node.put("origin", code.origin().name());
    switch (code.hash()) {
      case ContentHash.Known(var sha256) -> node.put("sha256", sha256.toString());
      case ContentHash.Missing(var reason) -> node.put("hash_absence", reason.name());
    }
    Json.put(node, "file", code.file(), ExecutionJson::writeFile);
    Json.put(node, "package", code.owner(), ExecutionJson::writePackage);
    return node;
  }

  private static Code readCode(JsonNode node) {
    Sha256 sha256 = sha256(node);
    return new Code(
        CodeOrigin.valueOf(Json.requiredText(node, "origin")),
        sha256 != null
            ? new ContentHash.Known(sha256)
            : new ContentHash.Missing(HashAbsence.valueOf(Json.requiredText(node, "hash_absence"))),
        Json.child(node, "file", ExecutionJson::readFile),
        Json.child(node, "package", ExecutionJson::readPackage));
  }

  private static ObjectNode writeFile(FileIdentity file) {
    ObjectNode node = Json.object();
    Json.put(node, "device_major", file.deviceMajor());
    Json.put(node, "device_minor", file.deviceMinor());
    Json.put(node, "inode", file.inode());
    Json.put(node, "generation", file.generation());
    Json.put(node, "size_bytes", file.sizeBytes());
    Json.put(node, "ctime_nanos", file.ctimeNanos());
    Json.put(node, "link_count", file.linkCount());
    Json.put(node, "filesystem_magic", file.filesystemMagic());
    Json.put(node, "file_mode", file.fileMode());
    Json.put(node, "owner_uid", file.ownerUid());
    return node;
  }

  private static FileIdentity readFile(JsonNode node) {
    return new FileIdentity(
        Json.integer(node, "device_major"),
        Json.integer(node, "device_minor"),
        Json.number(node, "inode"),
        Json.integer(node, "generation"),
        Json.number(node, "size_bytes"),
        Json.number(node, "ctime_nanos"),
        Json.integer(node, "link_count"),
        Json.integer(node, "filesystem_magic"),
        Json.integer(node, "file_mode"),
        Json.integer(node, "owner_uid"));
  }

  private static ObjectNode writePackage(PackageRef owner) {
    ObjectNode node = Json.object();
    node.put("manager", owner.manager());
    node.put("name", owner.name());
    node.put("version", owner.version());
    node.put("architecture", owner.architecture());
    return node;
  }

  private static PackageRef readPackage(JsonNode node) {
    return new PackageRef(
        Json.requiredText(node, "manager"),
        Json.requiredText(node, "name"),
        Json.requiredText(node, "version"),
        Json.requiredText(node, "architecture"));
  }

  private static ObjectNode writeSummary(ProcessSummary summary) {
    ObjectNode node = Json.object();
    node.set("process", writeProcess(summary.process()));
    Json.put(node, "executable", summary.executable());
    Json.put(node, "sha256", summary.sha256());
    Json.put(node, "command_line", summary.commandLine());
    Json.put(node, "user", summary.user(), ExecutionJson::writeUser);
    return node;
  }

  private static ProcessSummary readSummary(JsonNode node) {
    return new ProcessSummary(
        readProcess(node.required("process")),
        Json.text(node, "executable"),
        sha256(node),
        Json.text(node, "command_line"),
        Json.child(node, "user", ExecutionJson::readUser));
  }

  private static ObjectNode writeDecision(Decision decision) {
    ObjectNode node = Json.object();
    node.put("outcome", decision.outcome().name());
    node.put("reason", decision.reason().name());
    Json.put(node, "rule_id", Objects.requireNonNullElse(decision.ruleId(), 0L));
    node.put("mode", decision.mode().name());
    node.put("policy_version", decision.policyVersion());
    return node;
  }

  private static Decision readDecision(JsonNode node) {
    long ruleId = Json.number(node, "rule_id"); // numbers of rules begin at 1
    return new Decision(
        Decision.Outcome.valueOf(Json.requiredText(node, "outcome")),
        Decision.Reason.valueOf(Json.requiredText(node, "reason")),
        ruleId == 0 ? null : ruleId,
        Mode.valueOf(Json.requiredText(node, "mode")),
        Json.number(node, "policy_version"));
  }

  private static @Nullable Sha256 sha256(JsonNode node) {
    String hex = Json.text(node, "sha256");
    return hex == null ? null : Sha256.parse(hex);
  }
}
