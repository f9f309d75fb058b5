package io.exonward.server.api;

import org.jspecify.annotations.Nullable;

/** A request that says nothing but why. */
record ReasonBody(@Nullable String reason) {}
