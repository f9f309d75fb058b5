package io.exonward.common.gene.index;

import io.exonward.common.gene.GeneType;
import io.exonward.common.gene.index.GeneIndexException.Problem;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.stream.LongStream;

/**
 * Tells whether trusted code has a gene: always right when it has, wrong once in 256 times when it
 * has not. About 1.13 bytes for each gene. Immutable.
 *
 * <p>A binary fuse filter (Graf and Lemire, "Binary Fuse Filters: Fast and Smaller Than Xor
 * Filters", 2022): three places in three neighboring parts of an array of bytes, whose exclusive or
 * is the key's fingerprint. A question reads three bytes. Keys are those of {@link GeneTable}; the
 * seed is counted up from a constant until the filter can be made, so the same genes give the same
 * bytes.
 */
public final class TrustedFilter {
  private static final int MAGIC = 0x4558_4601; // "EXF" and the format's version
  private static final int MAX_SEEDS = 100;

  private final FuseShape shape;
  private final long genes;
  private final long seed;
  private final byte[] fingerprints;

  private TrustedFilter(FuseShape shape, long genes, long seed, byte[] fingerprints) {
    this.shape = shape;
    this.genes = genes;
    this.seed = seed;
    this.fingerprints = fingerprints;
  }

  /** Of the stream genes of all trusted families of an index. Takes 28 bytes of heap for each. */
  public static TrustedFilter of(GeneIndex index) {
    LongStream.Builder keys = LongStream.builder();
    for (Segment segment : index.segments()) {
      boolean[] isTrusted = new boolean[segment.lists()];
      for (int list = 0; list < isTrusted.length; list++) {
        isTrusted[list] = Arrays.stream(segment.list(list)).anyMatch(index.origins()::isTrusted);
      }
      GeneCursor genes = segment.genes(GeneType.STREAM);
      while (genes.advance()) {
        if (isTrusted[genes.idsToken()]) {
          keys.add(genes.key());
        }
      }
    }
    return ofKeys(keys.build().sorted().distinct().toArray());
  }

  /** Of different keys. */
  static TrustedFilter ofKeys(long[] keys) {
    FuseShape shape = FuseShape.of(keys.length);
    for (long seed = 1; seed <= MAX_SEEDS; seed++) {
      byte[] made = new FuseConstruction(shape, seed).make(keys);
      if (made.length > 0) {
        return new TrustedFilter(shape, keys.length, seed, made);
      }
    }
    throw new IllegalArgumentException("keys are not different");
  }

  /** Whether trusted code has this stream gene; true for 0.39 % of others as well. */
  public boolean contains(long gene) {
    long hash = FuseShape.hash(GeneTable.key(gene), seed);
    return genes > 0
        && FuseShape.fingerprint(hash)
            == (byte)
                (fingerprints[shape.place(hash, 0)]
                    ^ fingerprints[shape.place(hash, 1)]
                    ^ fingerprints[shape.place(hash, 2)]);
  }

  /** Number of different genes that it was made of. */
  public long genes() {
    return genes;
  }

  /** Writes it; the same genes give the same bytes. */
  public void write(OutputStream out) throws IOException {
    DataOutputStream data = new DataOutputStream(out);
    data.writeInt(MAGIC);
    data.writeInt((int) genes);
    data.writeLong(seed);
    data.write(fingerprints);
    data.flush();
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @param maxBytes the largest filter to accept
   * @throws GeneIndexException if it is damaged or larger
   */
  public static TrustedFilter read(InputStream in, long maxBytes) throws IOException {
    DataInputStream data = new DataInputStream(in);
    try {
      if (data.readInt() != MAGIC) {
        throw new GeneIndexException(Problem.DAMAGED, "not a trusted filter of this version");
      }
      int genes = data.readInt();
      long seed = data.readLong();
      if (genes < 0 || FuseShape.of(genes).bytes() > maxBytes) {
        throw new GeneIndexException(
            Problem.FULL, "a trusted filter of %d genes, limit %d B".formatted(genes, maxBytes));
      }
      FuseShape shape = FuseShape.of(genes);
      byte[] fingerprints = data.readNBytes((int) shape.bytes());
      if (fingerprints.length < shape.bytes()) {
        throw new EOFException("ends after " + fingerprints.length + " of " + shape.bytes());
      }
      return new TrustedFilter(shape, genes, seed, fingerprints);
    } catch (EOFException e) {
      throw new GeneIndexException(Problem.DAMAGED, "damaged trusted filter: " + e.getMessage(), e);
    }
  }
}
