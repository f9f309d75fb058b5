package io.exonward.common.gene.decode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.exonward.common.elf.Architecture;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArmDecoderTest {
  private final Decoder decoder = Decoder.of(Architecture.AARCH64);

  @ParameterizedTest
  @CsvSource({
    "d65f03c0, RETURN, NONE",
    "94000001, CALL, NONE",
    "14000001, JUMP, NONE",
    "54000040, CONDITIONAL_JUMP, NONE",
    "b4000040, CONDITIONAL_JUMP, NONE",
    "37000040, CONDITIONAL_JUMP, NONE",
    "d61f0200, INDIRECT_JUMP, NONE",
    "d63f0000, INDIRECT_CALL, NONE",
    "d4000001, SYSTEM_CALL, NONE",
    "d4200000, TRAP, NONE",
    "f9400fe0, NEXT, STACK",
    "f9400c20, NEXT, BASE",
    "f8627820, NEXT, INDEXED",
    "58000040, NEXT, PC_RELATIVE",
    "8b020020, NEXT, NONE",
    "4e228420, NEXT, NONE",
  })
  void decode_knownWords_flowAndMemory(String hex, Flow flow, Memory memory) {
    Instruction instruction = decode(hex);

    assertEquals(4, instruction.length());
    assertEquals(flow, instruction.flow());
    assertEquals(memory, instruction.memory());
  }

  @Test
  void decode_unallocatedOrShort_hasNoLength() {
    assertEquals(0, decode("02000000").length());
    assertEquals(0, decoder.decode(new byte[3], 0, 3, new Instruction()));
  }

  @Test
  void isPadding_hints_holds() {
    assertTrue(decode("d503201f").isPadding());
    assertTrue(decode("d503233f").isPadding());
    assertTrue(decode("d503249f").isPadding());
    assertFalse(decode("d5033bbf").isPadding());
  }

  @ParameterizedTest
  @CsvSource({
    "54000040, 4096, 4104",
    "97ffffff, 4096, 4092",
    "37000040, 4096, 4104",
    "90000000, 4100, 4096",
    "b0000000, 4100, 8192",
    "10000041, 4096, 4104",
    "58000040, 4096, 4104"
  })
  void target_relative_isFromTheInstructionOrItsPage(String hex, long address, long target) {
    assertEquals(target, decode(hex).target(address));
  }

  @ParameterizedTest
  @CsvSource({
    "d2824680, 4660",
    "12800000, -1",
    "b2400fe0, 15",
    "9240f820, 9223372036854775807",
    "121c0420, 48",
    "b201f3e0, -6148914691236517206",
  })
  void immediate_moveAndLogical_isDecoded(String hex, long value) {
    Instruction instruction = decode(hex);

    assertEquals(Immediate.VALUE, instruction.immediateKind());
    assertEquals(value, instruction.immediate());
  }

  @Test
  void follow_adrpThenAddAndLoad_givesTheAddress() {
    References references = new References();

    assertEquals(References.UNKNOWN, references.follow(decode("b0000000"), 0x1004));
    assertEquals(0x2010, references.follow(decode("91004001"), 0x1008));
    assertTrue(references.isAddressPart());
    assertEquals(0x2010, references.follow(decode("f9400802"), 0x100c));
    references.forget();
    assertEquals(References.UNKNOWN, references.follow(decode("f9400802"), 0x1010));
  }

  @Test
  void follow_movzThenMovk_givesTheNumber() {
    References references = new References();

    references.follow(decode("52824680"), 0);
    references.follow(decode("72aacf00"), 4);

    assertTrue(references.hasNumber());
    assertEquals(0x56781234L, references.number());
  }

  @Test
  void absorb_otherTargets_isTheSame() {
    assertEquals(absorb("94000002", false), absorb("94000001", false));
    assertEquals(absorb("91008001", true), absorb("91004001", true));
    assertNotEquals(absorb("91008001", false), absorb("91004001", false));
  }

  private long absorb(String hex, boolean isAddress) {
    return decoder.absorb(1, bytes(hex), 0, decode(hex), isAddress);
  }

  private Instruction decode(String hex) {
    Instruction instruction = new Instruction();
    decoder.decode(bytes(hex), 0, 4, instruction);
    return instruction;
  }

  private static byte[] bytes(String hex) {
    int word = Integer.parseUnsignedInt(hex, 16);
    return ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(word).array();
  }
}
