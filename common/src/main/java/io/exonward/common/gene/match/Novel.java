package io.exonward.common.gene.match;

/**
 * Code that no trusted family has.
 *
 * @param functions number of functions
 * @param bytes of those functions; if the code has no known functions, estimated from its genes
 */
public record Novel(int functions, long bytes) {}
