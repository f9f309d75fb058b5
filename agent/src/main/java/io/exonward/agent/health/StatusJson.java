package io.exonward.agent.health;

import io.exonward.common.event.Coverage;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** The status as JSON: keys in snake_case, constants in lower case, times in ISO 8601. */
final class StatusJson {
  private final JsonGenerator json;

  private StatusJson(JsonGenerator json) {
    this.json = json;
  }

  static byte[] encode(AgentStatus status) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (JsonGenerator json = new JsonFactory().createGenerator(ObjectWriteContext.empty(), out)) {
      new StatusJson(json).write(status);
    }
    return out.toByteArray();
  }

  private void write(AgentStatus status) {
    json.writeStartObject();
    text("version", status.version());
    time("started_at", status.startedAt());
    if (status.identity() != null) {
      json.writeObjectPropertyStart("identity");
      text("agent_id", status.identity().agentId());
      time("expires_at", status.identity().expiresAt());
      json.writeEndObject();
    }
    write(status.connection());
    if (status.policy() != null) {
      json.writeObjectPropertyStart("policy");
      text("group", status.policy().group());
      json.writeNumberProperty("version", status.policy().version());
      constant("mode", status.policy().mode());
      json.writeEndObject();
    }
    write(status.coverage());
    json.writeObjectPropertyStart("spool");
    json.writeNumberProperty("events", status.spool().events());
    json.writeNumberProperty("bytes", status.spool().bytes());
    json.writeNumberProperty("max_bytes", status.spool().maxBytes());
    json.writeNumberProperty("acknowledged_sequence", status.spool().acknowledgedSequence());
    json.writeNumberProperty("durable_sequence", status.spool().durableSequence());
    json.writeEndObject();
    json.writeNumberProperty("resident_bytes", status.usage().residentBytes());
    json.writeNumberProperty("cpu_millis", status.usage().cpuMillis());
    json.writeObjectPropertyStart("cpu");
    json.writeNumberProperty("limit_percent", status.cpu().maxPercent());
    json.writeNumberProperty(
        "average_percent", Math.round(status.cpu().averagePercent() * 100) / 100.0);
    json.writeNumberProperty("shedding_level", status.cpu().level());
    json.writeNumberProperty("times_raised", status.cpu().raised());
    json.writeEndObject();
    json.writeNumberProperty("processes", status.processes());
    numbers("counts", status.counts());
    numbers("losses", status.losses());
    json.writeEndObject();
  }

  private void write(AgentStatus.Connection connection) {
    json.writeObjectPropertyStart("connection");
    text("server", connection.server());
    constant("state", connection.state());
    text("detail", connection.detail());
    time("since", connection.since());
    json.writeEndObject();
  }

  private void write(Coverage coverage) {
    json.writeObjectPropertyStart("coverage");
    constant("level", coverage.level());
    time("since", coverage.since());
    json.writeArrayPropertyStart("sensors");
    for (Coverage.SensorStatus sensor : coverage.sensors()) {
      json.writeStartObject();
      text("sensor", sensor.sensor());
      constant("state", sensor.state());
      text("detail", sensor.detail());
      json.writeNumberProperty("events", sensor.events());
      json.writeNumberProperty("losses", sensor.losses());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeArrayPropertyStart("blind_spots");
    coverage.blindSpots().forEach(json::writeString);
    json.writeEndArray();
    json.writeEndObject();
  }

  private void numbers(String name, Map<String, Long> values) {
    json.writeObjectPropertyStart(name);
    values.forEach(json::writeNumberProperty);
    json.writeEndObject();
  }

  private void text(String name, @Nullable String value) {
    if (value != null) {
      json.writeStringProperty(name, value);
    }
  }

  private void time(String name, Instant value) {
    json.writeStringProperty(name, value.toString());
  }

  private void constant(String name, Enum<?> value) {
    json.writeStringProperty(name, value.name().toLowerCase(Locale.ROOT));
  }
}
