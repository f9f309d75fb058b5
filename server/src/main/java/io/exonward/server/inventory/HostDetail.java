package io.exonward.server.inventory;

import io.exonward.common.event.Coverage;
import io.exonward.common.event.Event;
import io.exonward.common.event.HostFacts;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All about one host.
 *
 * @param facts null before its agent connected
 * @param coverage null before its agent said so
 * @param losses the newest 50, newest first
 */
public record HostDetail(
    Host host,
    @Nullable HostFacts facts,
    AgentFigures agent,
    @Nullable Coverage coverage,
    List<Event.Loss> losses,
    @Nullable Ban ban) {
  public HostDetail {
    losses = List.copyOf(losses);
  }
}
