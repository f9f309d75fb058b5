package io.exonward.agent.sensor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.exonward.agent.sensor.connector.ConnectorSensor;
import io.exonward.agent.sensor.ebpf.EbpfSensor;
import io.exonward.common.event.Coverage;
import io.exonward.common.event.Coverage.SensorLevel;
import io.exonward.common.event.Coverage.SensorState;
import io.exonward.common.event.LossCause;
import io.exonward.common.process.ProcessId;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SensorLadderTest {
  private static final Clock CLOCK = Clock.systemUTC();
  private static final UUID BOOT = new UUID(1, 2);

  private final EventLog log = new EventLog();
  private final BlockingQueue<Coverage> changes = new LinkedBlockingQueue<>();

  @Test
  void start_firstRefused_runsTheSecond() {
    FakeSensor ebpf = new FakeSensor("ebpf", true);
    FakeSensor connector = new FakeSensor("connector", false);
    FakeSensor procfs = new FakeSensor("procfs", false);
    try (SensorLadder ladder = ladder(ebpf, connector, procfs)) {
      ladder.start();

      Coverage coverage = ladder.coverage();

      assertEquals(SensorLevel.REDUCED, coverage.level());
      assertEquals(
          List.of(SensorState.UNAVAILABLE, SensorState.RUNNING, SensorState.STANDBY),
          coverage.sensors().stream().map(Coverage.SensorStatus::state).toList());
      assertTrue(coverage.blindSpots().contains("short-lived processes may have no hash or path"));
    }
  }

  @Test
  void start_allRefused_saysThatNothingIsSeen() {
    try (SensorLadder ladder = ladder(new FakeSensor("ebpf", true))) {
      ladder.start();

      assertEquals(SensorLevel.NONE, ladder.coverage().level());
      assertEquals("executions are not seen at all", ladder.coverage().blindSpots().getFirst());
    }
  }

  @Test
  void running_sensorBreaks_nextTakesOverWithinASecondAndTheGapIsReported()
      throws InterruptedException {
    FakeSensor ebpf = new FakeSensor("ebpf", false);
    FakeSensor connector = new FakeSensor("connector", false);
    try (SensorLadder ladder = ladder(ebpf, connector)) {
      ladder.onChange(changes::add);
      ladder.start();
      assertEquals(SensorLevel.REDUCED, nextChange().level());
      Instant brokenAt = Instant.now();

      ebpf.fail();
      KernelEvent.Lost lost = log.await(KernelEvent.Lost.class, _ -> true);
      Coverage change = nextChange();
      KernelEvent seen = new KernelEvent.Exit(new ProcessId(BOOT, 5, 6), 0, Instant.EPOCH);
      connector.emit(seen);

      assertEquals(LossCause.SENSOR_FAILED, lost.cause());
      assertEquals("ebpf", lost.sensor());
      assertTrue(lost.to().isBefore(brokenAt.plus(Duration.ofSeconds(1))));
      assertEquals(SensorState.FAILED, change.sensors().get(0).state());
      assertEquals(SensorState.RUNNING, change.sensors().get(1).state());
      assertEquals(seen, log.await(KernelEvent.Exit.class, _ -> true));
    }
  }

  @Test
  @Tag("kernel")
  void start_ebpfCannotLoad_connectorSeesExecutions(@TempDir Path folder) {
    KernelTests.requireRoot();
    UUID boot = BootId.read();
    int noRing = 0; // which the kernel refuses
    Path marker = KernelTests.compile("marker", folder);
    Sensor ebpf = new EbpfSensor(boot, CLOCK, noRing);
    Sensor connector = new ConnectorSensor(boot, CLOCK);
    try (SensorLadder ladder = new SensorLadder(List.of(ebpf, connector), null, null, log, CLOCK)) {
      ladder.start();

      KernelTests.run(marker, "200");

      assertEquals(SensorState.UNAVAILABLE, ebpf.status().state());
      assertTrue(String.valueOf(ebpf.status().detail()).contains("EINVAL"), ebpf.status().detail());
      assertEquals(List.of(marker.toString(), "200"), log.awaitExec(marker).arguments());
    }
  }

  private Coverage nextChange() throws InterruptedException {
    Coverage change = changes.poll(5, TimeUnit.SECONDS);
    if (change == null) {
      throw new AssertionError("the coverage did not change");
    }
    return change;
  }

  private SensorLadder ladder(Sensor... sensors) {
    return new SensorLadder(List.of(sensors), null, null, log, CLOCK);
  }
}
