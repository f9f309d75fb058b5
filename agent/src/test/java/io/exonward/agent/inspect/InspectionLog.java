package io.exonward.agent.inspect;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.exonward.agent.sensor.EventLog;
import io.exonward.agent.sensor.KernelEvent;
import io.exonward.agent.sensor.KernelEventSink;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Has every execution inspected and keeps the results. Thread-safe. */
final class InspectionLog implements KernelEventSink {
  private static final Duration DEADLINE = Duration.ofSeconds(15);

  private final CodeInspector inspector;
  private final EventLog events = new EventLog();

  @GuardedBy("this")
  private final List<Inspected> results = new ArrayList<>();

  InspectionLog(CodeInspector inspector) {
    this.inspector = inspector;
  }

  record Inspected(KernelEvent.Exec exec, Inspection inspection) {}

  @Override
  public void accept(KernelEvent event) {
    events.accept(event);
    if (event instanceof KernelEvent.Exec exec) {
      inspector.inspect(exec, inspection -> add(new Inspected(exec, inspection)));
    }
  }

  EventLog events() {
    return events;
  }

  private synchronized void add(Inspected result) {
    results.add(result);
    notifyAll();
  }

  synchronized List<Inspected> all(Predicate<Inspected> condition) {
    return results.stream().filter(condition).toList();
  }

  /** The results of programs at {@code path}, once there are {@code count}. */
  synchronized List<Inspected> await(Object path, int count) {
    Predicate<Inspected> isOfPath = result -> path.toString().equals(result.exec.path());
    long end = System.nanoTime() + DEADLINE.toNanos();
    List<Inspected> found = all(isOfPath);
    while (found.size() < count) {
      long left = (end - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        throw new AssertionError(path + " was inspected " + found.size() + " times: " + found);
      }
      try {
        wait(left);
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
      found = all(isOfPath);
    }
    return found;
  }

  Inspection await(Object path) {
    return await(path, 1).getFirst().inspection();
  }
}
