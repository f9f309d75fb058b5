package io.exonward.agent.inspect;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.exonward.common.hash.HashAbsence;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Named platform threads that read files. A reader that hangs in the kernel can be neither
 * interrupted nor killed: it is given up, another takes its place, and its filesystem is not read
 * until it comes back. The queue is bounded; what finds it full is refused. Thread-safe.
 */
final class ReadWorkers implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ReadWorkers.class);

  private final InspectLimits limits;
  private final Supplier<ContentReader> readers;
  private final ReadQueue queue;
  private final Quarantine quarantine;
  private final AtomicLong abandonedEver = new AtomicLong();

  @GuardedBy("this")
  private final List<Worker> workers = new ArrayList<>();

  @GuardedBy("this")
  private int lastNumber;

  private volatile boolean isClosed;

  ReadWorkers(InspectLimits limits, Supplier<ContentReader> readers) {
    this.limits = limits;
    this.readers = readers;
    queue = new ReadQueue(limits.queued());
    quarantine = new Quarantine(limits.abandoned());
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
   * @return false if the queue is full or the filesystem hangs who reads it: nothing will be done
   */
  boolean submit(ReadTask task, long sizeBytes, boolean isUrgent) {
    return !isClosed && quarantine.isOpen(task.device()) && queue.offer(task, sizeBytes, isUrgent);
  }

  /** Gives up readers that hang; to be called now and then while {@link #isBusy}. */
  void supervise() {
    List<ReadTask> given = new ArrayList<>();
    synchronized (this) {
      long now = System.nanoTime();
      for (Worker worker : List.copyOf(workers)) {
        ReadTask task = worker.abandonIfOverdue(now);
        if (task != null) {
          given.add(task);
          quarantine.hang(task.device());
          workers.remove(worker);
          abandonedEver.incrementAndGet();
          startWorker();
        }
      }
    }
    given.forEach(ReadTask::giveUp);
  }

  /** Whether its files are not read, because its or others' hang readers. */
  boolean isQuarantined(long device) {
    return !quarantine.isOpen(device);
  }

  /** Readers that were given up, ever. */
  long abandoned() {
    return abandonedEver.get();
  }

  /** Readers that hang now. */
  int hanging() {
    return quarantine.readers();
  }

  /** Whether somebody reads now, or something waits to be read. */
  synchronized boolean isBusy() {
    return !queue.isEmpty() || workers.stream().anyMatch(Worker::isReading);
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
    queue.drain().forEach(task -> task.drop(HashAbsence.OVER_BUDGET));
  }

  private final class Worker {
    private final Thread thread;
    private final boolean isSmallOnly;

    @GuardedBy("this")
    private @Nullable ReadTask task;

    @GuardedBy("this")
    private long startedNanos;

    @GuardedBy("this")
    private boolean isAbandoned;

    Worker(String name, boolean isSmallOnly) {
      this.isSmallOnly = isSmallOnly;
      thread = Thread.ofPlatform().name(name).daemon().unstarted(this::run);
    }

    private void run() {
      try (ContentReader reader = readers.get()) {
        boolean goesOn = true;
        while (!isClosed && goesOn) {
          goesOn = runOne(queue.take(isSmallOnly), reader);
        }
      } catch (InterruptedException e) {
        // Told to end.
      }
    }

    /** Whether another shall follow. */
    private boolean runOne(ReadTask next, ContentReader reader) {
      if (!quarantine.isOpen(next.device())) {
        next.drop(HashAbsence.READ_FAILED);
        return true;
      }
      begin(next);
      try {
        next.run(reader);
        quarantine.prove(next.device());
      } catch (RuntimeException | Error e) { // top of a thread: the next file is another
        LOG.atError().setCause(e).log("inspection failed");
        next.giveUp();
      }
      if (end()) {
        quarantine.comeBack(next.device());
        return false;
      }
      return true;
    }

    private synchronized void begin(ReadTask next) {
      startedNanos = System.nanoTime();
      task = next;
    }

    /** Whether somebody else has taken our place meanwhile. */
    private synchronized boolean end() {
      task = null;
      return isAbandoned;
    }

    synchronized boolean isReading() {
      return task != null;
    }

    /** What it has been reading for too long, and is now given up for; null if nothing. */
    synchronized @Nullable ReadTask abandonIfOverdue(long nowNanos) {
      if (task == null || nowNanos - startedNanos <= limits.readLimit().toNanos()) {
        return null;
      }
      isAbandoned = true;
      return task;
    }
  }
}
