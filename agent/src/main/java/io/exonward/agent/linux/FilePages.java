package io.exonward.agent.linux;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Pages of files that this process has mapped: program text, the JDK's modules, the archive of
 * classes. Start-up touches most of them once, and the kernel maps the neighbors of each touched
 * page (linux Documentation/filesystems/proc.rst, fault_around_bytes), so that they stay resident
 * while a few are in use. Unmapped, they stay in the page cache, and those in use come back by a
 * minor fault each. For one thread.
 */
public final class FilePages {
  private static final int MADV_DONTNEED = 4; // linux include/uapi/asm-generic/mman-common.h
  private static final String ARCHIVE = ".aot";

  private Set<String> seen = Set.of();

  /**
   * A stretch of our address space.
   *
   * @param end exclusive
   * @param header its whole line in smaps: what is mapped there, and how
   */
  record Mapping(long start, long end, String header) {}

  /**
   * Unmaps the pages that are the same as in their file; one that was changed in memory, as by
   * relocation, is never touched. Returns how many bytes of mappings were given back.
   *
   * @throws IOException if /proc cannot be read
   */
  public long release() throws IOException {
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
   * Those that nothing but their file backs: text, what the JVM maps once and for ever, and other
   * parts that are read only and already were when this was last asked. For a moment the dynamic
   * loader maps a whole file like that, and then replaces what it has to change.
   *
   * @param lines of smaps // man 5 proc_pid_smaps
   */
  List<Mapping> find(List<String> lines) {
    List<Mapping> found = fileOnly(lines);
    Set<String> now = HashSet.newHashSet(found.size());
    found.forEach(mapping -> now.add(mapping.header));
    found.removeIf(mapping -> !isForEver(mapping.header) && !seen.contains(mapping.header));
    seen = now;
    return found;
  }

  private static List<Mapping> fileOnly(List<String> lines) {
    List<Mapping> found = new ArrayList<>();
    @Nullable Mapping candidate = null;
    for (String line : lines) {
      int firstBlank = line.indexOf(' ');
      if (firstBlank > 0 && line.charAt(firstBlank - 1) != ':') {
        candidate = isReadOnlyFile(line) ? mapping(line.substring(0, firstBlank), line) : null;
      } else if (candidate != null && line.startsWith("Anonymous:") && isZero(line)) {
        found.add(candidate);
      }
    }
    return found;
  }

  // Addresses, permissions, offset, device, inode, path.
  private static String[] fields(String header) {
    return header.split(" +", 6);
  }

  private static boolean isReadOnlyFile(String header) {
    String[] fields = fields(header);
    return fields.length == 6 && fields[5].startsWith("/") && fields[1].startsWith("r-");
  }

  private static boolean isForEver(String header) {
    String[] fields = fields(header);
    return !fields[1].equals("r--p") || fields[5].endsWith(ARCHIVE);
  }

  private static boolean isZero(String line) {
    return line.endsWith(" 0 kB");
  }

  private static Mapping mapping(String addresses, String header) {
    int dash = addresses.indexOf('-');
    return new Mapping(
        Long.parseUnsignedLong(addresses, 0, dash, 16),
        Long.parseUnsignedLong(addresses, dash + 1, addresses.length(), 16),
        header);
  }
}
