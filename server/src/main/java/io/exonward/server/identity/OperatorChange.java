package io.exonward.server.identity;

import org.jspecify.annotations.Nullable;

/** What to change about an operator; null keeps what is. */
public record OperatorChange(
    @Nullable Role role, @Nullable Boolean disabled, @Nullable String password) {}
