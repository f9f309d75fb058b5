package io.exonward.agent.sensor.action;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.exonward.agent.linux.FileStatus;
import io.exonward.agent.sensor.BootId;
import io.exonward.agent.sensor.EventLog;
import io.exonward.agent.sensor.KernelEvent;
import io.exonward.agent.sensor.KernelTests;
import io.exonward.common.event.ActionKind;
import io.exonward.common.event.CodeLoadKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Code that enters running processes, on the real kernel. */
@Tag("kernel")
final class CodeLoadTest {
  private static final Path LOADER = Path.of("/lib64/ld-linux-x86-64.so.2");

  private final EventLog log = new EventLog();
  private final ActionSensor sensor =
      new ActionSensor(BootId.read(), Clock.systemUTC(), true, _ -> true);

  @TempDir Path folder;

  @BeforeEach
  void start() {
    KernelTests.requireStart(sensor, log);
  }

  @AfterEach
  void stop() {
    sensor.close();
  }

  private KernelEvent.Load await(Path file) {
    return log.await(KernelEvent.Load.class, load -> file.toString().equals(load.path()));
  }

  private Path plugin() {
    Path source = Path.of("src/test/c/plugin.c").toAbsolutePath();
    Path library = folder.resolve("plugin.so");
    assertEquals(0, KernelTests.run("gcc", "-shared", "-fPIC", "-o", library, source));
    return library;
  }

  @Test
  void dlopen_isALibraryWithItsIdentity() {
    Path library = plugin();
    FileStatus status = FileStatus.ofPath(library.toString());
    Path program = KernelTests.compile("act", folder);

    KernelTests.run(program, "dlopen", library);
    KernelEvent.Load load = await(library);

    assertEquals(CodeLoadKind.LIBRARY, load.kind());
    assertEquals(status.inode(), load.file().inode());
    assertEquals(status.ctimeNanos(), load.file().ctimeNanos());
    assertEquals(status.sizeBytes(), load.file().sizeBytes());
    assertTrue(load.descriptor() >= 3);
  }

  @Test
  void dlopen_again_isNotReportedAgain() {
    Path library = plugin();
    Path program = KernelTests.compile("act", folder);

    for (int i = 0; i < 20; i++) {
      KernelTests.run(program, "dlopen", library);
    }
    KernelTests.run(program, "memfd");
    log.await(KernelEvent.Action.class, a -> a.kind() == ActionKind.MEMFD_CREATED);

    // Another agent on this machine may open it too, to hash it.
    List<KernelEvent.Load> loads =
        log.all(
            KernelEvent.Load.class,
            load -> load.kind() == CodeLoadKind.LIBRARY && library.toString().equals(load.path()));
    assertEquals(1, loads.size(), loads::toString);
  }

  @Test
  void loader_startedByHand_loadsTheProgram() {
    assumeTrue(Files.isExecutable(LOADER), "the loader has another name here");
    Path marker = KernelTests.compile("marker", folder);

    assertEquals(KernelTests.MARKER_STATUS, KernelTests.run(LOADER, marker, "0"));

    assertEquals(CodeLoadKind.LIBRARY, await(marker).kind());
  }

  @Test
  void shell_operand_isOpened() throws IOException {
    Path script = Files.writeString(folder.resolve("script"), "exit 5\n");

    assertEquals(5, KernelTests.run("/bin/sh", script));

    assertEquals(CodeLoadKind.OPENED, await(script).kind());
  }

  @Test
  void python_operandAndModule_areOpened() throws IOException {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/python3")), "needs python3");
    Path script = Files.writeString(folder.resolve("main.py"), "import part\n");
    Path module = Files.writeString(folder.resolve("part.py"), "print('part')\n");

    assertEquals(0, KernelTests.run("/usr/bin/python3", script));

    assertEquals(CodeLoadKind.OPENED, await(script).kind());
    assertEquals(CodeLoadKind.OPENED, await(module).kind());
  }

  @Test
  void otherPrograms_openUnreported() throws IOException {
    Path text = Files.writeString(folder.resolve("text"), "text");
    Path script = Files.writeString(folder.resolve("last"), "exit 0\n");

    KernelTests.run("/bin/cat", text);
    KernelTests.run("/bin/sh", script);
    await(script);

    assertEquals(
        List.of(), log.all(KernelEvent.Load.class, load -> text.toString().equals(load.path())));
  }
}
