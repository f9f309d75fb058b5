package io.exonward.server.inventory;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Tells listeners inside this process what changed, always after the change was committed.
 * Thread-safe.
 */
public final class Changes<T> {
  private final List<Consumer<T>> listeners = new CopyOnWriteArrayList<>();

  /** Calls every listener on this thread; callers do so only after the commit. */
  public void publish(T change) {
    listeners.forEach(listener -> listener.accept(change));
  }

  /** Has {@code listener} called for each change, by the thread that made it; it must not block. */
  public void listen(Consumer<T> listener) {
    listeners.add(listener);
  }

  /**
   * Collects changes for one reader until it is closed.
   *
   * @param capacity changes kept for a slow reader; when full, the oldest is dropped and counted
   */
  public Subscription<T> subscribe(int capacity) {
    Subscription<T> subscription = new Subscription<>(this, capacity);
    listeners.add(subscription);
    return subscription;
  }

  /** What one reader has not taken yet. Thread-safe. */
  public static final class Subscription<T> implements Consumer<T>, AutoCloseable {
    private final Changes<T> source;
    private final BlockingDeque<T> waiting;
    private final AtomicLong dropped = new AtomicLong();

    private Subscription(Changes<T> source, int capacity) {
      this.source = source;
      this.waiting = new LinkedBlockingDeque<>(capacity);
    }

    @Override
    public void accept(T change) {
      while (!waiting.offerLast(change)) {
        if (waiting.pollFirst() != null) {
          dropped.incrementAndGet();
        }
      }
    }

    /** The next change; null if there was none for that long. */
    public @Nullable T poll(Duration longest) throws InterruptedException {
      return waiting.pollFirst(longest.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** How many changes this reader was too slow for. */
    public long dropped() {
      return dropped.get();
    }

    @Override
    public void close() {
      source.listeners.remove(this);
    }
  }
}
