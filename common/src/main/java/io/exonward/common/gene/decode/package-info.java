/**
 * What the bytes of one instruction mean: length, flow, operands, a token that compilers share, and
 * text for people. Hostile input, no I/O, no state, no allocation except for text. Imports {@code
 * elf}.
 */
@NullMarked
package io.exonward.common.gene.decode;

import org.jspecify.annotations.NullMarked;
