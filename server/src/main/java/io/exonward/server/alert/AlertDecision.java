package io.exonward.server.alert;

import io.exonward.server.policy.GroupRule;

/** An alert that was settled by a rule. */
public record AlertDecision(Alert alert, GroupRule rule) {}
