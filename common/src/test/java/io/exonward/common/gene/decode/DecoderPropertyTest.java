package io.exonward.common.gene.decode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.exonward.common.elf.Architecture;
import java.util.Arrays;
import java.util.HexFormat;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class DecoderPropertyTest {
  private static final String PREFIXES_AND_ESCAPES = "66f2f3f048440f0f380f3ac4c5628f";

  @Property(tries = 20_000)
  void decode_anyBytes_staysInsideAndRepeats(
      @ForAll Architecture architecture,
      @ForAll @Size(max = 24) byte[] code,
      @ForAll @IntRange(max = 24) int size) {
    Decoder decoder = Decoder.of(architecture);
    int end = Math.min(size, code.length);
    Instruction one = new Instruction();
    Instruction other = new Instruction();
    byte[] cut = Arrays.copyOf(code, end);

    int length = decoder.decode(code, 0, end, one);

    assertTrue(length >= 0 && length <= Math.min(end, Decoder.MAX_LENGTH));
    assertEquals(length, decoder.decode(cut, 0, end, other));
    assertEquals(one.token(), other.token());
    assertEquals(one.immediate(), other.immediate());
    assertEquals(one.displacement(), other.displacement());
    assertTrue(one.immediateOffset() + one.immediateSize() <= length);
    assertTrue(one.displacementOffset() + one.displacementSize() <= length);
  }

  /** A stream of likely prefixes reaches what random bytes seldom do. */
  @Property(tries = 20_000)
  void decode_prefixesFirst_staysInside(
      @ForAll @Size(min = 1, max = 12) byte[] choices, @ForAll @Size(max = 16) byte[] rest) {
    byte[] table = HexFormat.of().parseHex(PREFIXES_AND_ESCAPES);
    byte[] code = Arrays.copyOf(choices, choices.length + rest.length);
    for (int i = 0; i < choices.length; i++) {
      code[i] = table[(choices[i] & 0xff) % table.length];
    }
    System.arraycopy(rest, 0, code, choices.length, rest.length);
    Decoder decoder = Decoder.of(Architecture.X86_64);
    References references = new References();
    Instruction instruction = new Instruction();

    for (int at = 0; at < code.length; at += Math.max(1, instruction.length())) {
      decoder.decode(code, at, code.length, instruction);
      references.follow(instruction, at);

      assertTrue(instruction.length() <= Math.min(code.length - at, Decoder.MAX_LENGTH));
    }
  }

  @Property(tries = 20_000)
  void follow_anyWords_staysInside(@ForAll @Size(max = 32) int[] words) {
    Decoder decoder = Decoder.of(Architecture.AARCH64);
    References references = new References();
    Instruction instruction = new Instruction();
    for (int word : words) {
      byte[] code = {(byte) word, (byte) (word >> 8), (byte) (word >> 16), (byte) (word >> 24)};

      int length = decoder.decode(code, 0, code.length, instruction);
      references.follow(instruction, 0x1000);

      assertTrue(length == 0 || length == 4);
    }
  }
}
