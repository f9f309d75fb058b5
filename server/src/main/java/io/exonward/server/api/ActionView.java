package io.exonward.server.api;

import io.exonward.common.event.Event;
import io.exonward.common.process.ProcessSummary;
import io.exonward.server.api.ExecutionView.AncestorView;
import io.exonward.server.inventory.ActionRecord;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a process did in JSON; without number as evidence.
 *
 * @param address hexadecimal, as in /proc/PID/maps; null if none
 */
record ActionView(
    @Nullable Long id,
    String kind,
    AncestorView actor,
    @Nullable AncestorView target,
    @Nullable String address,
    long length,
    int protection,
    @Nullable String detail,
    long count,
    Instant firstAt,
    Instant lastAt,
    @Nullable String containerId,
    List<AncestorView> ancestry) {
  static ActionView of(ActionRecord it) {
    return of(it.id(), it.action());
  }

  static ActionView of(Event.Action it) {
    return of(null, it);
  }

  private static ActionView of(@Nullable Long id, Event.Action it) {
    ProcessSummary target = it.target();
    return new ActionView(
        id,
        Fields.code(it.kind()),
        AncestorView.of(it.actor()),
        target == null ? null : AncestorView.of(target),
        it.address() == 0 ? null : Long.toHexString(it.address()),
        it.length(),
        it.protection(),
        it.detail(),
        it.count(),
        it.firstAt(),
        it.lastAt(),
        it.containerId(),
        it.ancestry().stream().map(AncestorView::of).toList());
  }
}
