/**
 * Says what code is related to, with weights and reasons. Pure calculation over a {@code GeneIndex}
 * or over two gene sets. Imports {@code gene} and {@code index}.
 */
@NullMarked
package io.exonward.common.gene.match;

import org.jspecify.annotations.NullMarked;
