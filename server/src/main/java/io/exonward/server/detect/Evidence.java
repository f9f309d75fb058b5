package io.exonward.server.detect;

import io.exonward.common.event.Event;
import io.exonward.server.inventory.ExecutionRecord;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Why something was detected.
 *
 * @param hostname at that time, untrusted text
 * @param summary one sentence
 * @param exhibit null if there is nothing but the summary
 */
public record Evidence(
    Instant occurredAt,
    UUID hostId,
    String hostname,
    DetectionKind kind,
    String summary,
    @Nullable Exhibit exhibit) {
  /** The execution that it is about; null if it is not about one. */
  public @Nullable ExecutionRecord execution() {
    return exhibit instanceof Exhibit.Executed(var execution) ? execution : null;
  }

  /** The code load that it is about; null if it is not about one. */
  public Event.@Nullable CodeLoad load() {
    return exhibit instanceof Exhibit.Loaded(var load) ? load : null;
  }

  /** The action that it is about; null if it is not about one. */
  public Event.@Nullable Action action() {
    return exhibit instanceof Exhibit.Acted(var action) ? action : null;
  }

  /** The loss that it is about; null if it is not about one. */
  public Event.@Nullable Loss loss() {
    return exhibit instanceof Exhibit.Lost(var loss) ? loss : null;
  }
}
