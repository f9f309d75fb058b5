package io.exonward.agent.enrich;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.exonward.agent.TestClock;
import io.exonward.common.event.Code;
import io.exonward.common.event.Event;
import io.exonward.common.event.ObservedEvent;
import io.exonward.common.file.CodeOrigin;
import io.exonward.common.hash.ContentHash;
import io.exonward.common.hash.HashAbsence;
import io.exonward.common.process.ProcessId;
import io.exonward.common.process.User;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class RepetitionsTest {
  private final TestClock clock = new TestClock();
  private final List<ObservedEvent> sent = new ArrayList<>();
  private final Repetitions stage = new Repetitions(sent::add, _ -> List.of(), clock, 3);

  private void run(String path, int pid, boolean isBackfill) {
    Event execution =
        new Event.Execution(
            isBackfill,
            new ProcessId(new UUID(1, 2), pid, 1),
            new User(0, 0, "root"),
            path,
            List.of(path),
            false,
            null,
            new Code(
                CodeOrigin.FILE, new ContentHash.Missing(HashAbsence.PROCESS_GONE), null, null),
            List.of(),
            null,
            null);
    stage.accept(new ObservedEvent(clock.instant(), clock.instant(), execution));
  }

  @Test
  void accept_sameAgain_isCountedAndSentAfterASecond() {
    run("/bin/ls", 1, false);
    clock.advance(Duration.ofMillis(10));
    run("/bin/ls", 2, false);
    run("/bin/ls", 3, false);
    stage.sendDue();
    assertEquals(1, sent.size());

    clock.advance(Duration.ofSeconds(1));
    stage.sendDue();

    var repetition = assertInstanceOf(Event.Repetition.class, sent.get(1).event());
    assertEquals(2, repetition.count());
    assertEquals(3, repetition.lastProcess().pid());
    assertEquals(2, sent.size());
  }

  @Test
  void accept_different_isSentInFull() {
    run("/bin/ls", 1, false);
    run("/bin/cat", 2, false);

    assertEquals(2, sent.size());
  }

  @Test
  void accept_backfill_isAlwaysSentInFull() {
    run("/bin/ls", 1, true);
    run("/bin/ls", 2, true);
    run("/bin/ls", 3, false);

    assertEquals(3, sent.size());
    sent.forEach(e -> assertInstanceOf(Event.Execution.class, e.event()));
  }

  @Test
  void forget_sendsInFullAgain() {
    run("/bin/ls", 1, false);
    stage.forget();

    run("/bin/ls", 2, false);

    assertEquals(2, sent.size());
  }

  /**
   * However executions mix and whatever is forgotten in between, none is missing or counted twice.
   */
  @Property(tries = 300)
  void flush_anySequence_countsEveryExecutionOnce(
      @ForAll @Size(max = 60) List<@IntRange(max = 8) Integer> programs) {
    RepetitionsTest run = new RepetitionsTest();
    for (int program : programs) {
      run.run("/bin/" + program, 1, false);
      run.clock.advance(Duration.ofMillis(program * 100L));
      run.stage.sendDue();
    }
    run.stage.flush();

    long total =
        run.sent.stream()
            .mapToLong(e -> e.event() instanceof Event.Repetition r ? r.count() : 1)
            .sum();
    assertEquals(programs.size(), total);
  }
}
