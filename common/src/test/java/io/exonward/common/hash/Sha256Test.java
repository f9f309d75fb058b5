package io.exonward.common.hash;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class Sha256Test {
  @Test
  void digest_abc_isTheStandardsExample() {
    // FIPS 180-2, appendix B.1
    assertEquals(
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
        Sha256.digest("abc".getBytes(StandardCharsets.US_ASCII)).toString());
  }

  @Property
  void parse_bothCases_readWhatWasWritten(@ForAll @Size(32) byte[] bytes) {
    Sha256 hash = Sha256.of(bytes);

    assertArrayEquals(bytes, hash.toBytes());
    assertEquals(hash, Sha256.parse(hash.toString()));
    assertEquals(hash, Sha256.parse(hash.toString().toUpperCase(Locale.ROOT)));
  }

  @Property
  void compareTo_anyTwo_ordersAsTheBytesUnsigned(
      @ForAll @Size(32) byte[] a, @ForAll @Size(32) byte[] b, @ForAll boolean hasCommonStart) {
    if (hasCommonStart) {
      System.arraycopy(a, 0, b, 0, 31);
    }

    int order = Sha256.of(a).compareTo(Sha256.of(b));

    assertEquals(Integer.signum(Arrays.compareUnsigned(a, b)), Integer.signum(order));
  }

  @Test
  void parse_malformed_isRefused() {
    assertThrows(IllegalArgumentException.class, () -> Sha256.parse("ab"));
    assertThrows(IllegalArgumentException.class, () -> Sha256.parse("g".repeat(64)));
    assertThrows(IllegalArgumentException.class, () -> Sha256.of(new byte[31]));
  }
}
