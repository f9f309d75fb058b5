package io.exonward.server.policy;

import io.exonward.common.policy.Effect;
import io.exonward.common.policy.Selector;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A rule to add.
 *
 * @param expiresAt null: never
 * @param alertId the alert that it settles; null if none
 */
public record NewRule(
    String group,
    Effect effect,
    Selector selector,
    String reason,
    String owner,
    @Nullable Instant expiresAt,
    @Nullable Long alertId) {}
