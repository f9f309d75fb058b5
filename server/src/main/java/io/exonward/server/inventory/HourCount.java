package io.exonward.server.inventory;

import java.time.Instant;

/** What was counted in the hour that begins at {@code at}. */
public record HourCount(Instant at, long count) {}
