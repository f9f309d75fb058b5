package io.exonward.agent.linux;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Reads the first entry of a mappable BPF array as a rising count. For one thread. */
public final class BpfCounter implements AutoCloseable {
  private static final VarHandle LONGS =
      MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());

  private final MappedMemory memory;
  private final ByteBuffer values;

  /** Maps the array {@code map} of a loaded object. */
  public BpfCounter(BpfObject object, String map) {
    memory = MappedMemory.readOnly(object.mapNumber(map), 0, Kernel.pageBytes());
    values = memory.buffer();
  }

  /** The count now. */
  public long read() {
    return (long) LONGS.getAcquire(values, 0);
  }

  @Override
  public void close() {
    memory.close();
  }
}
