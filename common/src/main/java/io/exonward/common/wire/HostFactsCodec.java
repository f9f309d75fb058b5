package io.exonward.common.wire;

import io.exonward.common.event.HostFacts;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a host says of itself. */
public final class HostFactsCodec {
  private HostFactsCodec() {}

  /** For the wire. */
  public static io.exonward.v1.HostFacts encode(HostFacts host) {
    var proto =
        io.exonward.v1.HostFacts.newBuilder()
            .setHostname(orEmpty(host.hostname()))
            .setMachineId(orEmpty(host.machineId()))
            .setOsName(orEmpty(host.osName()))
            .setOsVersion(orEmpty(host.osVersion()))
            .setKernelVersion(orEmpty(host.kernelVersion()))
            .setArchitecture(orEmpty(host.architecture()))
            .setCpuModel(orEmpty(host.cpuModel()))
            .setCpuCount(host.cpuCount())
            .setMemoryBytes(host.memoryBytes())
            .setVirtualization(orEmpty(host.virtualization()))
            .addAllAddresses(host.addresses());
    if (host.bootId() != null) {
      proto.setBootId(Field.bytes(host.bootId()));
    }
    if (host.bootedAt() != null) {
      proto.setBootedAt(Field.timestamp(host.bootedAt()));
    }
    return proto.build();
  }

  private static String orEmpty(@Nullable String text) {
    return Objects.requireNonNullElse(text, "");
  }

  /**
   * From the wire.
   *
   * @throws WireException if it breaks a limit
   */
  public static HostFacts decode(io.exonward.v1.HostFacts proto) {
    Field.atMost("host.addresses", proto.getAddressesCount(), Limits.HOST_ADDRESSES, "addresses");
    for (String address : proto.getAddressesList()) {
      Field.requiredText("host.addresses", address, Limits.HOST_FACT_BYTES);
    }
    return new HostFacts(
        fact("hostname", proto.getHostname()),
        fact("machine_id", proto.getMachineId()),
        proto.getBootId().isEmpty() ? null : Field.uuid("host.boot_id", proto.getBootId()),
        fact("os_name", proto.getOsName()),
        fact("os_version", proto.getOsVersion()),
        fact("kernel_version", proto.getKernelVersion()),
        fact("architecture", proto.getArchitecture()),
        fact("cpu_model", proto.getCpuModel()),
        Field.range("host.cpu_count", proto.getCpuCount(), 0, Integer.MAX_VALUE),
        Field.count("host.memory_bytes", proto.getMemoryBytes()),
        fact("virtualization", proto.getVirtualization()),
        proto.getAddressesList(),
        Field.optionalInstant("host.booted_at", proto.hasBootedAt(), proto.getBootedAt()));
  }

  private static @Nullable String fact(String name, String value) {
    return Field.optionalText("host." + name, value, Limits.HOST_FACT_BYTES);
  }
}
