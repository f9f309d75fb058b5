package io.exonward.server.alert;

import java.time.Instant;
import java.util.UUID;

/** A host on which it happened. */
public record AlertHost(
    UUID id, String hostname, long occurrences, Instant firstAt, Instant lastAt) {}
