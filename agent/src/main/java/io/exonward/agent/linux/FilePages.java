package io.exonward.agent.linux;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Pages of files that this process has mapped: program text, the JDK's modules, the archive of
 * classes. Start-up touches most of them once, and the kernel maps the neighbors of each touched
 * page (linux Documentation/filesystems/proc.rst, fault_around_bytes), so that they stay resident
 * while a few are in use. Unmapped, they stay in the page cache, and those in use come back by a
 * minor fault each.
 */
public final class FilePages {
  private static final int MADV_DONTNEED = 4; // linux include/uapi/asm-generic/mman-common.h
  private static final String ARCHIVE = ".aot";

  private FilePages() {}

  /**
   * A stretch of our address space.
   *
   * @param end exclusive
   */
  record Mapping(long start, long end) {}

  /**
   * Unmaps the pages that are the same as in their file; one that was changed in memory, as by
   * relocation, is never touched. Returns how many bytes of mappings were given back.
   *
   * @throws IOException if /proc cannot be read
   */
  public static long release() throws IOException {
    long released = 0;
    for (Mapping mapping :
        find(Files.readAllLines(Path.of("/proc/self/smaps"), StandardCharsets.ISO_8859_1))) {
      long size = mapping.end - mapping.start;
      if (Libc.madvise(new Pointer(mapping.start), size, MADV_DONTNEED) == -1) {
        throw new NativeException("madvise(" + size + ")", Native.getLastError());
      }
      released += size;
    }
    return released;
  }

  /**
   * Those that nothing but their file backs. Only text and what the JVM maps once and for ever: the
   * dynamic loader may be about to change other parts of a file that it has just mapped.
   *
   * @param lines of smaps // man 5 proc_pid_smaps
   */
  static List<Mapping> find(List<String> lines) {
    List<Mapping> found = new ArrayList<>();
    @Nullable Mapping candidate = null;
    for (String line : lines) {
      int firstBlank = line.indexOf(' ');
      if (firstBlank > 0 && line.charAt(firstBlank - 1) != ':') {
        candidate = isFileOnly(line) ? mapping(line.substring(0, firstBlank)) : null;
      } else if (candidate != null && line.startsWith("Anonymous:") && isZero(line)) {
        found.add(candidate);
      }
    }
    return found;
  }

  private static boolean isFileOnly(String header) {
    String[] fields = header.split(" +", 6); // addresses, permissions, offset, device, inode, path
    if (fields.length < 6 || !fields[5].startsWith("/")) {
      return false;
    }
    return switch (fields[1]) {
      case "r-xp", "r--s" -> true;
      case "r--p" -> fields[5].endsWith(ARCHIVE);
      default -> false;
    };
  }

  private static boolean isZero(String line) {
    return line.endsWith(" 0 kB");
  }

  private static Mapping mapping(String addresses) {
    int dash = addresses.indexOf('-');
    return new Mapping(
        Long.parseUnsignedLong(addresses, 0, dash, 16),
        Long.parseUnsignedLong(addresses, dash + 1, addresses.length(), 16));
  }
}
