package io.exonward.common.gene.decode;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Decodes AArch64 by encoding classes (Arm ARM, C4.1): flow, addresses and numbers exactly, the
 * rest as a class of which registers and numbers are left out.
 *
 * <p>Words of unallocated top-level classes are not instructions; holes within a class are not
 * looked for. Not handled: big-endian code.
 */
final class ArmDecoder implements Decoder {
  static final ArmDecoder INSTANCE = new ArmDecoder();

  private static final int WORD = Integer.BYTES;
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private ArmDecoder() {}

  @Override
  public int step() {
    return WORD;
  }

  @Override
  public int decode(byte[] code, int offset, int end, Instruction into) {
    into.clear();
    if (end - offset < WORD) {
      return 0;
    }
    int word = word(code, offset);
    into.length = WORD;
    switch ((word >>> 25) & 15) {
      case 0 -> reserved(word, into);
      case 1, 3 -> into.clear();
      case 2, 7, 15 -> into.token = ArmTokens.ofVector(word);
      case 8, 9 -> ArmData.decodeImmediate(word, into);
      case 10, 11 -> ArmBranches.decode(word, into);
      case 5, 13 -> ArmData.decodeRegister(word, into);
      default -> ArmMemory.decode(word, into);
    }
    if (into.addressToken == 0) {
      into.addressToken = into.token;
    }
    return into.length;
  }

  static int word(byte[] code, int offset) {
    return (int) INTS.get(code, offset);
  }

  /** udf, with which linkers fill gaps as well, or the matrix extension. */
  private static void reserved(int word, Instruction into) {
    if (word >>> 16 == 0) {
      into.flow = Flow.TRAP;
      into.isPadding = true;
      into.token = ArmTokens.TRAP;
    } else if (word < 0) {
      into.token = ArmTokens.ofVector(word);
    } else {
      into.clear();
    }
  }

  @Override
  public long absorb(
      long hash, byte[] code, int offset, Instruction instruction, boolean isAddress) {
    int word = word(code, offset);
    int kept = instruction.hasTarget || isAddress ? ~instruction.addressBits : -1;
    long mixed = (hash ^ (word & kept)) * 0xd6e8feb86659fd93L;
    return mixed ^ (mixed >>> 32);
  }
}
