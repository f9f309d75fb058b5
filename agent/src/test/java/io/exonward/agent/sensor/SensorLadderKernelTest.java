package io.exonward.agent.sensor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.jna.Function;
import io.exonward.agent.sensor.connector.ConnectorSensor;
import io.exonward.agent.sensor.ebpf.EbpfSensor;
import io.exonward.common.event.Coverage;
import io.exonward.common.event.Coverage.SensorState;
import io.exonward.common.event.Coverage.SensorStatus;
import io.exonward.common.event.LossCause;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sensors that break on the real kernel. */
@Tag("kernel")
final class SensorLadderKernelTest {
  private static final Clock CLOCK = Clock.systemUTC();
  private static final UUID BOOT = BootId.read();
  private static final int NO_RING = 0; // which the kernel refuses
  private static final int RING = 4 << 20;

  private final EventLog log = new EventLog();
  private final BlockingQueue<Coverage> changes = new LinkedBlockingQueue<>();
  private final AtomicBoolean isToBreak = new AtomicBoolean();

  @TempDir Path folder;

  @BeforeEach
  void requireRoot() {
    KernelTests.requireRoot();
  }

  @Test
  void start_ebpfCannotLoad_connectorSeesExecutions() {
    Path marker = KernelTests.compile("marker", folder);
    try (SensorLadder ladder = start(NO_RING, Duration.ofHours(1))) {
      assumeRunning(ladder, 1);

      KernelTests.run(marker, "200");

      SensorStatus ebpf = ladder.coverage().sensors().getFirst();
      assertEquals(SensorState.UNAVAILABLE, ebpf.state());
      assertTrue(String.valueOf(ebpf.detail()).contains("EINVAL"), ebpf.detail());
      assertEquals(List.of(marker.toString(), "200"), log.awaitExec(marker).arguments());
    }
  }

  @Test
  void storm_ebpfThreadDies_connectorWithinASecondThenEbpfAgain() throws InterruptedException {
    Path marker = KernelTests.compile("marker", folder);
    try (SensorLadder ladder = start(RING, Duration.ofSeconds(1))) {
      assumeRunning(ladder, 0);
      Process storm =
          KernelTests.start("sh", "-c", "while :; do " + marker + " 0 >/dev/null; done");
      try {
        log.awaitExec(marker);
        Instant brokenAt = Instant.now();

        changes.clear(); // those of the start
        isToBreak.set(true);
        KernelEvent.Lost lost =
            log.await(KernelEvent.Lost.class, l -> l.cause() == LossCause.SENSOR_FAILED);
        awaitChange(c -> c.sensors().getFirst().state() == SensorState.RUNNING);
        awaitChange(c -> c.sensors().get(1).state() == SensorState.STANDBY);
        storm.destroyForcibly(); // the log of a test is slow
        Path last = KernelTests.copy(marker, folder.resolve("last"));
        KernelTests.run(last);

        assertEquals("ebpf", lost.sensor());
        assertTrue(
            Duration.between(lost.from(), lost.to()).compareTo(Duration.ofSeconds(1)) < 0,
            lost.toString());
        assertTrue(
            Duration.between(brokenAt, lost.to()).compareTo(Duration.ofSeconds(1)) < 0,
            lost.toString());
        log.awaitExec(last);
        assertEquals(1, log.all(KernelEvent.Exec.class, e -> isOf(last, e)).size());
        List<String> doubles =
            log.all(KernelEvent.Exec.class, e -> isOf(marker, e)).stream()
                .collect(
                    Collectors.groupingBy(
                        exec -> exec.process().pid(),
                        Collectors.mapping(
                            exec -> exec.occurredAt() + " by " + exec.uid(), Collectors.toList())))
                .values()
                .stream()
                .filter(same -> same.size() > 1)
                .map(String::valueOf)
                .toList();
        assertEquals(List.of(), doubles, "each once; gap " + lost);
      } finally {
        storm.destroyForcibly();
      }
    }
  }

