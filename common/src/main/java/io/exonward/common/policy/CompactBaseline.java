package io.exonward.common.policy;

import io.exonward.common.hash.Sha256;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.Set;
import java.util.stream.LongStream;

/**
 * A baseline held in memory: 32 bytes for each content, found by binary search. Immutable.
 *
 * <p>An incomplete one answers UNKNOWN for what it does not hold, never NO.
 */
public final class CompactBaseline implements Baseline {
  private static final int WORDS = Sha256.BYTES / Long.BYTES;

  private final long[] words;
  private final Set<PackageRef> packages;
  private final boolean isComplete;

  private CompactBaseline(long[] words, Set<PackageRef> packages, boolean isComplete) {
    this.words = words;
    this.packages = packages;
    this.isComplete = isComplete;
  }

  /** A baseline that holds nothing and says so. */
  public static CompactBaseline empty() {
    return new CompactBaseline(new long[0], Set.of(), true);
  }

  /**
   * From contents in any order.
   *
   * @param isComplete whether nothing was left out
   */
  public static CompactBaseline of(
      Collection<Sha256> contents, Collection<PackageRef> packages, boolean isComplete) {
    long[] words =
        contents.stream()
            .sorted()
            .distinct()
            .flatMapToLong(
                hash -> LongStream.of(hash.word0(), hash.word1(), hash.word2(), hash.word3()))
            .toArray();
    return new CompactBaseline(words, Set.copyOf(packages), isComplete);
  }

  /**
   * From the form that {@link #toBytes} gives.
   *
   * @throws IllegalArgumentException if {@code sorted} is not whole hashes, each above the one
   *     before
   */
  public static CompactBaseline ofSorted(
      byte[] sorted, Collection<PackageRef> packages, boolean isComplete) {
    if (sorted.length % Sha256.BYTES != 0) {
      throw new IllegalArgumentException(
          "a baseline has 32 bytes for each content, not " + sorted.length + " in all");
    }
    long[] words = new long[sorted.length / Long.BYTES];
    ByteBuffer.wrap(sorted).asLongBuffer().get(words);
    CompactBaseline baseline = new CompactBaseline(words, Set.copyOf(packages), isComplete);
    for (int i = 1; i < baseline.size(); i++) {
      if (baseline.hash(i - 1).compareTo(baseline.hash(i)) >= 0) {
        throw new IllegalArgumentException("a baseline is ascending, but not at content " + i);
      }
    }
    return baseline;
  }

  @Override
  public Membership contains(Sha256 sha256) {
    int low = 0;
    int high = size() - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int order = hash(middle).compareTo(sha256);
      if (order == 0) {
        return Membership.YES;
      }
      if (order < 0) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return missing();
  }

  @Override
  public Membership contains(PackageRef owner) {
    return packages.contains(owner) ? Membership.YES : missing();
  }

  private Membership missing() {
    return isComplete ? Membership.NO : Membership.UNKNOWN;
  }

  /** How many contents it holds. */
  public int size() {
    return words.length / WORDS;
  }

  /** The packages that it holds. */
  public Set<PackageRef> packages() {
    return packages;
  }

  /** Whether nothing was left out. */
  public boolean isComplete() {
    return isComplete;
  }

  /** The contents, 32 bytes each, ascending, in a new array. */
  public byte[] toBytes() {
    ByteBuffer bytes = ByteBuffer.allocate(words.length * Long.BYTES);
    bytes.asLongBuffer().put(words);
    return bytes.array();
  }

  private Sha256 hash(int index) {
    int at = index * WORDS;
    return new Sha256(words[at], words[at + 1], words[at + 2], words[at + 3]);
  }
}
