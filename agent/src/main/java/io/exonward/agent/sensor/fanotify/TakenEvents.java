package io.exonward.agent.sensor.fanotify;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.exonward.agent.linux.Descriptor;
import io.exonward.agent.linux.Fanotify;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Events, answered already, that wait to be handed on, each with an open descriptor. At most 512:
 * what comes when it is full is closed and shows as a loss. Thread-safe.
 */
final class TakenEvents implements Fanotify.Reader, AutoCloseable {
  private static final int LIMIT = 512;

  @GuardedBy("this")
  private final Deque<Event> events = new ArrayDeque<>();

  @GuardedBy("this")
  private boolean hasLost;

  private volatile boolean isEmpty = true;

  private record Event(long mask, Descriptor file, int pid) {}

  @Override
  public void accept(long mask, Descriptor file, int pid) {
    boolean isFull;
    synchronized (this) {
      isFull = events.size() >= LIMIT;
      hasLost |= isFull;
      if (!isFull) {
        events.add(new Event(mask, file, pid));
      }
      isEmpty = false;
    }
    if (isFull) {
      file.close();
    }
  }

  @Override
  public synchronized void overflowed() {
    hasLost = true;
    isEmpty = false;
  }

  /** Hands on what waits, and that something was lost. */
  void hand(Fanotify.Reader reader) {
    if (isEmpty) {
      return;
    }
    boolean isIncomplete;
    List<Event> all;
    synchronized (this) {
      all = new ArrayList<>(events);
      events.clear();
      isIncomplete = hasLost;
      hasLost = false;
      isEmpty = true;
    }
    if (isIncomplete) {
      reader.overflowed();
    }
    all.forEach(event -> reader.accept(event.mask, event.file, event.pid));
  }

  @Override
  public void close() {
    hand(new ClosingReader());
  }
}
