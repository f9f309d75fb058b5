package io.exonward.agent.linux;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A mappable BPF array of 64-bit numbers, or of structures of nothing else, in shared memory: its
 * values one after the other. For one thread; closed before the object that holds the map.
 */
public final class BpfArray implements AutoCloseable {
  private static final VarHandle LONGS =
      MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());

  private final MappedMemory memory;
  private final ByteBuffer values;

  /** Maps the array {@code map} of a loaded object, which has {@code count} numbers in all. */
  public BpfArray(BpfObject object, String map, int count) {
    int page = Kernel.pageBytes();
    int bytes = (count * Long.BYTES + page - 1) / page * page;
    memory = MappedMemory.readWrite(object.mapNumber(map), 0, bytes);
    values = memory.buffer();
  }

  /** The number at {@code index} now. */
  public long read(int index) {
    return (long) LONGS.getAcquire(values, index * Long.BYTES);
  }

  /** Sets the number at {@code index}. */
  public void write(int index, long value) {
    LONGS.setRelease(values, index * Long.BYTES, value);
  }

  @Override
  public void close() {
    memory.close();
  }
}
