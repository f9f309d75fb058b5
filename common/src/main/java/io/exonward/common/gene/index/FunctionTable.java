package io.exonward.common.gene.index;

import io.exonward.common.gene.Genes;
import io.exonward.common.gene.index.GeneIndexException.Problem;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The functions of a segment. A record has a fixed length; its body has the keys by feature, six
 * bytes each, then the origins, four bytes each, then the name.
 *
 * <p>The similarity needs the length of a function's vector, and its weights change as the index
 * grows. A weight is L - log(df) with L = log(functions + 1), so the squared length is n L^2 - 2 L
 * sum(log df) + sum(log^2 df): a record has both sums, by the frequencies at the time of writing,
 * and L is today's.
 */
final class FunctionTable {
  private static final int FIELD_BYTES = Feature.WEIGHED.length * Integer.BYTES;
  static final int RECORD_BYTES = 3 * Long.BYTES + 4 * Integer.BYTES + 3 * FIELD_BYTES;
  static final int KEY_BYTES = GeneTable.KEY_BITS / Byte.SIZE;

  private static final int BODY = 0;
  private static final int EXACT = 8;
  private static final int IDENTITY = 16;
  private static final int SIZE = 24;
  private static final int INSTRUCTIONS = 28;
  private static final int ORIGINS = 32;
  private static final int NAME = 36;
  private static final int COUNTS = 40;
  private static final int SUMS = COUNTS + FIELD_BYTES;
  private static final int SQUARES = SUMS + FIELD_BYTES;

  private static final int MAX_NAME_BYTES = 1000;

  private final MemorySegment file;
  private final long records;
  private final int functions;
  private final long bodies;
  private final long bodyBytes;

  FunctionTable(MemorySegment file, SegmentLayout layout) {
    this.file = file;
    records = layout.functionOffset();
    functions = (int) layout.functions();
    bodies = layout.bodyOffset();
    bodyBytes = layout.bodyBytes();
  }

  /** Adds up the logarithms of how many functions have a key. */
  interface Frequencies {
    double logOf(Feature feature, long key);
  }

  static long bodyBytes(StoredFunction function) {
    long bytes = (long) function.origins.length * Integer.BYTES + name(function).length;
    for (long[] keys : function.keys) {
      bytes += (long) keys.length * KEY_BYTES;
    }
    return bytes;
  }

  private static byte[] name(StoredFunction function) {
    return function.name == null ? new byte[0] : function.name.getBytes(StandardCharsets.UTF_8);
  }

  static void writeRecord(
      SectionOutput out, StoredFunction function, long body, Frequencies frequencies)
      throws IOException {
    out.putLong(body);
    out.putLong(function.exact);
    out.putLong(function.identity);
    out.putInt(function.sizeBytes);
    out.putInt(function.instructions);
    out.putInt(function.origins.length);
    out.putInt(name(function).length);
    double[] sums = new double[Feature.WEIGHED.length];
    double[] squares = new double[Feature.WEIGHED.length];
    for (Feature feature : Feature.WEIGHED) {
      long[] keys = function.keys[feature.place];
      out.putInt(keys.length);
      for (long key : keys) {
        double log = frequencies.logOf(feature, key);
        sums[feature.place] += log;
        squares[feature.place] += log * log;
      }
    }
    for (double sum : sums) {
      out.putFloat(sum);
    }
    for (double square : squares) {
      out.putFloat(square);
    }
  }

  static void writeBody(SectionOutput out, StoredFunction function) throws IOException {
    for (long[] keys : function.keys) {
      for (long key : keys) {
        out.putInt((int) key);
        out.putByte((int) (key >>> 32));
        out.putByte((int) (key >>> 40));
      }
    }
    for (int origin : function.origins) {
      out.putInt(origin);
    }
    out.putBytes(name(function));
  }

  int size() {
    return functions;
  }

  StoredFunction read(int number) {
    long[][] keys = new long[Feature.WEIGHED.length][];
    for (Feature feature : Feature.WEIGHED) {
      keys[feature.place] = keys(number, feature);
    }
    return new StoredFunction(
        identity(number),
        exact(number),
        sizeBytes(number),
        count(number, INSTRUCTIONS, Integer.MAX_VALUE),
        name(number),
        keys,
        origins(number));
  }

