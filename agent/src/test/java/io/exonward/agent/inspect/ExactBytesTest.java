package io.exonward.agent.inspect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.exonward.agent.sensor.BootId;
import io.exonward.agent.sensor.KernelEvent;
import io.exonward.agent.sensor.KernelTests;
import io.exonward.agent.sensor.SensorLadder;
import io.exonward.agent.sensor.ebpf.EbpfSensor;
import io.exonward.agent.sensor.fanotify.FanotifyMode;
import io.exonward.agent.sensor.fanotify.FanotifySensor;
import io.exonward.agent.sensor.fanotify.MarkListener;
import io.exonward.agent.sensor.procfs.ProcfsReader;
import io.exonward.common.event.CodeLoadKind;
import io.exonward.common.event.Coverage;
import io.exonward.common.hash.ContentHash;
import io.exonward.common.hash.Sha256;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Wherever a short-lived program lies, its hash is that of the bytes that ran. */
@Tag("kernel")
@ParameterizedClass
@EnumSource(FanotifyMode.class)
final class ExactBytesTest {
  private static final UUID BOOT = BootId.read();
  private static final Clock CLOCK = Clock.systemUTC();
  private static final int STORM = 2000;

  @Parameter private FanotifyMode mode = FanotifyMode.NOTIFY;

  private final HashingInspector inspector =
      new HashingInspector(
          InspectLimits.defaults(), new ProcfsReader(BOOT, CLOCK), _ -> false, CLOCK);
  private final InspectionLog log = new InspectionLog(inspector);

  @TempDir Path folder;
  private Path marker;
  private SensorLadder sensors;

  @BeforeEach
  void start() {
    KernelTests.requireRoot();
    FanotifySensor.Settings settings = new FanotifySensor.Settings(mode, Duration.ofMillis(50));
    EbpfSensor ebpf = new EbpfSensor(BOOT, CLOCK);
    FanotifySensor fanotify = new FanotifySensor(inspector, CLOCK, settings);
    fanotify.onMark(new Marked(ebpf));
    sensors =
        new SensorLadder(
            new SensorLadder.Roles(List.of(() -> ebpf), List.of(() -> fanotify), List.of()),
            log,
            CLOCK);
    sensors.start();
    assumeTrue(
        sensors.coverage().level() == Coverage.SensorLevel.FULL,
        () -> "this kernel refuses a sensor: " + sensors.coverage().sensors());
    marker = KernelTests.compile("marker", folder);
  }

  private record Marked(EbpfSensor sensor) implements MarkListener {
    @Override
    public void marked(int device) {
      sensor.mark(device);
    }

    @Override
    public void forgotten(int device) {
      sensor.forget(device);
    }
  }

  @AfterEach
  void stop() {
    sensors.close();
    inspector.close();
  }

  @Test
  void inspect_stormOfUniquePrograms_allHaveTheirHash() throws IOException {
    Path programs = Files.createDirectory(folder.resolve("storm"));
    for (int i = 0; i < STORM; i++) {
      byte[] tail = ByteBuffer.allocate(4).putInt(i).array();
      KernelTests.copy(marker, programs.resolve("p" + i), tail);
    }

    KernelTests.run("sh", "-c", "for p in \"$0\"/*; do $p; done", programs);

    for (int i = 0; i < STORM; i++) {
      Path program = programs.resolve("p" + i);
      assertEquals(known(program), log.await(program).hash(), program.toString());
    }
  }

  @Test
  void inspect_overlay_lowerAndUpper() throws IOException {
    Path lower = unique("lower/a");
    Path upper = unique("upper/b");
    Files.createDirectory(folder.resolve("work"));
    Path merged = Files.createDirectory(folder.resolve("merged"));
    String script =
        "mount -t overlay overlay -o lowerdir=$0/lower,upperdir=$0/upper,workdir=$0/work"
            + " $0/merged && $0/merged/a 50; $0/merged/a; $0/merged/b;"
            + " echo x >> $0/merged/b; $0/merged/b; cp $0/merged/b $0/changed";

    KernelTests.run("unshare", "-m", "sh", "-c", script, folder);

    assertEquals(known(lower), log.await(merged.resolve("a"), 2).getLast().inspection().hash());
    List<InspectionLog.Inspected> both = log.await(merged.resolve("b"), 2);
    assertEquals(known(folder.resolve("changed")), both.getLast().inspection().hash());
    assertEquals(withoutLast(upper, 2), both.getFirst().inspection().hash());
  }

