package io.exonward.agent.enrich;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which container a process belongs to. A cgroup's answer is kept, so that a process that has ended
 * gets it too. Not thread-safe.
 */
public final class Containers {
  private static final int MAX_CACHED = 1024;
  private static final int MAX_BYTES = 64 << 10;

  private final Path proc;
  private final Map<Long, Optional<String>> byCgroup =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Optional<String>> eldest) {
          return size() > MAX_CACHED;
        }
      };

  /**
   * @param proc where procfs is mounted
   */
  public Containers(Path proc) {
    this.proc = proc;
  }

  /**
   * The container's id; null on the host, and where the process ended before anybody could look.
   *
   * @param cgroupId 0 if not known
   */
  public @Nullable String find(int pid, long cgroupId) {
    Optional<String> cached = cgroupId == 0 ? null : byCgroup.get(cgroupId);
    if (cached != null) {
      return cached.orElse(null);
    }
    Optional<String> text = ProcText.find(proc.resolve(pid + "/cgroup"), MAX_BYTES);
    if (text.isEmpty()) {
      return null;
    }
    Optional<String> container = text.flatMap(ContainerId::parse);
    if (cgroupId != 0) {
      byCgroup.put(cgroupId, container);
    }
    return container.orElse(null);
  }
}
