package io.exonward.agent.sensor.procfs;

import io.exonward.agent.linux.Descriptor;
import io.exonward.agent.linux.NativeException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Reads small files and links of one process; empty means that it is gone, or hides from us. */
final class ProcFile {
  private final String folder;

  ProcFile(int pid) {
    folder = "/proc/" + pid + "/";
  }

  /** The file's beginning, up to {@code limitBytes}. */
  Optional<byte[]> read(String name, int limitBytes) {
    try (Descriptor file = Descriptor.openForReading(folder + name)) {
      ByteArrayOutputStream content = new ByteArrayOutputStream();
      int count;
      byte[] chunk = new byte[Math.min(limitBytes, 4096)];
      while (content.size() < limitBytes && (count = file.readAt(chunk, content.size())) > 0) {
        content.write(chunk, 0, Math.min(count, limitBytes - content.size()));
      }
      return Optional.of(content.toByteArray());
    } catch (NativeException e) {
      return Optional.empty();
    }
  }

  /** Target of a link, as text. */
  Optional<String> link(String name) {
    try {
      byte[] target = Descriptor.readLinkBytes(folder + name);
      return Optional.of(new String(target, StandardCharsets.UTF_8));
    } catch (NativeException e) {
      return Optional.empty();
    }
  }

  /** Path of the file {@code name}. */
  String path(String name) {
    return folder + name;
  }
}
