package io.exonward.agent.sensor.action;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.exonward.agent.sensor.BootId;
import io.exonward.agent.sensor.EventLog;
import io.exonward.agent.sensor.KernelEvent;
import io.exonward.agent.sensor.KernelTests;
import io.exonward.common.event.ActionKind;
import io.exonward.common.event.Coverage.SensorState;
import io.exonward.common.event.LossCause;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each action on the real kernel, and its harmless twin. */
@Tag("kernel")
final class ActionSensorTest {
  private final EventLog log = new EventLog();
  private final BlockingQueue<Integer> mounted = new LinkedBlockingQueue<>();
  private final ActionSensor sensor =
      new ActionSensor(BootId.read(), Clock.systemUTC(), true, mounted::add);

  @TempDir Path folder;

  @BeforeEach
  void start() {
    KernelTests.requireStart(sensor, log);
  }

  @AfterEach
  void stop() {
    sensor.close();
  }

  /** What the program printed, in words, and its process. */
  private record Done(long pid, List<String> words) {
    int number(int index) {
      return Integer.parseInt(words.get(index));
    }
  }

  private Done act(Object... arguments) throws IOException, InterruptedException {
    Path program = folder.resolve("act");
    if (!Files.exists(program)) {
      KernelTests.compile("act", folder);
    }
    Object[] command = new Object[arguments.length + 1];
    command[0] = program;
    System.arraycopy(arguments, 0, command, 1, arguments.length);
    Process process = KernelTests.start(command);
    String text =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
    assertTrue(process.waitFor(30, TimeUnit.SECONDS));
    return new Done(process.pid(), List.of(text.split("\\s+")));
  }

  private KernelEvent.Action await(ActionKind kind, Done done) {
    return log.await(
        KernelEvent.Action.class, a -> a.kind() == kind && a.process().pid() == done.pid);
  }

  /** An action that comes after the harmless one, from the same program, has brought both along. */
  private List<ActionKind> kindsOf(Done done) throws IOException, InterruptedException {
    await(ActionKind.MEMFD_CREATED, act("memfd"));
    return log.all(KernelEvent.Action.class, a -> a.process().pid() == done.pid).stream()
        .map(KernelEvent.Action::kind)
        .toList();
  }

  @ParameterizedTest
  @CsvSource({
    "map-plain",
    "protect-plain",
    "vm-read",
    "mem-read",
    "bpf-map",
    "uprobe 1",
    "setuid 0"
  })
  void harmlessTwin_isNotReported(String twin) throws IOException, InterruptedException {
    Done done = act((Object[]) twin.split(" "));

    assertEquals(List.of(), kindsOf(done));
  }

  @Test
  void mmap_anonymousExecutable_isReportedWithItsPlace() throws Exception {
    Done done = act("map");
    KernelEvent.Action action = await(ActionKind.EXECUTABLE_MAPPED, done);

    assertEquals(0x600000000000L, action.address());
    assertEquals(65_536, action.length());
    assertEquals(5, action.protection());
    assertEquals(1, action.count());
  }

  @Test
  void mmap_again_isCountedInTheKernel() throws Exception {
    Done done = act("map-often");
    await(ActionKind.EXECUTABLE_MAPPED, done);

    assertEquals(List.of(ActionKind.EXECUTABLE_MAPPED), kindsOf(done));
  }

  @Test
  void mprotect_executable_isReportedWithItsAddress() throws Exception {
    Done done = act("protect");

    assertEquals(
        Long.parseLong(done.words.getFirst()), await(ActionKind.MADE_EXECUTABLE, done).address());
  }

  @Test
  void memfd_isReportedWithNameAndDescriptor() throws Exception {
    Done done = act("memfd");
    KernelEvent.Action action = await(ActionKind.MEMFD_CREATED, done);

    assertEquals("exon-test", action.detail());
    assertEquals(done.number(0), action.descriptor());
  }

  @ParameterizedTest
  @CsvSource({
    "attach, PTRACE_ATTACHED",
    "seize, PTRACE_ATTACHED",
    "poke, PTRACE_WRITTEN",
    "vm-write, PROCESS_WRITTEN",
    "mem-write, PROCESS_MEMORY_OPENED"
  })
  void otherProcess_isReportedAsTarget(String name, ActionKind kind) throws Exception {
    Done done = act(name);

    assertEquals(done.number(0), await(kind, done).targetPid());
  }

