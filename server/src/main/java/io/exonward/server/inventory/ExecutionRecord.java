package io.exonward.server.inventory;

import io.exonward.common.event.Event;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * One execution on one host, or several of the same code on one line.
 *
 * @param id the server's number for it, rising
 * @param occurredAt as well as is known; of the newest where there are several
 * @param count 1, or how many repetitions this line stands for
 * @param execution what the agent said; for repetitions without command line and directory
 * @param runs of repetitions: what is known of each, at most 256
 */
public record ExecutionRecord(
    long id,
    UUID hostId,
    Instant occurredAt,
    long count,
    Event.Execution execution,
    List<Event.Run> runs) {
  public ExecutionRecord {
    runs = List.copyOf(runs);
  }
}
