package io.exonward.server.store;

import io.exonward.common.event.Coverage;
import io.exonward.common.event.Coverage.SensorLevel;
import io.exonward.common.event.Coverage.SensorState;
import io.exonward.common.event.Coverage.SensorStatus;
import io.exonward.common.event.Event;
import io.exonward.common.event.HostFacts;
import io.exonward.common.event.LossCause;
import java.time.Instant;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What hosts say of themselves as JSON, in both directions. */
final class HostJson {
  private HostJson() {}

  static ObjectNode writeFacts(HostFacts facts) {
    ObjectNode node = Json.object();
    Json.put(node, "hostname", facts.hostname());
    Json.put(node, "machine_id", facts.machineId());
    Json.put(node, "boot_id", facts.bootId());
    Json.put(node, "os_name", facts.osName());
    Json.put(node, "os_version", facts.osVersion());
    Json.put(node, "kernel_version", facts.kernelVersion());
    Json.put(node, "architecture", facts.architecture());
    Json.put(node, "cpu_model", facts.cpuModel());
    Json.put(node, "cpu_count", facts.cpuCount());
    Json.put(node, "memory_bytes", facts.memoryBytes());
    Json.put(node, "virtualization", facts.virtualization());
    Json.put(node, "addresses", facts.addresses());
    Json.put(node, "booted_at", facts.bootedAt());
    return node;
  }

  static HostFacts readFacts(JsonNode node) {
    String bootId = Json.text(node, "boot_id");
    return new HostFacts(
        Json.text(node, "hostname"),
        Json.text(node, "machine_id"),
        bootId == null ? null : UUID.fromString(bootId),
        Json.text(node, "os_name"),
        Json.text(node, "os_version"),
        Json.text(node, "kernel_version"),
        Json.text(node, "architecture"),
        Json.text(node, "cpu_model"),
        Json.integer(node, "cpu_count"),
        Json.number(node, "memory_bytes"),
        Json.text(node, "virtualization"),
        Json.texts(node, "addresses"),
        Json.instant(node, "booted_at"));
  }

  static ObjectNode writeCoverage(Coverage coverage) {
    ObjectNode node = Json.object();
    node.put("level", coverage.level().name());
    Json.putAll(node, "sensors", coverage.sensors(), HostJson::writeSensor);
    Json.put(node, "blind_spots", coverage.blindSpots());
    node.put("since", coverage.since().toString());
    return node;
  }

  static Coverage readCoverage(JsonNode node) {
    return new Coverage(
        SensorLevel.valueOf(Json.requiredText(node, "level")),
        Json.list(node, "sensors", HostJson::readSensor),
        Json.texts(node, "blind_spots"),
        Instant.parse(Json.requiredText(node, "since")));
  }

  private static ObjectNode writeSensor(SensorStatus sensor) {
    ObjectNode node = Json.object();
    node.put("sensor", sensor.sensor());
    node.put("state", sensor.state().name());
    Json.put(node, "detail", sensor.detail());
    Json.put(node, "events", sensor.events());
    Json.put(node, "losses", sensor.losses());
    return node;
  }

  private static SensorStatus readSensor(JsonNode node) {
    return new SensorStatus(
        Json.requiredText(node, "sensor"),
        SensorState.valueOf(Json.requiredText(node, "state")),
        Json.text(node, "detail"),
        Json.number(node, "events"),
        Json.number(node, "losses"));
  }

  static ObjectNode writeLoss(Event.Loss loss) {
    ObjectNode node = Json.object();
    node.put("cause", loss.cause().name());
    node.put("from", loss.from().toString());
    node.put("to", loss.to().toString());
    Json.put(node, "count", loss.count());
    Json.put(node, "sensor", loss.sensor());
    return node;
  }

  static Event.Loss readLoss(JsonNode node) {
    return new Event.Loss(
        LossCause.valueOf(Json.requiredText(node, "cause")),
        Instant.parse(Json.requiredText(node, "from")),
        Instant.parse(Json.requiredText(node, "to")),
        Json.number(node, "count"),
        Json.text(node, "sensor"));
  }
}