  @ParameterizedTest
  @CsvSource({"poke, PTRACE_WRITTEN", "vm-write, PROCESS_WRITTEN"})
  void writtenMemory_isReportedWithItsAddress(String name, ActionKind kind) throws Exception {
    Done done = act(name);

    assertEquals(Long.parseLong(done.words.get(1)), await(kind, done).address());
  }

  @Test
  void peek_isAttachedButNotWritten() throws Exception {
    assertEquals(List.of(ActionKind.PTRACE_ATTACHED), kindsOf(act("peek")));
  }

  @Test
  void target_inPidNamespace_isTranslated() throws Exception {
    Path program = KernelTests.compile("act", folder);

    KernelTests.run("unshare", "--pid", "--fork", program, "seize");
    KernelEvent.Action action =
        log.await(KernelEvent.Action.class, a -> a.kind() == ActionKind.PTRACE_ATTACHED);

    // The child is number 2 in there; by now it may be gone, which is said instead.
    boolean isTranslated = action.targetPid() > 2 && action.detail() == null;
    boolean isSaid = "process 2 of its own pid namespace".equals(action.detail());
    assertTrue(isTranslated || (isSaid && action.targetPid() == 0), action.toString());
  }

  @Test
  void uprobe_isReportedWithItsFile() throws Exception {
    Path type = Path.of("/sys/bus/event_source/devices/uprobe/type");
    assumeTrue(Files.exists(type), "this kernel has no uprobes");
    Done done = act("uprobe", Files.readString(type).strip());
    KernelEvent.Action action = await(ActionKind.UPROBE_SET, done);

    assertEquals(folder.resolve("act").toString(), action.detail());
    assertEquals(64, action.address());
  }

  @Test
  void bpfProgram_isReportedWithItsName() throws Exception {
    assertEquals("exon_test", await(ActionKind.BPF_LOADED, act("bpf")).detail());
  }

  @Test
  void credentials_changes_areReportedWithIds() throws Exception {
    assertEquals(
        "uid 0/0/0 to 4711/4711/4711",
        await(ActionKind.CREDENTIALS_CHANGED, act("setuid", 4711)).detail());
    assertEquals(
        "gid 0/0/0 to 4712/4712/4712",
        await(ActionKind.CREDENTIALS_CHANGED, act("setgid", 4712)).detail());
  }

  @Test
  void connect_isReportedWithAddressAndPort() throws Exception {
    assertEquals(
        "127.0.0.1 4713", await(ActionKind.CONNECTED, act("connect", "127.0.0.1", 4713)).detail());
    assertEquals(
        "0:0:0:0:0:0:0:1 4714", await(ActionKind.CONNECTED, act("connect", "::1", 4714)).detail());
  }

  @Test
  void mount_isTold() throws Exception {
    Path mount = Files.createDirectory(folder.resolve("mount"));
    Path program = KernelTests.compile("act", folder);

    Process process = KernelTests.start("unshare", "-m", program, "mount", mount);

    Integer pid = mounted.poll(10, TimeUnit.SECONDS);
    while (pid != null && pid != process.pid()) { // unshare itself mounts before it
      pid = mounted.poll(10, TimeUnit.SECONDS);
    }
    assertEquals((int) process.pid(), pid);
  }

  @Test
  void ringFull_lossesAreCountedAndReported() throws Exception {
    EventLog small = new EventLog();
    BlockingQueue<Boolean> gate = new LinkedBlockingQueue<>();
    try (ActionSensor tiny =
        new ActionSensor(BootId.read(), Clock.systemUTC(), true, _ -> true, 65_536)) {
      KernelTests.requireStart(
          tiny,
          event -> {
            if (small.events().isEmpty()) {
              pass(gate);
            }
            small.accept(event);
          });

      Path program = KernelTests.compile("act", folder);
      String loop = "for i in $(seq 700); do \"$0\" memfd; done";
      assertEquals(0, KernelTests.run("/bin/bash", "-c", loop, program));
      gate.add(true);
      KernelEvent.Lost lost = small.await(KernelEvent.Lost.class, event -> event.count() > 0);

      assertEquals("actions", lost.sensor());
      assertEquals(LossCause.KERNEL_BUFFER, lost.cause());
      assertFalse(lost.to().isBefore(lost.from()));
      assertEquals(SensorState.RUNNING, tiny.status().state());
    }
  }

  private static void pass(BlockingQueue<Boolean> gate) {
    try {
      assertTrue(gate.poll(30, TimeUnit.SECONDS) != null);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
