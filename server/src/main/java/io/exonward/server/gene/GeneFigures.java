package io.exonward.server.gene;

/**
 * Sums over all that is known of genes.
 *
 * @param toCompare gene sets not yet compared with the families as they are now
 * @param waiting hosts that could be asked for the genes of something
 */
public record GeneFigures(
    int families,
    int samples,
    int geneSets,
    int toCompare,
    int waiting,
    int openRequests,
    long indexGenes,
    long indexFunctions,
    long indexBytes) {}
