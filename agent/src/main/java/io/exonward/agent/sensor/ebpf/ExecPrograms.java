package io.exonward.agent.sensor.ebpf;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.exonward.agent.linux.BpfArray;
import io.exonward.agent.linux.BpfObject;
import io.exonward.agent.linux.BpfRing;
import io.exonward.agent.linux.NativeException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Objects;

/**
 * The programs of exec.bpf.c in the kernel, and what they share with us. The rings are for the
 * sensor's thread, which closes this; the rest is thread-safe, and does nothing once it is closed.
 */
final class ExecPrograms implements AutoCloseable {
  private static final String OBJECT = "exec.bpf.o";
  private static final String ITERATOR = "on_task";

  // exec.bpf.c, struct counts, enum control
  private static final int COUNTS = 8;
  private static final int LOST = 3;
  private static final int TASKS = 6;
  private static final int CONTROLS = 2;
  private static final int CONTROL_BARE = 0;
  private static final int CONTROL_MARKED = 1;

  private final BpfObject object;
  private final BpfRing ring;
  private final BpfRing bell;
  private final int processors;
  private final boolean hasIterator;

  @GuardedBy("this")
  private final BpfArray counts;

  @GuardedBy("this")
  private final BpfArray controls;

  @GuardedBy("this")
  private boolean isClosed;

  private ExecPrograms(BpfObject object, int processors, boolean hasIterator) {
    this.object = object;
    this.processors = processors;
    this.hasIterator = hasIterator;
    ring = new BpfRing(object, "records");
    bell = new BpfRing(object, "bell");
    counts = new BpfArray(object, "counts", processors * COUNTS);
    controls = new BpfArray(object, "controls", CONTROLS);
  }

  /**
   * Loads and attaches them; without the iterator where that alone is refused.
   *
   * @throws NativeException with what the kernel says
   */
  static ExecPrograms load(int ringBytes) {
    try {
      return load(ringBytes, true);
    } catch (NativeException whole) {
      try {
        return load(ringBytes, false);
      } catch (NativeException alone) {
        whole.addSuppressed(alone);
        throw whole;
      }
    }
  }

  private static ExecPrograms load(int ringBytes, boolean withIterator) {
    BpfObject object = BpfObject.open(readObject());
    try {
      int processors = BpfObject.possibleProcessors();
      object.resize("records", ringBytes);
      object.resize("counts", processors);
      if (!withIterator) {
        object.leaveOut(ITERATOR);
      }
      object.loadAndAttach();
      return new ExecPrograms(object, processors, withIterator);
    } catch (NativeException | LinkageError e) {
      object.close();
      throw e;
    }
  }

  private static byte[] readObject() {
    try (InputStream stream =
        Objects.requireNonNull(ExecPrograms.class.getResourceAsStream(OBJECT), OBJECT)) {
      return stream.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + OBJECT, e);
    }
  }

  BpfRing ring() {
    return ring;
  }

  BpfRing bell() {
    return bell;
  }

  /** What was counted; zeros once it is closed. */
  synchronized KernelCounts counts() {
    long[] sums = new long[COUNTS];
    for (int i = 0; !isClosed && i < processors * COUNTS; i++) {
      sums[i % COUNTS] += counts.read(i);
    }
    long missed = isClosed ? 0 : object.missed();
    return new KernelCounts(
        sums[0], sums[1], sums[2], sums[LOST], sums[LOST + 1], sums[LOST + 2], sums[TASKS], missed);
  }

  /** Records that found no room. */
  synchronized long lost() {
    long lost = 0;
    for (int processor = 0; !isClosed && processor < processors; processor++) {
      for (int kind = 0; kind < LOST; kind++) {
        lost += counts.read(processor * COUNTS + LOST + kind);
      }
    }
    return lost;
  }

  /** Leaves out arguments and working directories. */
  synchronized void leaveBare(boolean isBare) {
    if (!isClosed) {
      controls.write(CONTROL_BARE, isBare ? 1 : 0);
    }
  }

  /** Rings for executions from superblocks other than the marked ones, which are at least one. */
  synchronized void mark(int device) {
    if (!isClosed) {
      object.put("marked", device);
      controls.write(CONTROL_MARKED, 1);
    }
  }

  /** Undoes {@link #mark}; the last one cannot be told from none, so then all are told at once. */
  synchronized void forget(int device) {
    if (!isClosed) {
      object.remove("marked", device);
    }
  }

  /**
   * The records of all who run, one after the other; none once it is closed, or where the kernel
   * refuses the iterator.
   */
  synchronized ByteBuffer running() {
    return isClosed || !hasIterator ? ByteBuffer.allocate(0) : object.iterate(ITERATOR);
  }

  @Override
  public synchronized void close() {
    if (!isClosed) {
      isClosed = true;
      controls.close();
      counts.close();
      bell.close();
      ring.close();
      object.close();
    }
  }
}
