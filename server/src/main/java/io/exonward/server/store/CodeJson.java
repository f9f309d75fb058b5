package io.exonward.server.store;

import io.exonward.common.event.Code;
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
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What executions, code loads and actions have in common as JSON, in both directions. */
final class CodeJson {
  private CodeJson() {}

  static ObjectNode writeProcess(ProcessId process) {
    ObjectNode node = Json.object();
    node.put("boot_id", process.bootId().toString());
    node.put("pid", process.pid());
    node.put("start_ticks", process.startTicks());
    return node;
  }

  static ProcessId readProcess(JsonNode node) {
    return new ProcessId(
        UUID.fromString(Json.requiredText(node, "boot_id")),
        Json.integer(node, "pid"),
        Json.number(node, "start_ticks"));
  }

  static ObjectNode writeUser(User user) {
    ObjectNode node = Json.object();
    node.put("uid", user.uid());
    node.put("gid", user.gid());
    Json.put(node, "name", user.name());
    return node;
  }

  static User readUser(JsonNode node) {
    return new User(Json.integer(node, "uid"), Json.integer(node, "gid"), Json.text(node, "name"));
  }

  static ObjectNode writeCode(Code code) {
    ObjectNode node = Json.object();
    node.put("origin", code.origin().name());
    switch (code.hash()) {
      case ContentHash.Known(var sha256) -> node.put("sha256", sha256.toString());
      case ContentHash.Missing(var reason) -> node.put("hash_absence", reason.name());
    }
    Json.put(node, "file", code.file(), CodeJson::writeFile);
    Json.put(node, "package", code.owner(), CodeJson::writePackage);
    return node;
  }

  static Code readCode(JsonNode node) {
    Sha256 sha256 = sha256(node);
    return new Code(
        CodeOrigin.valueOf(Json.requiredText(node, "origin")),
        sha256 != null
            ? new ContentHash.Known(sha256)
            : new ContentHash.Missing(HashAbsence.valueOf(Json.requiredText(node, "hash_absence"))),
        Json.child(node, "file", CodeJson::readFile),
        Json.child(node, "package", CodeJson::readPackage));
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

  static ObjectNode writeSummary(ProcessSummary summary) {
    ObjectNode node = Json.object();
    node.set("process", writeProcess(summary.process()));
    Json.put(node, "executable", summary.executable());
    Json.put(node, "sha256", summary.sha256());
    Json.put(node, "command_line", summary.commandLine());
    Json.put(node, "user", summary.user(), CodeJson::writeUser);
    return node;
  }

  static ProcessSummary readSummary(JsonNode node) {
    return new ProcessSummary(
        readProcess(node.required("process")),
        Json.text(node, "executable"),
        sha256(node),
        Json.text(node, "command_line"),
        Json.child(node, "user", CodeJson::readUser));
  }

  static ObjectNode writeDecision(Decision decision) {
    ObjectNode node = Json.object();
    node.put("outcome", decision.outcome().name());
    node.put("reason", decision.reason().name());
    Json.put(node, "rule_id", Objects.requireNonNullElse(decision.ruleId(), 0L));
    node.put("mode", decision.mode().name());
    node.put("policy_version", decision.policyVersion());
    return node;
  }

  static Decision readDecision(JsonNode node) {
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
