package io.exonward.agent.spool;

/**
 * How full the spool is.
 *
 * @param events on disk and not acknowledged
 * @param bytes on disk
 * @param maxBytes the limit
 * @param oldestSequence of those events; 0 if there are none
 * @param acknowledgedSequence the server has everything up to here
 * @param durableSequence everything up to here is on disk
 */
public record SpoolUsage(
    long events,
    long bytes,
    long maxBytes,
    long oldestSequence,
    long acknowledgedSequence,
    long durableSequence) {}
