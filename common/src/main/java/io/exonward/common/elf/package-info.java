/**
 * ELF files as data: where code, symbols and imports are. Hostile input, no I/O. Imports nothing of
 * ours.
 */
@NullMarked
package io.exonward.common.elf;

import org.jspecify.annotations.NullMarked;
