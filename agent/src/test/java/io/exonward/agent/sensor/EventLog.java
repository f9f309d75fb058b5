package io.exonward.agent.sensor;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** A sink that keeps what it is given and lets a test wait for it. Thread-safe. */
public final class EventLog implements KernelEventSink {
  private static final Duration DEADLINE = Duration.ofSeconds(10);

  @GuardedBy("this")
  private final List<KernelEvent> events = new ArrayList<>();

  @Override
  public synchronized void accept(KernelEvent event) {
    events.add(event);
    notifyAll();
  }

  /** All so far. */
  public synchronized List<KernelEvent> events() {
    return List.copyOf(events);
  }

  /** All of one kind so far. */
  public <T extends KernelEvent> List<T> all(Class<T> kind, Predicate<T> condition) {
    return events().stream().filter(kind::isInstance).map(kind::cast).filter(condition).toList();
  }

  /** The first such event, once it is there. */
  public synchronized <T extends KernelEvent> T await(Class<T> kind, Predicate<T> condition) {
    long end = System.nanoTime() + DEADLINE.toNanos();
    List<T> found = all(kind, condition);
    while (found.isEmpty()) {
      long left = (end - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        throw new AssertionError("no such " + kind.getSimpleName() + " in " + tail());
      }
      try {
        wait(left);
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
      found = all(kind, condition);
    }
    return found.getFirst();
  }

  /** The execution of the program at {@code path}. */
  public KernelEvent.Exec awaitExec(Object path) {
    return await(KernelEvent.Exec.class, exec -> path.toString().equals(exec.path()));
  }

  private synchronized String tail() {
    return events.subList(Math.max(0, events.size() - 20), events.size()).toString();
  }
}
