package io.exonward.agent.sensor.ebpf;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Strings that come again and again, such as paths, so that they are decoded once. A bounded number
 * of short ones; a newer one takes the place of an older with the same hash. For one thread.
 */
final class KnownTexts {
  private static final int SLOTS = 1024;
  private static final int MAX_BYTES = 256;

  private final Decoder decoder;
  private final @Nullable Known[] slots = new @Nullable Known[SLOTS];

  KnownTexts(Decoder decoder) {
    this.decoder = decoder;
  }

  /** Makes a string of bytes. */
  @FunctionalInterface
  interface Decoder {
    String decode(byte[] bytes, int start, int end);
  }

  private static final class Known {
    private final byte[] bytes;
    private final String text;

    Known(byte[] bytes, String text) {
      this.bytes = bytes;
      this.text = text;
    }

    boolean is(byte[] other, int start, int end) {
      return Arrays.equals(bytes, 0, bytes.length, other, start, end);
    }
  }

  String text(byte[] bytes, int start, int end) {
    if (end - start > MAX_BYTES) {
      return decoder.decode(bytes, start, end);
    }
    int hash = 1;
    for (int i = start; i < end; i++) {
      hash = 31 * hash + bytes[i];
    }
    int slot = (hash ^ hash >>> 15) & (SLOTS - 1);
    Known known = slots[slot];
    if (known == null || !known.is(bytes, start, end)) {
      byte[] kept = Arrays.copyOfRange(bytes, start, end);
      known = new Known(kept, decoder.decode(bytes, start, end));
      slots[slot] = known;
    }
    return known.text;
  }
}
