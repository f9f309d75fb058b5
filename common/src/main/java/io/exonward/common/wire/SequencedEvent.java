package io.exonward.common.wire;

import io.exonward.common.event.ObservedEvent;

/**
 * An event and its place in the agent's epoch.
 *
 * @param sequence from 1
 */
public record SequencedEvent(long sequence, ObservedEvent event) {}