  long exact(int number) {
    return file.get(Packed.LONG, record(number) + EXACT);
  }

  long identity(int number) {
    return file.get(Packed.LONG, record(number) + IDENTITY);
  }

  int sizeBytes(int number) {
    return count(number, SIZE, Integer.MAX_VALUE);
  }

  /** Length of the vector of one feature, squared, with today's L. */
  double squaredNorm(int number, Feature feature, double logFunctions) {
    long record = record(number);
    long at = (long) feature.place * Integer.BYTES;
    int count = file.get(Packed.INT, record + COUNTS + at);
    float sum = file.get(Packed.FLOAT, record + SUMS + at);
    float square = file.get(Packed.FLOAT, record + SQUARES + at);
    return count * logFunctions * logFunctions - 2 * logFunctions * sum + square;
  }

  int keyCount(int number, Feature feature) {
    return count(number, COUNTS + feature.place * Integer.BYTES, Feature.MAX_KEYS);
  }

  /** Keys of one feature, ascending. */
  long[] keys(int number, Feature feature) {
    long offset = body(number);
    for (int before = 0; before < feature.place; before++) {
      offset += (long) KEY_BYTES * keyCount(number, Feature.WEIGHED[before]);
    }
    long[] keys = new long[keyCount(number, feature)];
    check(offset, (long) KEY_BYTES * keys.length);
    int last = keys.length - 1;
    for (int i = 0; i < last; i++) { // reads two bytes more than the key has
      keys[i] = file.get(Packed.LONG, offset + (long) i * KEY_BYTES) & Genes.MAX;
    }
    if (last >= 0) {
      long at = offset + (long) last * KEY_BYTES;
      keys[last] =
          (file.get(Packed.INT, at) & 0xFFFF_FFFFL)
              | (file.get(Packed.SHORT, at + Integer.BYTES) & 0xFFFFL) << Integer.SIZE;
    }
    return keys;
  }

  int[] origins(int number) {
    int[] origins = new int[count(number, ORIGINS, 1 << 20)];
    long offset = originOffset(number);
    check(offset, (long) origins.length * Integer.BYTES);
    for (int i = 0; i < origins.length; i++) {
      origins[i] = file.get(Packed.INT, offset + (long) i * Integer.BYTES);
    }
    return origins;
  }

  @Nullable String name(int number) {
    byte[] name = new byte[count(number, NAME, MAX_NAME_BYTES)];
    long offset = originOffset(number) + (long) Integer.BYTES * count(number, ORIGINS, 1 << 20);
    check(offset, name.length);
    MemorySegment.copy(file, ValueLayout.JAVA_BYTE, offset, name, 0, name.length);
    return name.length == 0 ? null : new String(name, StandardCharsets.UTF_8);
  }

  private long originOffset(int number) {
    long offset = body(number);
    for (Feature feature : Feature.WEIGHED) {
      offset += (long) KEY_BYTES * keyCount(number, feature);
    }
    return offset;
  }

  private long body(int number) {
    long body = file.get(Packed.LONG, record(number) + BODY);
    check(bodies + body, 0);
    return bodies + body;
  }

  private void check(long offset, long length) {
    if (offset < bodies || offset > bodies + bodyBytes - length) {
      throw new GeneIndexException(
          Problem.DAMAGED, "damaged segment: a function is outside of its part");
    }
  }

  private int count(int number, int field, int max) {
    int count = file.get(Packed.INT, record(number) + field);
    if (count < 0 || count > max) {
      throw new GeneIndexException(
          Problem.DAMAGED, "damaged segment: a function has count " + count + ", limit " + max);
    }
    return count;
  }

  private long record(int number) {
    if (number < 0 || number >= functions) {
      throw new GeneIndexException(
          Problem.DAMAGED, "damaged segment: function " + number + " of " + functions);
    }
    return records + (long) number * RECORD_BYTES;
  }
}
