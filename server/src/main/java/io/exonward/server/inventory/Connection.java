package io.exonward.server.inventory;

import io.exonward.common.event.Coverage;
import io.exonward.common.event.HostFacts;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What an agent says when it connects.
 *
 * @param at by the server's clock
 * @param policyVersion what it holds; 0: none
 * @param certificateExpiresAt of the certificate that it showed
 */
public record Connection(
    Instant at,
    @Nullable HostFacts facts,
    @Nullable Coverage coverage,
    String agentVersion,
    long policyVersion,
    Instant certificateExpiresAt) {}
