/**
 * From code to genes: pure, deterministic, for hostile input. {@code decode} knows instructions,
 * {@code extract} makes genes of them, {@code index} finds genes of families again, {@code match}
 * says what code is related to; arrows point that way. This package has the values that they meet
 * through; it imports {@code elf} and {@code hash}.
 */
@NullMarked
package io.exonward.common.gene;

import org.jspecify.annotations.NullMarked;
