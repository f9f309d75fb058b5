package io.exonward.common.gene.extract;

import io.exonward.common.elf.FunctionRange;

/**
 * Code that is read as one function.
 *
 * @param address of its first byte
 * @param offset of its first byte in the file
 * @param bytes at least 1; all of them are in the file
 * @param nameOffset as in {@link FunctionRange}
 */
record Piece(long address, int offset, int bytes, int nameOffset) {}
