package io.exonward.common.gene.index;

import java.io.IOException;
import java.nio.channels.FileChannel;

/** Writes a {@link GeneTable} from keys in ascending order. Not thread-safe. */
final class GeneTableWriter {
  private final SectionOutput directory;
  private final SectionOutput keys;
  private final SectionOutput values;
  private final int keyWidth;
  private final int valueWidth;
  private final long size;
  private long bucket;
  private int written;

  /** Of {@code size} genes whose values need {@code valueWidth} bits, from {@code offset} on. */
  GeneTableWriter(FileChannel file, long offset, long size, int valueWidth) throws IOException {
    int prefixBits = GeneTable.prefixBits(size);
    this.size = size;
    this.keyWidth = GeneTable.KEY_BITS - prefixBits;
    this.valueWidth = valueWidth;
    directory = new SectionOutput(file, offset);
    long keysAt = offset + GeneTable.directoryBytes(prefixBits);
    keys = new SectionOutput(file, keysAt);
    values = new SectionOutput(file, keysAt + Packed.bytes(size, keyWidth));
    directory.putInt(0);
  }

  void add(long key, long value) throws IOException {
    closeBucketsBefore(key >>> keyWidth);
    keys.putPacked(key & (1L << keyWidth) - 1, keyWidth);
    values.putPacked(value, valueWidth);
    written++;
  }

  void end() throws IOException {
    if (written != size) {
      throw new IllegalStateException("wrote " + written + " of " + size + " genes");
    }
    closeBucketsBefore(1L << (GeneTable.KEY_BITS - keyWidth));
    keys.endPacked();
    values.endPacked();
    directory.flush();
    keys.flush();
    values.flush();
  }

  private void closeBucketsBefore(long next) throws IOException {
    while (bucket < next) {
      directory.putInt(written);
      bucket++;
    }
  }
}
