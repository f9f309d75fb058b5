package io.exonward.agent.spool;

import io.exonward.common.event.ObservedEvent;

/** Turns an event into the bytes that are kept and sent, without its sequence. */
@FunctionalInterface
public interface EventEncoder {
  /** At most 64 KiB. */
  byte[] encode(ObservedEvent event);
}
