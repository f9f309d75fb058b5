package io.exonward.server.store;

import io.exonward.common.event.ActionKind;
import io.exonward.common.event.CodeLoadKind;
import io.exonward.common.event.Event;
import java.time.Instant;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Code loads and actions as JSON, in both directions. */
final class LoadJson {
  private LoadJson() {}

  static ObjectNode write(Event.CodeLoad load) {
    ObjectNode node = Json.object();
    node.put("kind", load.kind().name());
    node.set("loader", CodeJson.writeSummary(load.loader()));
    Json.put(node, "path", load.path());
    node.set("code", CodeJson.writeCode(load.code()));
    Json.putAll(node, "ancestry", load.ancestry(), CodeJson::writeSummary);
    Json.put(node, "container_id", load.containerId());
    Json.put(node, "decision", load.decision(), CodeJson::writeDecision);
    return node;
  }

  static Event.CodeLoad read(JsonNode node) {
    return new Event.CodeLoad(
        CodeLoadKind.valueOf(Json.requiredText(node, "kind")),
        CodeJson.readSummary(node.required("loader")),
        Json.text(node, "path"),
        CodeJson.readCode(node.required("code")),
        Json.list(node, "ancestry", CodeJson::readSummary),
        Json.text(node, "container_id"),
        Json.child(node, "decision", CodeJson::readDecision));
  }

  static ObjectNode writeAction(Event.Action action) {
    ObjectNode node = Json.object();
    node.put("kind", action.kind().name());
    node.set("actor", CodeJson.writeSummary(action.actor()));
    Json.put(node, "target", action.target(), CodeJson::writeSummary);
    Json.put(node, "address", action.address());
    Json.put(node, "length", action.length());
    Json.put(node, "protection", action.protection());
    Json.put(node, "detail", action.detail());
    node.put("count", action.count());
    node.put("first_at", action.firstAt().toString());
    node.put("last_at", action.lastAt().toString());
    Json.putAll(node, "ancestry", action.ancestry(), CodeJson::writeSummary);
    Json.put(node, "container_id", action.containerId());
    return node;
  }

  static Event.Action readAction(JsonNode node) {
    return new Event.Action(
        ActionKind.valueOf(Json.requiredText(node, "kind")),
        CodeJson.readSummary(node.required("actor")),
        Json.child(node, "target", CodeJson::readSummary),
        Json.number(node, "address"),
        Json.number(node, "length"),
        Json.integer(node, "protection"),
        Json.text(node, "detail"),
        Json.number(node, "count"),
        Instant.parse(Json.requiredText(node, "first_at")),
        Instant.parse(Json.requiredText(node, "last_at")),
        Json.list(node, "ancestry", CodeJson::readSummary),
        Json.text(node, "container_id"));
  }
}
