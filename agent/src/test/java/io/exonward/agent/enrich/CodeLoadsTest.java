package io.exonward.agent.enrich;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.exonward.agent.TestClock;
import io.exonward.agent.inspect.CodeInspector;
import io.exonward.agent.inspect.Inspection;
import io.exonward.agent.process.Image;
import io.exonward.agent.process.ProcessTable;
import io.exonward.agent.sensor.KernelEvent;
import io.exonward.common.event.CodeLoadKind;
import io.exonward.common.event.Event;
import io.exonward.common.event.Event.CodeLoad;
import io.exonward.common.event.LossCause;
import io.exonward.common.event.ObservedEvent;
import io.exonward.common.file.CodeOrigin;
import io.exonward.common.file.FileIdentity;
import io.exonward.common.hash.ContentHash;
import io.exonward.common.hash.HashAbsence;
import io.exonward.common.hash.Sha256;
import io.exonward.common.process.ProcessId;
import io.exonward.common.process.User;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CodeLoadsTest {
  private final TestClock clock = new TestClock();
  private final ProcessTable table = ProcessTable.ofDefaultSize();
  private final List<ObservedEvent> sent = new ArrayList<>();
  private final FixedInspector inspector = new FixedInspector();
  private final CodeLoads stage =
      new CodeLoads(
          new Actors(table, new Containers(Path.of("/nowhere")), _ -> Optional.empty()),
          new DpkgDatabase(Path.of("/nowhere"), clock),
          inspector,
          new CodeLoads.Parts(Runnable::run, sent::add, clock));

  /** Answers at once with what it was told. */
  private static final class FixedInspector implements CodeInspector {
    private ContentHash answer = new ContentHash.Known(Sha256.digest(new byte[] {1}));

    @Override
    public void executedAgain(KernelEvent.Exec exec) {
      throw new AssertionError("loads are no executions");
    }

    @Override
    public long version() {
      return 0;
    }

    @Override
    public void inspect(KernelEvent.Exec exec, Consumer<Inspection> consumer) {
      throw new AssertionError("no execution is inspected here");
    }

    @Override
    public void inspect(KernelEvent.Load load, Consumer<Inspection> consumer) {
      consumer.accept(new Inspection(answer, null, load.path(), load.file()));
    }
  }

  private void runs(int pid, String executable, String commandLine) {
    User user = new User(0, 0, "root");
    ProcessId process = new ProcessId(new UUID(1, 2), pid, 1);
    table.executed(process, null, new Image(executable, null), List.of(commandLine), user);
  }

  private void load(CodeLoadKind kind, int pid, String path, long inode) {
    stage.accept(
        new KernelEvent.Load(
            kind,
            new ProcessId(new UUID(1, 2), pid, 1),
            CodeOrigin.FILE,
            new FileIdentity(8, 1, inode, 0, 10, 20, 1, 0xef53, 0100644, 0),
            path,
            3,
            0,
            0,
            clock.instant()));
    clock.advance(Duration.ofMillis(250));
    stage.sendDue();
  }

  private List<CodeLoad> loads() {
    return sent.stream().map(e -> assertInstanceOf(CodeLoad.class, e.event())).toList();
  }

  @Test
  void accept_sameAgain_isSentOnce() {
    runs(1, "/bin/a", "a");
    runs(2, "/bin/a", "a x");
    load(CodeLoadKind.LIBRARY, 1, "/lib/x.so", 5);
    load(CodeLoadKind.LIBRARY, 2, "/lib/x.so", 5);

    assertEquals(List.of("/lib/x.so"), loads().stream().map(CodeLoad::path).toList());
  }

  @Test
  void accept_otherLoaderOrFile_isSent() {
    runs(1, "/bin/a", "a");
    runs(2, "/bin/b", "b");
    load(CodeLoadKind.LIBRARY, 1, "/lib/x.so", 5);
    load(CodeLoadKind.LIBRARY, 2, "/lib/x.so", 5);
    load(CodeLoadKind.LIBRARY, 1, "/lib/x.so", 6);

    assertEquals(3, loads().size());
  }

  @Test
  void accept_withoutHash_isSentOnceMoreWhenThereIsOne() {
    ContentHash known = inspector.answer;
    ContentHash missing = new ContentHash.Missing(HashAbsence.OVER_BUDGET);
    runs(1, "/bin/a", "a");
    inspector.answer = missing;
    load(CodeLoadKind.LIBRARY, 1, "/lib/x.so", 5);
    load(CodeLoadKind.LIBRARY, 1, "/lib/x.so", 5);
    inspector.answer = known;
    load(CodeLoadKind.LIBRARY, 1, "/lib/x.so", 5);
    load(CodeLoadKind.LIBRARY, 1, "/lib/x.so", 5);

    assertEquals(List.of(missing, known), loads().stream().map(l -> l.code().hash()).toList());
  }

  @ParameterizedTest
  @CsvSource({
    "OPENED, /usr/bin/python3.11, python3 -u ./main.py, /srv/main.py, SCRIPT",
    "OPENED, /usr/bin/python3.11, python3 main.py, /srv/part.py, OPENED",
    "OPENED, /usr/bin/dash, /bin/sh /bin/which ls, /usr/bin/which, SCRIPT",
    "OPENED, /usr/bin/dash, sh, /srv/main, OPENED",
    "LIBRARY, /usr/lib/x86_64-linux-gnu/ld-linux-x86-64.so.2, ld.so --preload /a.so /srv/tool, /srv/tool, PROGRAM",
    "LIBRARY, /usr/lib/x86_64-linux-gnu/ld-linux-x86-64.so.2, ld.so /srv/link, /srv/tool, PROGRAM",
    "LIBRARY, /usr/lib/x86_64-linux-gnu/ld-linux-x86-64.so.2, ld.so /srv/tool, /lib/libc.so.6, LIBRARY",
    "LIBRARY, /usr/lib/x86_64-linux-gnu/ld-linux-x86-64.so.2, ld.so /srv/t.so, /srv/t.so, PROGRAM",
    "LIBRARY, /usr/bin/tool, tool /srv/plugin, /srv/plugin, LIBRARY"
  })
  void accept_kind_followsTheCommandLine(
      CodeLoadKind seen, String executable, String commandLine, String path, CodeLoadKind sent) {
    runs(1, executable, commandLine);

    load(seen, 1, path, 5);

    assertEquals(List.of(sent), loads().stream().map(CodeLoad::kind).toList());
  }

  @Test
  void accept_tooManyOpenedFiles_areALoss() {
    runs(1, "/bin/sh", "sh");
    for (int i = 0; i < 600; i++) {
      stage.accept(
          new KernelEvent.Load(
              CodeLoadKind.OPENED,
              new ProcessId(new UUID(1, 2), 1, 1),
              CodeOrigin.FILE,
              new FileIdentity(8, 1, i, 0, 10, 20, 1, 0xef53, 0100644, 0),
              "/f" + i,
              3,
              0,
              0,
              clock.instant()));
    }
    clock.advance(Duration.ofSeconds(1));
    stage.sendDue();

    List<Event.Loss> losses =
        sent.stream()
            .filter(e -> e.event() instanceof Event.Loss)
            .map(e -> (Event.Loss) e.event())
            .toList();
    assertEquals(1, losses.size());
    assertEquals(100, losses.getFirst().count());
    assertEquals(LossCause.SHED, losses.getFirst().cause());
    assertEquals(501, sent.size());
  }
}
