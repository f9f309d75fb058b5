package io.exonward.server.detect;

/**
 * One match.
 *
 * @param title for an alert that it begins
 * @param count how many occurrences it stands for
 */
public record Detection(
    DetectionKind kind, Subject subject, String title, long count, Evidence evidence) {}
