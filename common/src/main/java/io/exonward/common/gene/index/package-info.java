/**
 * Finds genes and functions of families again: memory-mapped files that grow by whole segments, one
 * writer and any number of readers. Imports {@code gene} and {@code hash}.
 */
@NullMarked
package io.exonward.common.gene.index;

import org.jspecify.annotations.NullMarked;
