package io.exonward.agent.linux;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * Kernel memory shared with us. After {@link #close} its buffer must not be touched: it is gone.
 */
final class MappedMemory implements AutoCloseable {
  // linux include/uapi/asm-generic/mman-common.h
  private static final int PROT_READ = 1;
  private static final int PROT_WRITE = 2;
  private static final int MAP_SHARED = 1;
  private static final int MAP_FIXED = 0x10;

  private final int sizeBytes;
  private @Nullable Pointer address;

  private MappedMemory(int fd, long offset, int sizeBytes, int protection) {
    this.sizeBytes = sizeBytes;
    Pointer mapped = Libc.mmap(null, sizeBytes, protection, MAP_SHARED, fd, offset);
    if (mapped == null || Pointer.nativeValue(mapped) == -1) {
      throw new NativeException("mmap(" + sizeBytes + ")", Native.getLastError());
    }
    address = mapped;
  }

  static MappedMemory readOnly(int fd, long offset, int sizeBytes) {
    return new MappedMemory(fd, offset, sizeBytes, PROT_READ);
  }

  static MappedMemory readWrite(int fd, long offset, int sizeBytes) {
    return new MappedMemory(fd, offset, sizeBytes, PROT_READ | PROT_WRITE);
  }

  /**
   * Shows another part, of the same size, at the same address: buffers of it stay valid. If that
   * fails nothing is left of the old part.
   */
  void moveReadOnly(int fd, long offset) {
    Pointer mapped = Libc.mmap(opened(), sizeBytes, PROT_READ, MAP_SHARED | MAP_FIXED, fd, offset);
    if (!opened().equals(mapped)) {
      throw new NativeException("mmap(" + sizeBytes + ")", Native.getLastError());
    }
  }

  private Pointer opened() {
    Pointer mapped = address;
    if (mapped == null) {
      throw new IllegalStateException("the memory is unmapped");
    }
    return mapped;
  }

  ByteBuffer buffer() {
    return opened().getByteBuffer(0, sizeBytes).order(ByteOrder.nativeOrder());
  }

  @Override
  public void close() {
    Pointer mapped = address;
    address = null;
    if (mapped != null) {
      Libc.check(Libc.munmap(mapped, sizeBytes), "munmap", sizeBytes);
    }
  }
}
