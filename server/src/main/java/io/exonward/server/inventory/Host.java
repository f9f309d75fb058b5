package io.exonward.server.inventory;

import io.exonward.common.event.Coverage.SensorLevel;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One enrolled machine, as it was when it was read.
 *
 * @param hostname as it names itself, untrusted text
 * @param group the host group whose policy it follows
 * @param machineId as given when it enrolled
 * @param level its sensors; null before its agent said so
 * @param os name and version; null if not known
 * @param lastSeenAt null before its first connection
 */
public record Host(
    UUID id,
    String hostname,
    String group,
    String machineId,
    HostState state,
    @Nullable SensorLevel level,
    @Nullable String os,
    @Nullable String kernelVersion,
    @Nullable String agentVersion,
    Instant enrolledAt,
    @Nullable Instant lastSeenAt) {}
