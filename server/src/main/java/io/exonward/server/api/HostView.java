package io.exonward.server.api;

import io.exonward.server.inventory.Host;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A host in JSON. */
record HostView(
    UUID id,
    String hostname,
    String group,
    String state,
    @Nullable String level,
    @Nullable String os,
    @Nullable String kernelVersion,
    @Nullable String agentVersion,
    Instant enrolledAt,
    @Nullable Instant lastSeenAt,
    int openAlerts) {
  static HostView of(Host it, int openAlerts) {
    return new HostView(
        it.id(),
        it.hostname(),
        it.group(),
        Fields.code(it.state()),
        Fields.codeOrNull(it.level()),
        it.os(),
        it.kernelVersion(),
        it.agentVersion(),
        it.enrolledAt(),
        it.lastSeenAt(),
        openAlerts);
  }
}
