/**
 * Makes genes of code: of ELF files and of memory. Pure and deterministic: the same bytes give the
 * same genes on every machine. Input is hostile; what an extraction may cost is bounded by counts,
 * never by a clock. Imports {@code gene}, {@code gene.decode} and {@code elf}.
 */
@NullMarked
package io.exonward.common.gene.extract;

import org.jspecify.annotations.NullMarked;
