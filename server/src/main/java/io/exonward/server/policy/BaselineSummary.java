package io.exonward.server.policy;

/**
 * State of a group's baseline.
 *
 * @param newLastHour code objects learned in the last hour: near 0 when learning is done
 */
public record BaselineSummary(HostGroup group, int codeObjects, int packages, int newLastHour) {}
