package io.exonward.agent.enrich;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.exonward.agent.TestClock;
import io.exonward.agent.process.Image;
import io.exonward.agent.process.ProcessTable;
import io.exonward.agent.sensor.KernelEvent;
import io.exonward.common.event.ActionKind;
import io.exonward.common.event.Event;
import io.exonward.common.event.ObservedEvent;
import io.exonward.common.process.ProcessId;
import io.exonward.common.process.ProcessSummary;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ActionsTest {
  private static final int LIVING_TARGET = 77;

  private final TestClock clock = new TestClock();
  private final ProcessTable table = ProcessTable.ofDefaultSize();
  private final List<ObservedEvent> sent = new ArrayList<>();
  private final Actors actors =
      new Actors(
          table,
          new Containers(Path.of("/nowhere")),
          pid -> pid == LIVING_TARGET ? Optional.of(process(pid)) : Optional.empty());
  private final Actions stage = new Actions(actors, sent::add, clock);

  private static ProcessId process(int pid) {
    return new ProcessId(new UUID(1, 2), pid, 1);
  }

  private void act(int pid, ActionKind kind, int target, @Nullable String detail, long count) {
    stage.accept(
        new KernelEvent.Action(
            kind, process(pid), target, 16, 32, 5, detail, -1, 0, count, clock.instant()));
  }

  private void pass(Duration time) {
    for (Duration left = time; left.isPositive(); left = left.minusMillis(100)) {
      clock.advance(Duration.ofMillis(100));
      stage.sendDue();
    }
  }

  private Event.Action only() {
    assertEquals(1, sent.size());
    return assertInstanceOf(Event.Action.class, sent.getFirst().event());
  }

  @Test
  void accept_sameWithinASecond_isOneEventWithItsCount() {
    act(1, ActionKind.CONNECTED, 0, "a 1", 1);
    pass(Duration.ofMillis(500));
    act(1, ActionKind.CONNECTED, 0, "a 1", 4);
    pass(Duration.ofSeconds(1));

    Event.Action action = only();
    assertEquals(5, action.count());
    assertEquals(Duration.ofMillis(500), Duration.between(action.firstAt(), action.lastAt()));
  }

  @Test
  void accept_otherDetail_isAnotherEvent() {
    act(1, ActionKind.CONNECTED, 0, "a 1", 1);
    act(1, ActionKind.CONNECTED, 0, "a 2", 1);
    pass(Duration.ofSeconds(2));

    assertEquals(2, sent.size());
  }

  @Test
  void accept_executionKnownALittleLater_namesTheActor() {
    act(1, ActionKind.MEMFD_CREATED, 0, "x", 1);
    table.executed(process(1), process(2), new Image("/bin/a", null), List.of("a"), null);
    pass(Duration.ofSeconds(2));

    assertEquals("/bin/a", only().actor().executable());
    assertEquals(List.of(process(2)), only().ancestry().stream().map(a -> a.process()).toList());
  }

  @Test
  void accept_target_isNamedOrSaidToBeGone() {
    act(1, ActionKind.PTRACE_ATTACHED, LIVING_TARGET, null, 1);
    pass(Duration.ofSeconds(2));
    ProcessSummary target = only().target();
    sent.clear();
    act(1, ActionKind.PTRACE_ATTACHED, 78, null, 1);
    pass(Duration.ofSeconds(2));

    assertNotNull(target);
    assertEquals(process(LIVING_TARGET), target.process());
    assertNull(only().target());
    assertEquals("process 78, which has ended", only().detail());
  }

  @Property
  void counts_areNeverLost(
      @ForAll @Size(max = 600) List<@IntRange(min = 1, max = 400) Integer> pids) {
    sent.clear();
    long offered = 0;
    for (int pid : pids) {
      act(pid, pid % 2 == 0 ? ActionKind.CONNECTED : ActionKind.MEMFD_CREATED, 0, null, pid);
      offered += pid;
    }
    stage.flush();

    long counted = sent.stream().mapToLong(e -> ((Event.Action) e.event()).count()).sum();
    assertEquals(offered, counted);
    assertTrue(sent.size() <= 2 * 101, "sent " + sent.size());
    assertEquals(0, stage.held());
  }
}
