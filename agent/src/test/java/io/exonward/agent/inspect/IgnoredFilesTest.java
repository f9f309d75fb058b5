package io.exonward.agent.inspect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.exonward.agent.sensor.BootId;
import io.exonward.agent.sensor.KernelTests;
import io.exonward.agent.sensor.SensorLadder;
import io.exonward.agent.sensor.ebpf.EbpfSensor;
import io.exonward.agent.sensor.fanotify.FanotifyMode;
import io.exonward.agent.sensor.fanotify.FanotifySensor;
import io.exonward.agent.sensor.procfs.ProcfsReader;
import io.exonward.common.event.Coverage;
import io.exonward.common.hash.ContentHash;
import io.exonward.common.hash.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What only root can write costs nothing when it is executed again, and whoever changes it,
 * however, is found out at the next execution, even of a program that ends at once.
 */
@Tag("kernel")
final class IgnoredFilesTest {
  private static final UUID BOOT = BootId.read();
  private static final Clock CLOCK = Clock.systemUTC();
  private static final Duration GRAIN = Duration.ofMillis(150);

  private final HashingInspector inspector =
      new HashingInspector(
          InspectLimits.defaults(), new ProcfsReader(BOOT, CLOCK), _ -> false, CLOCK);
  private final OpenedNames names = new OpenedNames(inspector);
  private final InspectionLog log = new InspectionLog(inspector);
  private final SensorLadder sensors =
      new SensorLadder(
          new SensorLadder.Roles(
              List.of(() -> new EbpfSensor(BOOT, CLOCK)),
              List.of(() ->
                  new FanotifySensor(
                      names,
                      CLOCK,
                      new FanotifySensor.Settings(FanotifyMode.NOTIFY, Duration.ofMillis(50)))),
              List.of()),
          log,
          CLOCK);

  @TempDir Path folder;
  private Path marker;
  private Path program;

  /** Ways to change a file, or who may. */
  enum Change {
    WRITE {
      @Override
      void apply(Path file, IgnoredFilesTest test) {
        KernelTests.run("sh", "-c", "echo more >> \"$0\"", file);
      }
    },
    RENAME_OVER {
      @Override
      void apply(Path file, IgnoredFilesTest test) {
        Path other = KernelTests.copy(test.marker, test.folder.resolve("other"), (byte) 7);
        assertEquals(0, KernelTests.run("mv", other, file));
      }
    },
    SHARED_MAPPING {
      @Override
      void apply(Path file, IgnoredFilesTest test) {
        Path mapwrite = KernelTests.compile("mapwrite", test.folder);
        assertEquals(0, KernelTests.run(mapwrite, file));
      }
    },
    CHMOD {
      @Override
      void apply(Path file, IgnoredFilesTest test) {
        assertEquals(0, KernelTests.run("chmod", "777", file));
      }
    },
    CHOWN {
      @Override
      void apply(Path file, IgnoredFilesTest test) {
        assertEquals(0, KernelTests.run("chown", "1000", file));
      }
    };

    abstract void apply(Path file, IgnoredFilesTest test);
  }

  @BeforeEach
  void start() throws IOException {
    KernelTests.requireRoot();
    sensors.start();
    assumeTrue(
        sensors.coverage().level() == Coverage.SensorLevel.FULL,
        () -> "this kernel refuses a sensor: " + sensors.coverage().sensors());
    marker = KernelTests.compile("marker", folder);
    program = KernelTests.copy(marker, folder.resolve("program"), (byte) 1);
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    LockSupport.parkNanos(GRAIN.toNanos()); // until a change shows in its change time
  }

  @AfterEach
  void stop() {
    sensors.close();
    inspector.close();
  }

  @ParameterizedTest
  @EnumSource(Change.class)
  void execute_ignoredAndThenChanged_isHashedAnew(Change change) throws IOException {
    int runs = runUntilIgnored();
    long filesRead = inspector.counters().filesRead();

    change.apply(program, this);
    KernelTests.run(program);
    InspectionLog.Inspected last = log.await(program, runs + 1).getLast();

    assertEquals(known(program), last.inspection().hash());
    assertTrue(inspector.counters().filesRead() > filesRead);
  }

  @ParameterizedTest
  @EnumSource(
      value = Change.class,
      names = {"CHMOD", "CHOWN"})
  void execute_othersCanWriteIt_isToldOfEachTime(Change change) {
    change.apply(program, this);
    LockSupport.parkNanos(GRAIN.toNanos());
    KernelTests.run(program);
    log.await(program);
    int before = names.count(program, marker);

    KernelTests.run(program);
    KernelTests.run(program);

    assertTrue(before > 0);
    assertTrue(names.count(program, marker) > before);
  }

  /** Runs the program until the kernel no longer tells of it; returns how often that was. */
  private int runUntilIgnored() {
    KernelTests.run(program);
    log.await(program);
    int before = names.count(program, marker);
    int runs = 1;
    boolean isIgnored = false;
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (!isIgnored && System.nanoTime() < end) {
      LockSupport.parkNanos(GRAIN.toNanos());
      KernelTests.run(program);
      KernelTests.run(program);
      runs += 2;
      int now = names.count(program, marker);
      isIgnored = now == before;
      before = now;
    }
    assertTrue(isIgnored, "the kernel goes on telling of it");
    List<InspectionLog.Inspected> all = log.await(program, runs);
    assertEquals(all.getFirst().inspection().hash(), all.getLast().inspection().hash());
    return runs;
  }

  private static ContentHash known(Path file) throws IOException {
    return new ContentHash.Known(Sha256.digest(Files.readAllBytes(file)));
  }
}
