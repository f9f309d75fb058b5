package io.exonward.server.detect;

import io.exonward.common.event.Event;
import io.exonward.server.inventory.ExecutionRecord;

/** What was seen, whole, for people to look at. */
public sealed interface Exhibit {
  /** Code was executed. */
  record Executed(ExecutionRecord execution) implements Exhibit {}

  /** Code was loaded by a process that ran already. */
  record Loaded(Event.CodeLoad load) implements Exhibit {}

  /** A process did something to memory. */
  record Acted(Event.Action action) implements Exhibit {}

  /** Events are missing. */
  record Lost(Event.Loss loss) implements Exhibit {}
}
