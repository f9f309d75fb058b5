package io.exonward.server.inventory;

import java.time.Instant;

/** That an agent is refused for good. */
public record Ban(Instant at, String actor, String reason) {}
