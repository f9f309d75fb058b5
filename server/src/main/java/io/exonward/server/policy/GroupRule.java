package io.exonward.server.policy;

import io.exonward.common.policy.Rule;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A rule and where it comes from.
 *
 * @param owner the operator who wrote it
 * @param alertId the alert that it settled; null if none
 */
public record GroupRule(
    String group,
    Rule rule,
    String reason,
    String owner,
    Instant createdAt,
    @Nullable Long alertId) {}
