package io.exonward.common.gene.decode;

/**
 * One decoded instruction: a holder that {@link Decoder#decode} fills again and again, so that
 * decoding allocates nothing. Not thread-safe. Offsets are from the first byte of the instruction.
 */
public final class Instruction {
  /** Token of loading an address, however it is encoded. */
  public static final int LOAD_ADDRESS = 0x10300;

  /** No register, see {@link #destination} and {@link #base}. */
  public static final int NO_REGISTER = -1;

  /** The encoding, of x86-64. */
  final X86Fields fields = new X86Fields();

  int length;
  int token;
  int addressToken;
  Flow flow = Flow.NEXT;
  boolean isPadding;
  Memory memory = Memory.NONE;
  Immediate immediateKind = Immediate.NONE;
  int immediateOffset;
  int immediateSize;
  long immediate;
  int displacementOffset;
  int displacementSize;
  long displacement;
  boolean hasTarget;
  boolean isPage;
  long relative;
  int destination;
  int base;

  /** Which bits of the word are a relative address or may be part of one; only of AArch64. */
  int addressBits;

  Effect effect = Effect.OTHER;

  /** What {@link References} follows through registers; only of AArch64. */
  enum Effect {
    /** May write any register, {@link Instruction#destination} at least. */
    OTHER,
    /** destination = target */
    ADDRESS,
    /** destination = base + immediate */
    ADD,
    /** Reads or writes base + displacement. */
    ACCESS,
    /** destination = immediate */
    MOVE,
    /** Replaces 16 bits of destination, from bit displacement on, by immediate. */
    MOVE_KEEP
  }

  /** Makes it what no bytes are: not an instruction. */
  int clear() {
    length = 0;
    token = 0;
    addressToken = 0;
    if (flow != Flow.NEXT) { // a comparison is cheaper than the collector's barrier
      flow = Flow.NEXT;
    }
    isPadding = false;
    if (memory != Memory.NONE) {
      memory = Memory.NONE;
    }
    if (immediateKind != Immediate.NONE) {
      immediateKind = Immediate.NONE;
    }
    immediateOffset = 0;
    immediateSize = 0;
    immediate = 0;
    displacementOffset = 0;
    displacementSize = 0;
    displacement = 0;
    hasTarget = false;
    isPage = false;
    relative = 0;
    destination = NO_REGISTER;
    base = NO_REGISTER;
    addressBits = 0;
    if (effect != Effect.OTHER) {
      effect = Effect.OTHER;
    }
    return 0;
  }

  /** Bytes, 0 to 15; 0: not an instruction, and nothing else here means anything. */
  public int length() {
    return length;
  }

  /**
   * What it does, coarse: without registers, numbers and addresses, the same for encodings that do
   * the same.
   */
  public int token() {
    return token;
  }

  /** The token if its immediate or displacement is known to be an address. */
  public int addressToken() {
    return addressToken;
  }

  public Flow flow() {
    return flow;
  }

  /** Whether it does nothing: no-operation, int3 between functions, landing pad. Never a gene. */
  public boolean isPadding() {
    return isPadding;
  }

  public Memory memory() {
    return memory;
  }

  public Immediate immediateKind() {
    return immediateKind;
  }

  /** Sign-extended; of AArch64 with its shift applied. */
  public long immediate() {
    return immediate;
  }

  public int immediateOffset() {
    return immediateOffset;
  }

  /** Bytes; 0 if there is none or it is part of a word (AArch64). */
  public int immediateSize() {
    return immediateSize;
  }

  /** Of the memory operand, sign-extended, scaled. */
  public long displacement() {
    return displacement;
  }

  public int displacementOffset() {
    return displacementOffset;
  }

  /** Bytes; 0 if there is none or it is part of a word (AArch64). */
  public int displacementSize() {
    return displacementSize;
  }

  /**
   * Whether it names an address relative to its own: of a direct call or jump where it goes,
   * otherwise what it loads, stores or computes.
   */
  public boolean hasTarget() {
    return hasTarget;
  }

  /** The address it names if it is itself at {@code address}; only if {@link #hasTarget}. */
  public long target(long address) {
    return (isPage ? address & -4096L : address) + relative;
  }
}
