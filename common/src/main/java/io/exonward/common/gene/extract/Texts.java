package io.exonward.common.gene.extract;

/** Strings in a file. */
final class Texts {
  /** No string. */
  static final long NONE = -1;

  private static final int MIN_CHARS = 4;
  private static final int MAX_CHARS = 96;

  /**
   * What is taken of text that goes on without an end. Go and Rust put strings one after the other,
   * so that what follows belongs to another one.
   */
  private static final int ENDLESS_CHARS = 24;

  private Texts() {}

  /** The gene of the string at an offset; {@link #NONE} if there is none. */
  static long at(byte[] bytes, int offset) {
    int limit = Math.min(bytes.length, offset + MAX_CHARS);
    int end = offset;
    while (end < limit && isText(bytes[end])) {
      end++;
    }
    int chars = end - offset;
    if (chars == MAX_CHARS) {
      return GeneHash.text(bytes, offset, offset + ENDLESS_CHARS);
    }
    boolean isEnded = end < bytes.length && bytes[end] == 0;
    return chars >= MIN_CHARS && isEnded ? GeneHash.text(bytes, offset, end) : NONE;
  }

  private static boolean isText(byte value) {
    return (value >= ' ' && value < 0x7f) || value == '\t' || value == '\n' || value == '\r';
  }
}
