package io.exonward.agent.linux;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Reads a BPF ring buffer from shared memory, without a call into native code for each record. For
 * one thread; closed before the object that holds the map.
 *
 * <p>The kernel writes at the producer position and we free up to the consumer position; both only
 * rise. Each mapped page counts as resident memory, so we map a window of the data, which moves on
 * as it is read, and copy the rare record that crosses its end. // linux kernel/bpf/ringbuf.c
 */
public final class BpfRing implements AutoCloseable {
  private static final int BUSY = 1 << 31; // linux include/uapi/linux/bpf.h
  private static final int DISCARDED = 1 << 30;
  private static final int HEADER_BYTES = 8;

  /** What some hundred executions fill: moving on takes the kernel a few microseconds. */
  private static final int WINDOW_BYTES = 128 * 1024; // at least one page on every architecture

  private static final VarHandle LONGS =
      MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());
  private static final VarHandle INTS =
      MethodHandles.byteBufferViewVarHandle(int[].class, ByteOrder.nativeOrder());

  private final int number;
  private final int dataStart;
  private final long mask;
  private final long windowMask;
  private final MappedMemory consumerMemory;
  private final MappedMemory producerMemory;
  private final MappedMemory windowMemory;
  private final ByteBuffer consumer;
  private final ByteBuffer producer;
  private final ByteBuffer window;
  private long windowStart;

  /** Maps the ring buffer {@code map} of a loaded object. */
  public BpfRing(BpfObject object, String map) {
    int page = Kernel.pageBytes();
    int sizeBytes = object.mapEntries(map);
    int windowBytes = Math.min(sizeBytes, WINDOW_BYTES);
    number = object.mapNumber(map);
    dataStart = 2 * page;
    mask = sizeBytes - 1L;
    windowMask = windowBytes - 1L;
    Deque<MappedMemory> mapped = new ArrayDeque<>();
    try {
      mapped.push(MappedMemory.readWrite(number, 0, page));
      mapped.push(MappedMemory.readOnly(number, page, page));
      mapped.push(MappedMemory.readOnly(number, dataStart, windowBytes));
    } catch (NativeException e) {
      mapped.forEach(MappedMemory::close);
      throw e;
    }
    windowMemory = mapped.pop();
    producerMemory = mapped.pop();
    consumerMemory = mapped.pop();
    consumer = consumerMemory.buffer();
    producer = producerMemory.buffer();
    window = windowMemory.buffer();
  }

  /** Takes records from the ring. */
  @FunctionalInterface
  public interface Reader {
    /**
     * Reads one record; {@code memory}, of native byte order, is valid for the time of the call.
     *
     * @param offset of the record in {@code memory}
     */
    void accept(ByteBuffer memory, int offset, int length);
  }

  /** Descriptor to wait for. */
  public int number() {
    return number;
  }

  /** Hands on all complete records; returns their number. */
  public int drain(Reader reader) {
    return drain(reader, Integer.MAX_VALUE);
  }

  /** Hands on complete records, at most {@code limit}; returns their number. */
  public int drain(Reader reader, int limit) {
    int count = 0;
    long position = (long) LONGS.getAcquire(consumer, 0);
    while (count < limit && position < (long) LONGS.getAcquire(producer, 0)) {
      int offset = offsetInWindow(position);
      int header = (int) INTS.getAcquire(window, offset);
      if ((header & BUSY) != 0) {
        break;
      }
      int length = header & ~DISCARDED;
      if ((header & DISCARDED) == 0) {
        hand(reader, position + HEADER_BYTES, length);
        count++;
      }
      position += (length + HEADER_BYTES + 7) & -8;
      LONGS.setRelease(consumer, 0, position);
    }
    return count;
  }

  /** Has the window show what is at {@code position}. */
  private int offsetInWindow(long position) {
    long start = position & mask & ~windowMask;
    if (start != windowStart) {
      windowMemory.moveReadOnly(number, dataStart + start);
      windowStart = start;
    }
    return (int) (position & windowMask);
  }

  /** A header never crosses the end, being 8 aligned bytes, but what follows it may. */
  private void hand(Reader reader, long position, int length) {
    int offset = offsetInWindow(position);
    if (length <= window.capacity() - offset) {
      reader.accept(window, offset, length);
      return;
    }
    ByteBuffer whole = ByteBuffer.allocate(length).order(ByteOrder.nativeOrder());
    while (whole.hasRemaining()) {
      int from = offsetInWindow(position + whole.position());
      int bytes = Math.min(whole.remaining(), window.capacity() - from);
      whole.put(whole.position(), window, from, bytes).position(whole.position() + bytes);
    }
    reader.accept(whole, 0, length);
  }

  @Override
  public void close() {
    windowMemory.close();
    producerMemory.close();
    consumerMemory.close();
  }
}
