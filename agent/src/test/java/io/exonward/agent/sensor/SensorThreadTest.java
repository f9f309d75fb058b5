package io.exonward.agent.sensor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.exonward.common.wire.Limits;
import org.junit.jupiter.api.Test;

final class SensorThreadTest {
  @Test
  void status_longDetail_isCutToWhatTheServerTakes() {
    SensorThread thread = new SensorThread("test");

    thread.describe("not marked: " + "/srv/x: EPERM, ".repeat(200));

    assertEquals(
        Limits.SENSOR_DETAIL_BYTES, Limits.utf8Length(String.valueOf(thread.status().detail())));
  }
}
