package io.exonward.common.event;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a host says of itself, read once at start: a claim. Null, zero or empty: not known.
 *
 * @param machineId stable machine identity // man 5 machine-id
 * @param bootId the kernel's boot id // man 4 random
 * @param cpuCount logical processors
 * @param virtualization for example "kvm"
 * @param addresses in text form
 */
public record HostFacts(
    @Nullable String hostname,
    @Nullable String machineId,
    @Nullable UUID bootId,
    @Nullable String osName,
    @Nullable String osVersion,
    @Nullable String kernelVersion,
    @Nullable String architecture,
    @Nullable String cpuModel,
    int cpuCount,
    long memoryBytes,
    @Nullable String virtualization,
    List<String> addresses,
    @Nullable Instant bootedAt) {
  public HostFacts {
    addresses = List.copyOf(addresses);
  }
}
