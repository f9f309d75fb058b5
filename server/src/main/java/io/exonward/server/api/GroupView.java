package io.exonward.server.api;

import io.exonward.server.policy.HostGroup;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A host group in JSON. */
record GroupView(
    String name,
    String mode,
    @Nullable Instant learnUntil,
    @Nullable Instant frozenAt,
    long policyVersion,
    int hostCount,
    int ruleCount,
    Instant createdAt) {
  static GroupView of(HostGroup it) {
    return new GroupView(
        it.name(),
        Fields.code(it.mode()),
        it.learnUntil(),
        it.frozenAt(),
        it.policyVersion(),
        it.hostCount(),
        it.ruleCount(),
        it.createdAt());
  }
}
