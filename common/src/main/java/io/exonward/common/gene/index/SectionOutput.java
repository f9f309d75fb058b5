package io.exonward.common.gene.index;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;

/**
 * Writes one part of a file from its start on, so that several parts grow side by side. Not
 * thread-safe.
 */
final class SectionOutput {
  private static final int BUFFER_BYTES = 1 << 16;

  private final ByteBuffer buffer =
      ByteBuffer.allocate(BUFFER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
  private final FileChannel file;
  private long position;
  private long bits;
  private int bitCount;

  SectionOutput(FileChannel file, long position) {
    this.file = file;
    this.position = position;
  }

  /** Where the next byte goes, by the file. */
  long position() {
    return position + buffer.position();
  }

  void putByte(int value) throws IOException {
    room(Byte.BYTES);
    buffer.put((byte) value);
  }

  void putInt(int value) throws IOException {
    room(Integer.BYTES);
    buffer.putInt(value);
  }

  void putLong(long value) throws IOException {
    room(Long.BYTES);
    buffer.putLong(value);
  }

  void putFloat(double value) throws IOException {
    putInt(Float.floatToIntBits((float) value));
  }

  void putBytes(byte[] bytes) throws IOException {
    for (byte each : bytes) {
      putByte(each);
    }
  }

  /** Seven bits a byte, lowest first; the highest bit says that more follow. */
  void putVarint(long value) throws IOException {
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      putByte((int) ((rest & 0x7F) | 0x80));
      rest >>>= 7;
    }
    putByte((int) rest);
  }

  /** Appends a number of {@code width} bits, as {@link Packed} reads it. */
  void putPacked(long value, int width) throws IOException {
    bits |= value << bitCount;
    bitCount += width;
    while (bitCount >= Byte.SIZE) {
      putByte((int) bits);
      bits >>>= Byte.SIZE;
      bitCount -= Byte.SIZE;
    }
  }

  /** Ends packed numbers with what {@link Packed} needs behind them. */
  void endPacked() throws IOException {
    if (bitCount > 0) {
      putByte((int) bits);
    }
    bits = 0;
    bitCount = 0;
    putLong(0);
  }

  void flush() throws IOException {
    buffer.flip();
    while (buffer.hasRemaining()) {
      position += file.write(buffer, position);
    }
    buffer.clear();
  }

  private void room(int bytes) throws IOException {
    if (buffer.remaining() < bytes) {
      flush();
    }
  }
}
