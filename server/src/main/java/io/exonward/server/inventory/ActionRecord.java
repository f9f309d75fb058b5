package io.exonward.server.inventory;

import io.exonward.common.event.Event;

/**
 * What a process of one host did, once or several times.
 *
 * @param id the server's number for it, rising
 */
public record ActionRecord(long id, Event.Action action) {}
