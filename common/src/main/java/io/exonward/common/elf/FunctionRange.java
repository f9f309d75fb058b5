package io.exonward.common.elf;

/**
 * Where a file says that a function is. Nothing of it is verified.
 *
 * @param size in bytes; 0 if only the start is known
 * @param nameOffset of its name in the file, {@link #NO_NAME} if it has none
 */
public record FunctionRange(long address, long size, int nameOffset) {
  /** No name is known. */
  public static final int NO_NAME = -1;
}