  @Test
  void inspect_bindMount_isTheFileItself() throws IOException {
    Path program = unique("origin/program");
    Path bound = Files.createDirectory(folder.resolve("bound"));
    String script = "mount --bind $0/origin $0/bound && $0/bound/program";

    KernelTests.run("unshare", "-m", "sh", "-c", script, folder);

    assertEquals(known(program), log.await(bound.resolve("program")).hash());
  }

  @Test
  void inspect_chroot_isNotMistakenForTheHostsFile() throws IOException {
    Path program = unique("root/usr/bin/env");
    KernelTests.run("gcc", "-static", "-o", program, "-x", "c", "src/test/c/marker.c");

    KernelTests.run("chroot", folder.resolve("root"), "/usr/bin/env");

    KernelEvent.Exec exec = log.events().await(KernelEvent.Exec.class, e -> isOf(e, program));
    List<InspectionLog.Inspected> found = log.await(String.valueOf(exec.path()), 1);
    assertEquals(known(program), found.getLast().inspection().hash());
  }

  private static boolean isOf(KernelEvent.Exec exec, Path program) {
    return exec.path() != null
        && exec.path().endsWith("usr/bin/env")
        && exec.file() != null
        && exec.file().sizeBytes() == program.toFile().length();
  }

  @Test
  void inspect_btrfs_isHashed() throws IOException {
    assumeTrue(
        Files.exists(Path.of("/usr/sbin/mkfs.btrfs")) || Files.exists(Path.of("/sbin/mkfs.btrfs")),
        "needs mkfs.btrfs");
    Path program = unique("program");
    Path mount = Files.createDirectory(folder.resolve("mount"));
    String script =
        "truncate -s 128M $0/image && mkfs.btrfs -q $0/image && mount -o loop $0/image $0/mount"
            + " && cp $0/program $0/mount/a && cp $0/program $0/mount/b && echo x >> $0/mount/b"
            + " && $0/mount/a 200; $0/mount/b; cp $0/mount/b $0/changed; umount $0/mount";

    KernelTests.run("unshare", "-m", "sh", "-c", script, folder);
    assumeTrue(Files.exists(folder.resolve("changed")), "this kernel mounts no btrfs image");

    assertEquals(known(program), log.await(mount.resolve("a")).hash());
    assertEquals(known(folder.resolve("changed")), log.await(mount.resolve("b")).hash());
  }

  @Test
  void load_scriptAndLoader_areReportedByTheirKind() throws Exception {
    Path script = folder.resolve("script");
    Files.writeString(script, "#!/bin/sh\n# " + UUID.randomUUID() + "\n" + marker + "\n");
    assertTrue(script.toFile().setExecutable(true));

    KernelTests.run(script);
    KernelEvent.Load load =
        log.events().await(KernelEvent.Load.class, l -> script.toString().equals(l.path()));

    assertEquals(CodeLoadKind.SCRIPT, load.kind());
    assertEquals(known(script), inspect(load).hash());
    KernelEvent.Load loader =
        log.events()
            .await(
                KernelEvent.Load.class, l -> String.valueOf(l.path()).matches(".*/ld-linux[^/]*"));
    assertEquals(CodeLoadKind.INTERPRETER, loader.kind());
    assertEquals(known(Path.of(String.valueOf(loader.path()))), inspect(loader).hash());
  }

  private Inspection inspect(KernelEvent.Load load) throws InterruptedException {
    BlockingQueue<Inspection> answers = new LinkedBlockingQueue<>();
    inspector.inspect(load, answers::add);
    Inspection answer = answers.poll(10, TimeUnit.SECONDS);
    if (answer == null) {
      throw new AssertionError("no answer for " + load);
    }
    return answer;
  }

  private Path unique(String name) throws IOException {
    Path path = folder.resolve(name);
    Files.createDirectories(path.getParent());
    UUID id = UUID.randomUUID();
    byte[] tail = ByteBuffer.allocate(8).putLong(id.getMostSignificantBits()).array();
    return KernelTests.copy(marker, path, tail);
  }

  private static ContentHash withoutLast(Path file, int count) throws IOException {
    byte[] content = Files.readAllBytes(file);
    return new ContentHash.Known(Sha256.digest(Arrays.copyOf(content, content.length - count)));
  }

  private static ContentHash known(Path file) throws IOException {
    return new ContentHash.Known(Sha256.digest(Files.readAllBytes(file)));
  }
}
