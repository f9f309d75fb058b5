package io.exonward.agent.linux;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Reads a BPF ring buffer from shared memory, without a call into native code for each record. For
 * one thread; closed before the object that holds the map.
 *
 * <p>The kernel writes at the producer position and we free up to the consumer position; both only
 * rise. The kernel offers the data pages twice in a row, so that a record that wraps is contiguous;
 * we map them once, because each mapping counts as resident memory, and copy the rare record that
 * wraps. // linux kernel/bpf/ringbuf.c
 */
public final class BpfRing implements AutoCloseable {
  private static final int BUSY = 1 << 31; // linux include/uapi/linux/bpf.h
  private static final int DISCARDED = 1 << 30;
  private static final int HEADER_BYTES = 8;
  private static final VarHandle LONGS =
      MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());
  private static final VarHandle INTS =
      MethodHandles.byteBufferViewVarHandle(int[].class, ByteOrder.nativeOrder());

  private final int number;
  private final int dataStart;
  private final long mask;
  private final MappedMemory consumerMemory;
  private final MappedMemory producerMemory;
  private final ByteBuffer consumer;
  private final ByteBuffer producer;

  /** Maps the ring buffer {@code map} of a loaded object. */
  public BpfRing(BpfObject object, String map) {
    number = object.mapNumber(map);
    int sizeBytes = object.mapEntries(map);
    dataStart = Kernel.pageBytes();
    mask = sizeBytes - 1L;
    consumerMemory = MappedMemory.readWrite(number, 0, dataStart);
    producerMemory = mapProducer(dataStart + sizeBytes);
    consumer = consumerMemory.buffer();
    producer = producerMemory.buffer();
  }

  private MappedMemory mapProducer(int bytes) {
    try {
      return MappedMemory.readOnly(number, dataStart, bytes);
    } catch (NativeException e) {
      consumerMemory.close();
      throw e;
    }
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
      int offset = dataStart + (int) (position & mask);
      int header = (int) INTS.getAcquire(producer, offset);
      if ((header & BUSY) != 0) {
        break;
      }
      int length = header & ~DISCARDED;
      if ((header & DISCARDED) == 0) {
        hand(reader, offset + HEADER_BYTES, length);
        count++;
      }
      position += (length + HEADER_BYTES + 7) & -8;
      LONGS.setRelease(consumer, 0, position);
    }
    return count;
  }

  /** A header never wraps, being 8 aligned bytes, but what follows it may. */
  private void hand(Reader reader, int offset, int length) {
    int untilEnd = producer.capacity() - offset;
    if (length <= untilEnd) {
      reader.accept(producer, offset, length);
      return;
    }
    ByteBuffer whole = ByteBuffer.allocate(length).order(ByteOrder.nativeOrder());
    whole.put(0, producer, offset, untilEnd);
    whole.put(untilEnd, producer, dataStart, length - untilEnd);
    reader.accept(whole, 0, length);
  }

  @Override
  public void close() {
    producerMemory.close();
    consumerMemory.close();
  }
}
