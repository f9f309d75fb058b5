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
 * @param execution null if it is not about one
 * @param loss null if it is not about one
 */
public record Evidence(
    Instant occurredAt,
    UUID hostId,
    String hostname,
    DetectionKind kind,
    String summary,
    @Nullable ExecutionRecord execution,
    Event.@Nullable Loss loss) {}
