package io.exonward.agent.sensor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.exonward.common.event.Coverage;
import io.exonward.common.event.Coverage.SensorLevel;
import io.exonward.common.event.Coverage.SensorState;
import io.exonward.common.event.Coverage.SensorStatus;
import io.exonward.common.event.LossCause;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class SensorLadderTest {
  private static final Clock CLOCK = Clock.systemUTC();
  private static final Duration NEVER = Duration.ofHours(1);

  private final FakeKernel kernel = new FakeKernel();
  private final EventLog log = new EventLog();
  private final BlockingQueue<Coverage> changes = new LinkedBlockingQueue<>();
  private final BlockingQueue<OptionalLong> compared = new LinkedBlockingQueue<>();

  @Test
  void start_firstRefused_runsTheSecond() {
    kernel.refuse("ebpf");
    try (SensorLadder ladder = start(NEVER, "ebpf", "connector", "procfs")) {
      Coverage coverage = ladder.coverage();

      assertEquals(SensorLevel.REDUCED, coverage.level());
      assertEquals(
          List.of(SensorState.UNAVAILABLE, SensorState.RUNNING, SensorState.STANDBY),
          coverage.sensors().stream().map(SensorStatus::state).toList());
      assertTrue(coverage.blindSpots().contains("short-lived processes may have no hash or path"));
    }
  }

  @Test
  void start_firstSeesNothing_isRefusedAndTheSecondRuns() {
    kernel.blind("ebpf");
    try (SensorLadder ladder = start(NEVER, "ebpf", "connector")) {
      SensorStatus ebpf = ladder.coverage().sensors().getFirst();

      assertEquals(SensorState.UNAVAILABLE, ebpf.state());
      assertTrue(String.valueOf(ebpf.detail()).startsWith("saw nothing"), ebpf.detail());
      assertEquals(List.of("connector"), kernel.running());
    }
  }

  @Test
  void start_programsOfTheProof_areNotReported() {
    try (SensorLadder _ = start(NEVER, "ebpf", "connector")) {
      kernel.run("/bin/wanted", "x");

      assertEquals(
          List.of("/bin/wanted"),
          log.all(KernelEvent.Exec.class, _ -> true).stream().map(KernelEvent.Exec::path).toList());
    }
  }

  @Test
  void start_allRefused_saysThatNothingIsSeen() {
    kernel.refuse("ebpf");
    try (SensorLadder ladder = start(NEVER, "ebpf")) {
      assertEquals(SensorLevel.NONE, ladder.coverage().level());
      assertEquals("executions are not seen at all", ladder.coverage().blindSpots().getFirst());
    }
  }

  @Test
  void running_sensorBreaks_nextTakesOverWithinASecondAndTheGapIsReported()
      throws InterruptedException {
    try (SensorLadder ladder = start(NEVER, "ebpf", "connector")) {
      Instant brokenAt = Instant.now();

      kernel.breakSensor("ebpf", "out of luck");
      KernelEvent.Lost lost = log.await(KernelEvent.Lost.class, _ -> true);
      kernel.run("/bin/after", "x");

      assertEquals(LossCause.SENSOR_FAILED, lost.cause());
      assertEquals("ebpf", lost.sensor());
      assertFalse(lost.from().isAfter(brokenAt));
      assertTrue(lost.to().isBefore(brokenAt.plus(Duration.ofSeconds(1))));
      Coverage change = awaitChange(c -> c.sensors().get(1).state() == SensorState.RUNNING);
      assertEquals(SensorState.FAILED, change.sensors().getFirst().state());
      assertEquals("out of luck", change.sensors().getFirst().detail());
      assertEquals(1, log.all(KernelEvent.Exec.class, e -> "/bin/after".equals(e.path())).size());
      assertEquals(SensorLevel.REDUCED, ladder.coverage().level());
    }
  }

  @Test
  void running_sensorBreaks_isTriedAgainAndTakesOverWithoutGapOrDouble()
      throws InterruptedException {
    Duration soon = Duration.ofMillis(100);
    try (SensorLadder _ = start(soon, "ebpf", "connector")) {
      kernel.run("/bin/0", "x");
      kernel.breakSensor("ebpf", "out of luck");
      awaitChange(c -> c.sensors().getFirst().state() == SensorState.FAILED);
      int programs = 0;
      while (kernel.running().contains("connector")) {
        kernel.run("/bin/" + ++programs, "x");
        LockSupport.parkNanos(50_000); // busier than any host, less than what is held
      }
      Coverage change = awaitChange(c -> c.sensors().get(1).state() == SensorState.STANDBY);

      assertEquals(SensorState.RUNNING, change.sensors().getFirst().state());
      assertTrue(
          String.valueOf(change.sensors().getFirst().detail()).startsWith("started anew 1 times"));
      assertEquals(List.of("ebpf", "connector", "ebpf"), kernel.starts());
      assertTrue(change.sensors().getFirst().events() >= 2, "the first life's counts are kept");
      assertEquals(
          IntStream.rangeClosed(0, programs).mapToObj(n -> "/bin/" + n).sorted().toList(),
          log.all(KernelEvent.Exec.class, _ -> true).stream()
              .map(KernelEvent.Exec::path)
              .sorted()
              .toList());
      assertEquals(1, log.all(KernelEvent.Lost.class, _ -> true).size());
    }
  }

  @Test
  void refused_laterAllowed_takesOver() throws InterruptedException {
    kernel.refuse("ebpf");
    try (SensorLadder _ = start(Duration.ofMillis(100), "ebpf", "connector")) {
      kernel.allow("ebpf");

      awaitChange(c -> c.sensors().getFirst().state() == SensorState.RUNNING);
    }
  }

  @Test
  void allBroken_oneComesBack_theGapSpansBoth() {
    try (SensorLadder _ = start(Duration.ofMillis(200), "ebpf")) {
      kernel.breakSensor("ebpf", "out of luck");

      KernelEvent.Lost lost = log.await(KernelEvent.Lost.class, _ -> true);

      assertTrue(Duration.between(lost.from(), lost.to()).toMillis() >= 200);
    }
  }

  @Test
  void side_breaks_isTriedAgainAndTheGapIsReported() throws InterruptedException {
    SensorLadder.Roles roles =
        new SensorLadder.Roles(made("ebpf"), made("fanotify"), made("actions"));
    try (SensorLadder ladder = start(Duration.ofMillis(100), roles)) {
      assertEquals(SensorLevel.FULL, ladder.coverage().level());

      kernel.breakSensor("fanotify", "out of luck");
      KernelEvent.Lost lost = log.await(KernelEvent.Lost.class, _ -> true);
      awaitChange(c -> c.level() == SensorLevel.FULL);

      assertEquals("fanotify", lost.sensor());
      assertEquals(List.of("ebpf"), kernel.starts().stream().filter("ebpf"::equals).toList());
    }
  }

  @Test
  void compare_machineForksButSensorIsSilent_failsIt() throws InterruptedException {
    try (SensorLadder ladder = start(NEVER, "ebpf", "connector")) {
      compareWithForks(ladder, 0);
      kernel.blind("ebpf");
      compareWithForks(ladder, 100);

      Coverage change = awaitChange(c -> c.sensors().getFirst().state() == SensorState.FAILED);
      KernelEvent.Lost lost = log.await(KernelEvent.Lost.class, _ -> true);

      String detail = String.valueOf(change.sensors().getFirst().detail());
      assertTrue(detail.contains("no event while the machine counted 100 forks"), detail);
      assertEquals("ebpf", lost.sensor());
      assertTrue(
          Duration.between(lost.from(), lost.to()).toMillis() >= 250,
          "since it agreed, and not since the proof was missed 300 ms later");
    }
  }

  @Test
  void compare_machineForksAndProofArrives_goesOn() throws InterruptedException {
    try (SensorLadder ladder = start(NEVER, "ebpf", "connector")) {
      compareWithForks(ladder, 0);
      compareWithForks(ladder, 100);

      Coverage change = awaitChange(c -> c.sensors().getFirst().detail() != null);

      assertEquals(SensorState.RUNNING, change.sensors().getFirst().state());
      assertEquals(SensorState.STANDBY, change.sensors().get(1).state());
    }
  }

  @Test
  void compare_executionsVanishBetweenKernelAndSink_failsIt() throws InterruptedException {
    kernel.setWitness(new FakeWitness(OptionalLong.of(10), 7, 1));
    try (SensorLadder ladder = start(NEVER, "ebpf", "connector")) {
      for (int i = 0; i < 3; i++) {
        compareWithForks(ladder, 0);
      }

      Coverage change = awaitChange(c -> c.sensors().getFirst().state() == SensorState.FAILED);

      String detail = String.valueOf(change.sensors().getFirst().detail());
      assertTrue(detail.startsWith("2 executions ran"), detail);
    }
  }

  private record FakeWitness(OptionalLong executionsSeen, long delivered, long lost)
      implements Witness {
    @Override
    public OptionalLong forksSeen() {
      return OptionalLong.empty();
    }

    @Override
    public long executionsDelivered() {
      return delivered;
    }

    @Override
    public long executionsLost() {
      return lost;
    }
  }

  private void compareWithForks(SensorLadder ladder, long forks) throws InterruptedException {
    kernel.fork(forks);
    ladder.look();
    assertNotNull(compared.poll(5, TimeUnit.SECONDS), "nothing was compared");
  }

  private OptionalLong forks() {
    OptionalLong forks = kernel.forks();
    compared.add(forks);
    return forks;
  }

  private Coverage awaitChange(Predicate<Coverage> wanted) throws InterruptedException {
    List<Coverage> seen = new ArrayList<>();
    while (true) {
      Coverage change = changes.poll(5, TimeUnit.SECONDS);
      if (change == null) {
        throw new AssertionError("no such change among " + seen);
      }
      if (wanted.test(change)) {
        return change;
      }
      seen.add(change);
    }
  }

  private List<Supplier<Sensor>> made(String... names) {
    return Stream.of(names).<Supplier<Sensor>>map(name -> () -> kernel.sensor(name)).toList();
  }

  private SensorLadder start(Duration pause, String... names) {
    return start(pause, new SensorLadder.Roles(made(names), List.of(), List.of()));
  }

  private SensorLadder start(Duration pause, SensorLadder.Roles roles) {
    Timing timing =
        new Timing(
            Duration.ofMillis(300),
            List.of(pause),
            Duration.ofMinutes(10),
            Duration.ofMillis(50),
            Duration.ZERO);
    SensorLadder ladder =
        new SensorLadder(roles, log, CLOCK, timing, new Proofs(kernel::prove), this::forks);
    ladder.onChange(changes::add);
    ladder.start();
    return ladder;
  }
}
