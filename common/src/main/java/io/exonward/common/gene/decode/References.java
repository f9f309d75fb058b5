package io.exonward.common.gene.decode;

import java.util.Arrays;

/**
 * Follows what AArch64 code puts together of several instructions through registers: addresses
 * (adrp, then add or a load) and numbers (movz, then movk). For x86-64 it gives what one
 * instruction has. Approximate by intent: straight through the code, without flow; {@link #forget}
 * at the start of each function. Not thread-safe.
 */
public final class References {
  /** No address is known. */
  public static final long UNKNOWN = 0;

  private static final int REGISTERS = 32;

  private final long[] pages = new long[REGISTERS];
  private final long[] numbers = new long[REGISTERS];
  private boolean isPart;
  private boolean hasNumber;
  private long number;

  /** Nothing is known about registers any more. */
  public void forget() {
    Arrays.fill(pages, UNKNOWN);
    Arrays.fill(numbers, 0);
  }

  /**
   * Takes the next instruction in.
   *
   * @param address where it is
   * @return the data or code address that it names, alone or with those before it; {@link #UNKNOWN}
   *     if none. Where direct calls and jumps go counts as well.
   */
  public long follow(Instruction instruction, long address) {
    isPart = false;
    hasNumber = instruction.immediateKind == Immediate.VALUE;
    number = instruction.immediate;
    return switch (instruction.effect) {
      case ADDRESS -> load(instruction, instruction.target(address));
      case ADD -> add(instruction);
      case ACCESS -> access(instruction);
      case MOVE, MOVE_KEEP -> move(instruction);
      case OTHER -> other(instruction, address);
    };
  }

  /**
   * Whether the last instruction's immediate or displacement is the low part of an address that was
   * followed: it belongs to the place, not to the program.
   */
  public boolean isAddressPart() {
    return isPart;
  }

  /** Whether the last instruction brought a number that the program computes with. */
  public boolean hasNumber() {
    return hasNumber;
  }

  /** That number, put together as far as it is known. */
  public long number() {
    return number;
  }

  private long load(Instruction instruction, long target) {
    pages[instruction.destination] = target;
    numbers[instruction.destination] = 0;
    return instruction.isPage ? UNKNOWN : target;
  }

  private long add(Instruction instruction) {
    long page = pages[instruction.base];
    clear(instruction.destination);
    if (page == UNKNOWN) {
      return UNKNOWN;
    }
    isPart = true;
    hasNumber = false;
    return page + instruction.immediate;
  }

  private long access(Instruction instruction) {
    long page = pages[instruction.base];
    if (instruction.destination != Instruction.NO_REGISTER) {
      clear(instruction.destination);
    }
    isPart = page != UNKNOWN;
    return isPart ? page + instruction.displacement : UNKNOWN;
  }

  private long move(Instruction instruction) {
    int register = instruction.destination;
    if (instruction.effect == Instruction.Effect.MOVE) {
      numbers[register] = instruction.immediate;
    } else {
      long hole = 0xffffL << instruction.displacement;
      numbers[register] = (numbers[register] & ~hole) | instruction.immediate;
    }
    pages[register] = UNKNOWN;
    number = numbers[register];
    return UNKNOWN;
  }

  private long other(Instruction instruction, long address) {
    if (instruction.destination != Instruction.NO_REGISTER) {
      clear(instruction.destination);
    }
    return instruction.hasTarget ? instruction.target(address) : UNKNOWN;
  }

  private void clear(int register) {
    pages[register] = UNKNOWN;
    numbers[register] = 0;
  }
}
