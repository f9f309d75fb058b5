package io.exonward.server.inventory;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How an agent does, by its own account. Null before it said so.
 *
 * @param residentBytes memory that it holds
 * @param cpuMillis processor time since it started
 * @param spoolEvents events that wait on its disk
 * @param policyVersion what it holds
 * @param certificateExpiresAt of the certificate of its newest connection
 */
public record AgentFigures(
    @Nullable Long residentBytes,
    @Nullable Long cpuMillis,
    @Nullable Long spoolEvents,
    @Nullable Long spoolBytes,
    @Nullable Long policyVersion,
    @Nullable Instant certificateExpiresAt) {}
