package io.exonward.server.cli.gene;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/**
 * Works on several items at the same time and hands the results on in the order of the items. Holds
 * a bounded number of items and bytes: whoever submits more waits for the oldest.
 *
 * <p>Used by one thread, on which results arrive as well.
 */
final class InOrder<T> implements AutoCloseable {
  private static final int ITEMS_PER_THREAD = 4;

  /** Besides its input, extraction takes at most 64 MB, and its result some. */
  private static final long BYTES_PER_THREAD = 160L << 20;

  private record Pending<T>(Future<T> result, long bytes) {}

  private final Deque<Pending<T>> pending = new ArrayDeque<>();
  private final Consumer<T> results;
  private final int threads;
  private final long maxBytes;
  private final ExecutorService workers;
  private long bytes;

  InOrder(Consumer<T> results) {
    this.results = results;
    Runtime runtime = Runtime.getRuntime();
    long affordable = Math.max(1, runtime.maxMemory() / BYTES_PER_THREAD);
    this.threads = (int) Math.min(runtime.availableProcessors(), affordable);
    this.maxBytes = runtime.maxMemory() / 4;
    this.workers =
        Executors.newFixedThreadPool(
            threads, Thread.ofPlatform().daemon().name("exonctl-gene-", 0).factory());
  }

  /**
   * Starts work on an item.
   *
   * @param size of what it holds in memory until its result was handed on, in bytes
   */
  void submit(long size, Callable<T> work) {
    while (!pending.isEmpty()
        && (pending.size() >= threads * ITEMS_PER_THREAD || bytes + size > maxBytes)) {
      handOn();
    }
    bytes += size;
    pending.add(new Pending<>(workers.submit(work), size));
  }

  /** Waits for all that was submitted. */
  void finish() {
    while (!pending.isEmpty()) {
      handOn();
    }
  }

  private void handOn() {
    Pending<T> oldest = pending.removeFirst();
    bytes -= oldest.bytes();
    results.accept(await(oldest.result()));
  }

  private static <T> T await(Future<T> result) {
    try {
      return result.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  /** Gives up what is not finished. */
  @Override
  public void close() {
    workers.shutdownNow();
  }
}
