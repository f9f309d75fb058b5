package io.exonward.server.inventory;

import io.exonward.common.event.Event;
import java.time.Instant;

/**
 * Code that processes of one host loaded in one way; one line for all that differs in time only.
 *
 * @param id the server's number for it, rising with its first sighting
 * @param count how often it was reported: agents report it anew only after they forgot it
 * @param load as it was reported last
 */
public record LoadRecord(
    long id, Instant firstAt, Instant lastAt, long count, Event.CodeLoad load) {}
