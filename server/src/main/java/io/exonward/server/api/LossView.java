package io.exonward.server.api;

import io.exonward.common.event.Event;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Missing events in JSON. */
record LossView(
    String cause, Instant from, Instant to, @Nullable Long count, @Nullable String sensor) {
  static LossView of(Event.Loss it) {
    return new LossView(
        Fields.code(it.cause()),
        it.from(),
        it.to(),
        it.count() == 0 ? null : it.count(),
        it.sensor());
  }
}
