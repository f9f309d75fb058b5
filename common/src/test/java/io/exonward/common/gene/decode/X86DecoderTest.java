package io.exonward.common.gene.decode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.exonward.common.elf.Architecture;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class X86DecoderTest {
  private final Decoder decoder = Decoder.of(Architecture.X86_64);

  @ParameterizedTest
  @CsvSource({
    "c3, 1, RETURN, NONE",
    "e800000000, 5, CALL, NONE",
    "ebfe, 2, JUMP, NONE",
    "7400, 2, CONDITIONAL_JUMP, NONE",
    "0f8400000000, 6, CONDITIONAL_JUMP, NONE",
    "ff2500000000, 6, INDIRECT_JUMP, PC_RELATIVE",
    "ffd0, 2, INDIRECT_CALL, NONE",
    "0f05, 2, SYSTEM_CALL, NONE",
    "0f0b, 2, TRAP, NONE",
    "48897c2408, 5, NEXT, STACK",
    "488b4708, 4, NEXT, BASE",
    "8b0487, 3, NEXT, INDEXED",
    "8b04c500000000, 7, NEXT, TABLE",
    "64488b042528000000, 9, NEXT, ABSOLUTE",
    "48b8ffffffffffffff7f, 10, NEXT, NONE",
    "66c7070100, 5, NEXT, BASE",
    "48a1ffffffffffffff7f, 10, NEXT, ABSOLUTE",
    "f7c001000000, 6, NEXT, NONE",
    "f7d8, 2, NEXT, NONE",
    "c8100001, 4, NEXT, NONE",
    "c5f877, 3, NEXT, NONE",
    "c4e27d5800, 5, NEXT, BASE",
    "62f1654872cb10, 7, NEXT, NONE",
    "660f3a0fc108, 6, NEXT, NONE",
    "d9c9, 2, NEXT, NONE",
    "8fe97890c0, 5, NEXT, NONE",
    "0f0fc1b4, 4, NEXT, NONE",
  })
  void decode_knownBytes_lengthFlowAndMemory(String hex, int length, Flow flow, Memory memory) {
    Instruction instruction = decode(hex + "9090909090909090");

    assertEquals(length, instruction.length());
    assertEquals(flow, instruction.flow());
    assertEquals(memory, instruction.memory());
  }

  @ParameterizedTest
  @CsvSource({"06", "d500", "0f04", "fff8", "ea00000000", "62000000000000", "f30fb8"})
  void decode_noInstruction_hasNoLength(String hex) {
    assertEquals(0, decode(hex).length());
  }

  @ParameterizedTest
  @CsvSource({
    "7410, 0f8410000000",
    "eb10, e910000000",
    "4889c8, 488bc1",
    "83c001, 81c040000000",
    "83c010, ffc0",
    "05ff000000, 81c1ff000000",
    "488d3d11111111, 488d0522222222",
    "31c0, b800000000",
    "85c0, 83f800",
    "0f28c1, 660f6fc1",
    "0f57c0, 660fefc0",
    "01c0, d1e0",
    "29c8, 2bc1",
  })
  void token_sameMeaning_isTheSame(String one, String other) {
    assertNotEquals(0, decode(one).token());
    assertEquals(decode(other).token(), decode(one).token());
  }

  @ParameterizedTest
  @CsvSource({
    "01c8, 29c8",
    "8b07, 8907",
    "8b07, 488b07",
    "8b4508, 8b4608",
    "7410, 7510",
    "8b07, 8a07"
  })
  void token_otherMeaning_differs(String one, String other) {
    assertNotEquals(decode(other).token(), decode(one).token());
  }

  @Test
  void addressToken_moveOfAnAddress_isThatOfLea() {
    assertEquals(Instruction.LOAD_ADDRESS, decode("bf44104000").addressToken());
    assertEquals(Instruction.LOAD_ADDRESS, decode("488d3d44100000").token());
  }

  @ParameterizedTest
  @CsvSource({"90", "cc", "6690", "0f1f4000", "f30f1efa", "662e0f1f840000000000"})
  void isPadding_noOperation_holds(String hex) {
    assertTrue(decode(hex).isPadding());
  }

  @ParameterizedTest
  @CsvSource({"f390", "4190", "c3", "f30f1ec8"})
  void isPadding_instruction_holdsNot(String hex) {
    Instruction instruction = decode(hex);

    assertTrue(instruction.length() > 0);
    assertFalse(instruction.isPadding());
  }

  @Test
  void target_relative_isCountedFromTheNextInstruction() {
    assertEquals(0x1000, decode("e8fbffffff").target(0x1000));
    assertEquals(0x1017, decode("488d3d10000000").target(0x1000));
    assertEquals(0x101a, decode("c7051000000078563412").target(0x1000));
  }

  @ParameterizedTest
  @CsvSource({
    "b878563412, VALUE, 305419896",
    "83f8ff, VALUE, -1",
    "4883ec18, STACK, 24",
    "c1e005, COUNT, 5",
    "660f70c01b, CONTROL, 27",
    "31c0, NONE, 0"
  })
  void immediate_byOpcode_hasKindAndValue(String hex, Immediate kind, long value) {
    Instruction instruction = decode(hex);

    assertEquals(kind, instruction.immediateKind());
    assertEquals(value, instruction.immediate());
  }

  @Test
  void absorb_otherTargets_isTheSame() {
    assertEquals(absorb("e855667788", false), absorb("e811223344", false));
    assertEquals(absorb("488d3d55667788", false), absorb("488d3d11223344", false));
    assertEquals(absorb("bf55667788", true), absorb("bf11223344", true));
    assertNotEquals(absorb("bf55667788", false), absorb("bf11223344", false));
  }

  private long absorb(String hex, boolean isAddress) {
    byte[] code = HexFormat.of().parseHex(hex);
    return decoder.absorb(1, code, 0, decode(hex), isAddress);
  }

  private Instruction decode(String hex) {
    byte[] code = HexFormat.of().parseHex(hex);
    Instruction instruction = new Instruction();
    decoder.decode(code, 0, code.length, instruction);
    return instruction;
  }
}
