package io.exonward.agent.health;

import io.exonward.common.event.Coverage;
import io.exonward.common.event.Coverage.SensorState;
import io.exonward.common.event.Event;
import java.io.StringWriter;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** The lines of the ledger: one JSON object each, with its kind and line end. */
final class LedgerLine {
  static final String KIND = "kind";
  static final String START = "start";
  static final String STATE = "state";
  static final String LOSS = "loss";
  static final String STOP = "stop";
  private static final JsonFactory JSON = new JsonFactory();

  private LedgerLine() {}

  private static String line(String kind, Consumer<JsonGenerator> content) {
    StringWriter out = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), out)) {
      json.writeStartObject();
      json.writeStringProperty(KIND, kind);
      content.accept(json);
      json.writeEndObject();
    }
    return out.append('\n').toString();
  }

  static String start(Instant at, Instant lastAlive) {
    return line(
        START,
        json -> {
          json.writeStringProperty("at", at.toString());
          json.writeStringProperty("last_alive", lastAlive.toString());
        });
  }

  static String stop(Instant at) {
    return line(STOP, json -> json.writeStringProperty("at", at.toString()));
  }

  static String state(Instant at, Coverage coverage) {
    return line(
        STATE,
        json -> {
          json.writeStringProperty("at", at.toString());
          json.writeStringProperty("level", coverage.level().name().toLowerCase(Locale.ROOT));
          List<String> running =
              coverage.sensors().stream()
                  .filter(sensor -> sensor.state() == SensorState.RUNNING)
                  .map(Coverage.SensorStatus::sensor)
                  .toList();
          texts(json, "sensors", running);
          texts(json, "blind_spots", coverage.blindSpots());
        });
  }

  private static void texts(JsonGenerator json, String name, List<String> values) {
    json.writeArrayPropertyStart(name);
    values.forEach(json::writeString);
    json.writeEndArray();
  }

  static String loss(Event.Loss loss) {
    return line(
        LOSS,
        json -> {
          json.writeStringProperty("cause", loss.cause().name().toLowerCase(Locale.ROOT));
          json.writeStringProperty("from", loss.from().toString());
          json.writeStringProperty("to", loss.to().toString());
          json.writeNumberProperty("count", loss.count());
          String sensor = loss.sensor();
          if (sensor != null) {
            json.writeStringProperty("sensor", sensor);
          }
        });
  }
}
