package io.exonward.agent.sensor.action;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.exonward.agent.linux.NativeException;
import io.exonward.agent.sensor.KernelTests;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Programs that the real kernel refuses. */
@Tag("kernel")
final class ActionProgramsTest {
  /**
   * Ends before the rest, and what is never reached no verifier takes. // linux
   * include/uapi/linux/bpf.h
   */
  private static final long EXIT = 0x95;

  @BeforeEach
  void requireRoot() {
    KernelTests.requireRoot();
  }

  private static ActionPrograms.Source with(byte[] elf) {
    return new ActionPrograms.Source(elf, ActionSettings.encode(true), 65_536);
  }

  /** The object, with the programs of all sections whose name starts so spoiled. */
  private static byte[] spoil(String prefix) {
    byte[] object = ActionSensor.readObject();
    ByteBuffer elf = ByteBuffer.wrap(object).order(ByteOrder.LITTLE_ENDIAN);
    int sections = (int) elf.getLong(0x28);
    int entryBytes = elf.getShort(0x3a);
    int names = (int) elf.getLong(sections + elf.getShort(0x3e) * entryBytes + 0x18);
    for (int i = 0; i < elf.getShort(0x3c); i++) {
      int header = sections + i * entryBytes;
      byte[] wanted = prefix.getBytes(StandardCharsets.US_ASCII);
      ByteBuffer name = elf.slice(names + elf.getInt(header), wanted.length);
      if (name.equals(ByteBuffer.wrap(wanted))) {
        elf.putLong((int) elf.getLong(header + 0x18), EXIT);
      }
    }
    return object;
  }

  @Test
  void refusedProgram_isNamedWithTheReasonAndCostsNoOther() {
    ActionPrograms whole = ActionPrograms.load(with(ActionSensor.readObject()));
    whole.object().close();

    ActionPrograms programs = ActionPrograms.load(with(spoil("tp/syscalls/sys_enter_ptrace")));
    programs.object().close();

    assertEquals(Set.of("enter_ptrace"), programs.refused().keySet());
    assertEquals(whole.missing(), programs.missing());
    String detail = String.valueOf(programs.detail());
    assertTrue(detail.contains("refused by this kernel: ptrace; ptrace: "), detail);
    assertTrue(detail.contains("unreachable insn"), detail);
    assertEquals(
        List.of("this kernel refuses to watch these system calls: ptrace"), programs.blindSpots());
  }

  @Test
  void everyProgramRefused_isRefusedWithTheReason() {
    NativeException e =
        assertThrows(NativeException.class, () -> ActionPrograms.load(with(spoil("tp/syscalls/"))));

    assertTrue(String.valueOf(e.getMessage()).contains("unreachable insn"), e.getMessage());
  }

  @Test
  void nothingRefused_isNoBlindSpot() {
    ActionPrograms programs = ActionPrograms.load(with(ActionSensor.readObject()));
    programs.object().close();

    assertEquals(List.of(), programs.blindSpots());
    assertEquals(Set.of(), programs.refused().keySet());
  }
}
