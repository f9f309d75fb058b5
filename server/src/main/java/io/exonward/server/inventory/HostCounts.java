package io.exonward.server.inventory;

/**
 * How many hosts are in which state.
 *
 * @param reducedCoverage connected, with sensors below the full level
 */
public record HostCounts(int connected, int silent, int banned, int reducedCoverage) {}