  @Test
  void running_programsDetachedBehindItsBack_isFoundOutAndReplaced() throws Exception {
    try (SensorLadder ladder = start(RING, Duration.ofHours(1))) {
      assumeRunning(ladder, 0);
      ladder.look();
      detachBpfPrograms();
      Instant blindFrom = Instant.now();
      for (int i = 0; i < 30; i++) {
        KernelTests.run("true");
      }

      ladder.look(); // what arrived before the detachment
      for (int i = 0; i < 30; i++) {
        KernelTests.run("true");
      }
      ladder.look();

      Coverage change = awaitChange(c -> c.sensors().get(1).state() == SensorState.RUNNING);
      KernelEvent.Lost lost = log.await(KernelEvent.Lost.class, _ -> true);
      String detail = String.valueOf(change.sensors().getFirst().detail());
      // Suspected by the count or by the silence: that depends on when the last batch came.
      assertTrue(detail.endsWith("saw nothing of a program that was run to prove it"), detail);
      assertTrue(lost.to().isAfter(blindFrom));
      assertEquals(SensorState.FAILED, change.sensors().getFirst().state());
    }
  }

  @Test
  void fiftyRestarts_leakNoDescriptor() throws Exception {
    try (SensorLadder ladder = start(RING, Duration.ofMillis(1))) {
      assumeRunning(ladder, 0);
      breakAndAwait();
      long before = descriptors();

      for (int i = 0; i < 50; i++) {
        breakAndAwait();
      }

      assertEquals(before, descriptors());
    }
  }

  private void breakAndAwait() throws InterruptedException {
    isToBreak.set(true);
    Process program = KernelTests.start("true");
    awaitChange(c -> c.sensors().get(1).state() == SensorState.RUNNING);
    awaitChange(c -> c.sensors().get(1).state() == SensorState.STANDBY);
    program.destroyForcibly();
  }

  private static boolean isOf(Path program, KernelEvent.Exec exec) {
    return program.toString().equals(exec.path());
  }

  /** Of links that BPF programs are attached by, in this process, each becomes that of nothing. */
  private static void detachBpfPrograms() throws IOException {
    int detached = 0;
    try (var nothing = Files.newByteChannel(Path.of("/dev/null"));
        Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
      int other = numberOf("/dev/null");
      assertTrue(nothing.isOpen());
      for (Path descriptor : open.toList()) {
        if (target(descriptor).contains("bpf_link") || target(descriptor).contains("bpf-perf")) {
          int number = Integer.parseInt(descriptor.getFileName().toString());
          Function.getFunction("c", "dup2").invokeInt(new Object[] {other, number});
          detached++;
        }
      }
    }
    assertTrue(detached > 0, "no program is attached");
  }

  private static int numberOf(String wanted) throws IOException {
    try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
      return open.filter(descriptor -> target(descriptor).equals(wanted))
          .map(descriptor -> Integer.parseInt(descriptor.getFileName().toString()))
          .findFirst()
          .orElseThrow();
    }
  }

  private static String target(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString();
    } catch (IOException _) {
      return ""; // that of the listing itself
    }
  }

  private static long descriptors() throws IOException {
    try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
      return open.count();
    }
  }

  private static void assumeRunning(SensorLadder ladder, int index) {
    assumeTrue(
        ladder.coverage().sensors().get(index).state() == SensorState.RUNNING,
        () -> "this kernel refuses a sensor: " + ladder.coverage().sensors());
  }

  private Coverage awaitChange(Predicate<Coverage> wanted) throws InterruptedException {
    Coverage last = null;
    while (true) {
      Coverage change = changes.poll(20, TimeUnit.SECONDS);
      if (change == null) {
        throw new AssertionError("no such change, last: " + last);
      }
      if (wanted.test(change)) {
        return change;
      }
      last = change;
    }
  }

  /** A fault in what the sensor's thread does. */
  private void accept(KernelEvent event) {
    if (isToBreak.get()
        && Thread.currentThread().getName().equals("sensor-ebpf")
        && isToBreak.compareAndSet(true, false)) {
      throw new IllegalStateException("broken by the test");
    }
    log.accept(event);
  }

  private SensorLadder start(int ringBytes, Duration pause) {
    List<Supplier<Sensor>> executions =
        List.of(
            () -> new EbpfSensor(BOOT, CLOCK, ringBytes), () -> new ConnectorSensor(BOOT, CLOCK));
    Timing timing =
        new Timing(
            Duration.ofSeconds(1),
            List.of(pause),
            Duration.ofMinutes(10),
            Duration.ofMillis(100),
            Duration.ZERO);
    SensorLadder ladder =
        new SensorLadder(
            new SensorLadder.Roles(executions, List.of(), List.of()),
            this::accept,
            CLOCK,
            timing,
            new Proofs(Proofs::prepareSleep),
            MachineForks::read);
    ladder.onChange(changes::add);
    ladder.start();
    return ladder;
  }
}
