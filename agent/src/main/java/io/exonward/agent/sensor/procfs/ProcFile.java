package io.exonward.agent.sensor.procfs;

import io.exonward.agent.linux.Descriptor;
import io.exonward.agent.linux.NativeException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
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
      byte[] content = new byte[limitBytes];
      int length = 0;
      int count;
      byte[] chunk = new byte[Math.min(limitBytes, 4096)];
      while (length < limitBytes && (count = file.readAt(chunk, length)) > 0) {
        int taken = Math.min(count, limitBytes - length);
        System.arraycopy(chunk, 0, content, length, taken);
        length += taken;
      }
      return Optional.of(Arrays.copyOf(content, length));
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
