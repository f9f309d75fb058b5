package io.exonward.agent.enrich;

import io.exonward.common.event.HostFacts;
import io.exonward.common.wire.Limits;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads what the host says of itself: the hardware by OSHI, the rest out of the text files of
 * kernel and distribution. Runs no program, because as root that would be whatever PATH names.
 */
public final class HostFactsReader {
  private static final Logger log = LoggerFactory.getLogger(HostFactsReader.class);
  private static final int MAX_MACHINE_ID = 128;
  private static final int MAX_FILE_BYTES = 64 << 10;

  private final Path root;

  /**
   * @param root the host's root directory
   */
  public HostFactsReader(Path root) {
    this.root = root;
  }

  /** The host's facts; what cannot be read is null, zero or empty. */
  public HostFacts read() {
    Hardware hardware = Hardware.read();
    return new HostFacts(
        hostname(),
        machineId(),
        line("proc/sys/kernel/random/boot_id").map(UUID::fromString).orElse(null),
        cut(field("etc/os-release", "NAME", '=')),
        cut(field("etc/os-release", "VERSION_ID", '=')),
        cut(line("proc/sys/kernel/osrelease")),
        cut(Optional.ofNullable(System.getProperty("os.arch"))),
        cut(Optional.of(hardware.cpuModel())),
        hardware.cpuCount(),
        hardware.memoryBytes(),
        cut(Optional.of(hardware.machineModel())),
        addresses(),
        field("proc/stat", "btime", ' ')
            .map(Long::parseLong)
            .map(Instant::ofEpochSecond)
            .orElse(null));
  }

  /** How the host names itself; "localhost" if it does not. */
  public String hostname() {
    return Limits.truncate(line("proc/sys/kernel/hostname").orElse("localhost"), 253);
  }

  /**
   * The machine's identity: that of systemd, else that of the firmware; null if it has none. // man
   * 5 machine-id
   */
  public @Nullable String machineId() {
    return line("etc/machine-id")
        .filter(id -> !id.equals("uninitialized"))
        .or(() -> line("sys/class/dmi/id/product_uuid"))
        .map(id -> Limits.truncate(id, MAX_MACHINE_ID))
        .orElse(null);
  }

  private static List<String> addresses() {
    try {
      return NetworkInterface.networkInterfaces()
          .flatMap(NetworkInterface::inetAddresses)
          .filter(a -> !a.isLoopbackAddress() && !a.isLinkLocalAddress())
          .map(InetAddress::getHostAddress)
          .limit(Limits.HOST_ADDRESSES)
          .toList();
    } catch (SocketException e) {
      log.atDebug().addKeyValue("error", e).log("addresses not read");
      return List.of();
    }
  }

  /** The value of the first line {@code name separator value}, without quotation marks. */
  private Optional<String> field(String file, String name, char separator) {
    return ProcText.find(root.resolve(file), MAX_FILE_BYTES).stream()
        .flatMap(String::lines)
        .filter(l -> l.startsWith(name) && l.indexOf(separator) >= 0)
        .filter(l -> l.substring(0, l.indexOf(separator)).strip().equals(name))
        .map(l -> l.substring(l.indexOf(separator) + 1).strip().replace("\"", ""))
        .findFirst();
  }

  private Optional<String> line(String file) {
    return ProcText.findLine(root.resolve(file));
  }

  private static @Nullable String cut(Optional<String> text) {
    return text.filter(t -> !t.isBlank())
        .map(t -> Limits.truncate(t, Limits.HOST_FACT_BYTES))
        .orElse(null);
  }
}
