package io.exonward.common.gene;

import org.jspecify.annotations.Nullable;

/**
 * The genes of one function.
 *
 * @param address where it is mapped, by its file's own addresses; of a memory region, the region's
 * @param sizeBytes at least 1
 * @param instructions without padding, landing pads and no-operations
 * @param name by the symbol table; null if stripped
 * @param exact see {@link GeneType#EXACT}
 */
public record FunctionGenes(
    long address,
    int sizeBytes,
    int instructions,
    @Nullable String name,
    Genes fragments,
    Genes constants,
    Genes strings,
    Genes imports,
    Genes neighbors,
    long exact) {}
