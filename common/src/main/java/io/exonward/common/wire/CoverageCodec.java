package io.exonward.common.wire;

import io.exonward.common.event.Coverage;
import io.exonward.common.event.Coverage.SensorLevel;
import io.exonward.common.event.Coverage.SensorStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a host's sensors can see. */
public final class CoverageCodec {
  private CoverageCodec() {}

  /** For the wire. */
  public static io.exonward.v1.Coverage encode(Coverage coverage) {
    return io.exonward.v1.Coverage.newBuilder()
        .setLevel(coverage.level().name().toLowerCase(Locale.ROOT))
        .addAllSensors(coverage.sensors().stream().map(CoverageCodec::encode).toList())
        .addAllBlindSpots(coverage.blindSpots())
        .setSince(Field.timestamp(coverage.since()))
        .build();
  }

  /**
   * From the wire. A level that this side does not know counts as NONE: it never claims sight.
   *
   * @throws WireException if it breaks a limit
   */
  public static Coverage decode(io.exonward.v1.Coverage proto) {
    String level = Field.requiredText("coverage.level", proto.getLevel(), Limits.LEVEL_BYTES);
    Field.atMost("coverage.sensors", proto.getSensorsCount(), Limits.SENSORS, "sensors");
    Field.atMost("coverage.blind_spots", proto.getBlindSpotsCount(), Limits.BLIND_SPOTS, "entries");
    List<SensorStatus> sensors = new ArrayList<>(proto.getSensorsCount());
    for (io.exonward.v1.SensorStatus sensor : proto.getSensorsList()) {
      sensors.add(decode(sensor));
    }
    for (String blindSpot : proto.getBlindSpotsList()) {
      Field.text("coverage.blind_spots", blindSpot, Limits.BLIND_SPOT_BYTES);
    }
    return new Coverage(
        level(level),
        sensors,
        proto.getBlindSpotsList(),
        Field.instant("coverage.since", proto.hasSince(), proto.getSince()));
  }

  private static SensorLevel level(String name) {
    return switch (name) {
      case "full" -> SensorLevel.FULL;
      case "reduced" -> SensorLevel.REDUCED;
      case "minimal" -> SensorLevel.MINIMAL;
      default -> SensorLevel.NONE;
    };
  }

  private static io.exonward.v1.SensorStatus encode(SensorStatus sensor) {
    var proto =
        io.exonward.v1.SensorStatus.newBuilder()
            .setSensor(sensor.sensor())
            .setState(EnumCodec.encode(sensor.state()))
            .setEvents(sensor.events())
            .setLosses(sensor.losses());
    if (sensor.detail() != null) {
      proto.setDetail(sensor.detail());
    }
    return proto.build();
  }

  private static SensorStatus decode(io.exonward.v1.SensorStatus proto) {
    String field = "coverage.sensors";
    return new SensorStatus(
        Field.requiredText(field + ".sensor", proto.getSensor(), Limits.SENSOR_NAME_BYTES),
        EnumCodec.decode(proto.getState()),
        Field.optionalText(field + ".detail", proto.getDetail(), Limits.SENSOR_DETAIL_BYTES),
        Field.count(field + ".events", proto.getEvents()),
        Field.count(field + ".losses", proto.getLosses()));
  }
}
