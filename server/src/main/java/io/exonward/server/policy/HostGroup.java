package io.exonward.server.policy;

import io.exonward.common.policy.Mode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Hosts that share one policy and one baseline.
 *
 * @param learnUntil when the baseline freezes by itself; null: never
 * @param frozenAt since when the baseline does not grow; null while it learns
 * @param policyVersion rises with every change
 */
public record HostGroup(
    String name,
    Mode mode,
    @Nullable Instant learnUntil,
    @Nullable Instant frozenAt,
    long policyVersion,
    int hostCount,
    int ruleCount,
    Instant createdAt) {}
