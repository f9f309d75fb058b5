package io.exonward.agent.inspect;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Named platform threads that read files. A reader that hangs in the kernel can be neither
 * interrupted nor killed: it is given up and another takes its place, as often as the limit allows.
 * The queue is bounded; what finds it full is refused. Thread-safe.
 */
final class ReadWorkers implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ReadWorkers.class);

  private final InspectLimits limits;
  private final Supplier<ContentReader> readers;
  private final ReadQueue queue;
  private final AtomicLong abandonedEver = new AtomicLong();

  @GuardedBy("this")
  private final List<Worker> workers = new ArrayList<>();

  @GuardedBy("this")
  private int hanging;

  @GuardedBy("this")
  private int lastNumber;

  private volatile boolean isClosed;

  ReadWorkers(InspectLimits limits, Supplier<ContentReader> readers) {
    this.limits = limits;
    this.readers = readers;
    queue = new ReadQueue(limits.queued());
    for (int i = 0; i < limits.workers(); i++) {
      startWorker();
    }
  }

  private synchronized void startWorker() {
    lastNumber++;
    // All but one keep clear of large files, so that these never hold up the small.
    boolean isSmallOnly = workers.stream().anyMatch(worker -> !worker.isSmallOnly);
    Worker worker = new Worker("inspect-" + lastNumber, isSmallOnly);
    workers.add(worker);
    worker.thread.start();
  }

  /**
   * Takes a task; an urgent one goes before all others.
   *
   * @param sizeBytes of the file
   * @return false if the queue is full or no reader is left: nothing will be done
   */
  boolean submit(ReadTask task, long sizeBytes, boolean isUrgent) {
    synchronized (this) {
      if (isClosed || workers.isEmpty()) {
        return false;
      }
    }
    return queue.offer(task, sizeBytes, isUrgent);
  }

  /** Gives up readers that hang; to be called now and then. */
  void supervise() {
    List<ReadTask> given = new ArrayList<>();
    synchronized (this) {
      long now = System.nanoTime();
      for (Worker worker : List.copyOf(workers)) {
        ReadTask task = worker.overdueTask(now);
        if (task != null) {
          given.add(task);
          abandon(worker);
        }
      }
    }
    given.forEach(ReadTask::giveUp);
  }

  @GuardedBy("this")
  private void abandon(Worker worker) {
    worker.isAbandoned = true;
    workers.remove(worker);
    abandonedEver.incrementAndGet();
    hanging++;
    if (hanging <= limits.abandoned()) {
      startWorker();
    }
  }

  private synchronized void comeBack() {
    hanging--;
    if (!isClosed && workers.size() < limits.workers()) {
      startWorker();
    }
  }

  /** Readers that were given up, ever. */
  long abandoned() {
    return abandonedEver.get();
  }

  /** Readers that hang now. */
  synchronized int hanging() {
    return hanging;
  }

  /** Ends the threads that can be ended; what is queued is dropped. */
  @Override
  public void close() {
    List<Worker> ending;
    synchronized (this) {
      isClosed = true;
      ending = List.copyOf(workers);
    }
    ending.forEach(worker -> worker.thread.interrupt());
    queue.drain().forEach(ReadTask::drop);
  }

  private final class Worker {
    private final Thread thread;
    private final boolean isSmallOnly;
    private volatile @Nullable ReadTask task;
    private volatile long startedNanos;
    private volatile boolean isAbandoned;

    Worker(String name, boolean isSmallOnly) {
      this.isSmallOnly = isSmallOnly;
      thread = Thread.ofPlatform().name(name).daemon().unstarted(this::run);
    }

    private void run() {
      ContentReader reader = readers.get();
      while (!isClosed && !isAbandoned) {
        try {
          runOne(queue.take(isSmallOnly), reader);
        } catch (InterruptedException e) {
          return;
        }
      }
      if (isAbandoned) {
        comeBack();
      }
    }

    private void runOne(ReadTask next, ContentReader reader) {
      startedNanos = System.nanoTime();
      task = next;
      try {
        next.run(reader);
      } catch (RuntimeException | Error e) { // top of a thread: the next file is another
        LOG.atError().setCause(e).log("inspection failed");
        next.giveUp();
      } finally {
        task = null;
      }
    }

    /** What it has been reading for too long; null if nothing. */
    @Nullable ReadTask overdueTask(long nowNanos) {
      ReadTask current = task;
      boolean isOverdue = nowNanos - startedNanos > limits.readLimit().toNanos();
      return isOverdue ? current : null;
    }
  }
}
