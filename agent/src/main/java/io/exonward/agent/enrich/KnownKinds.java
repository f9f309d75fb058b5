package io.exonward.agent.enrich;

import io.exonward.agent.process.ProcessTable.Image;
import io.exonward.agent.sensor.KernelEvent.Exec;
import io.exonward.common.file.CodeOrigin;
import io.exonward.common.file.FileIdentity;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Which kind an execution is of, told by what the kernel says of it, so that what was found out
 * about the first need not be found out again. An answer holds for a second at most: user names,
 * containers, rules that expire and ancestors that changed are looked at anew after that. It does
 * not speak for the content of the file: whoever uses it asks for its hash and compares.
 *
 * <p>Bounded: all are forgotten when there are too many. Not thread-safe.
 */
final class KnownKinds {
  private static final Duration LIFE = Duration.ofSeconds(1);
  private static final int MAX_KINDS = 1024;

  private final Map<Likeness, RepeatedKind> kinds = new HashMap<>();
  private Instant end = Instant.MIN;
  private long policyVersion;

  /** What makes executions alike, apart from their command lines. */
  record Likeness(
      FileIdentity file,
      String path,
      int uid,
      int gid,
      long cgroupId,
      int mountNamespace,
      @Nullable Image parent) {
    @Override
    public int hashCode() {
      // Few differ in more than these; equals compares all.
      int hash = Long.hashCode(file.inode()) * 31 + Long.hashCode(file.ctimeNanos());
      hash = hash * 31 + file.deviceMinor();
      hash = hash * 31 + path.hashCode();
      hash = hash * 31 + uid;
      hash = hash * 31 + Long.hashCode(cgroupId);
      return hash * 31 + (parent == null ? 0 : Objects.hashCode(parent.executable()));
    }
  }

  /** The likeness of an execution; null where its file has no name by which it could be known. */
  static @Nullable Likeness likeness(Exec exec, @Nullable Image parent) {
    FileIdentity file = exec.file();
    String path = exec.path();
    if (file == null || path == null || exec.isBackfill() || exec.origin() != CodeOrigin.FILE) {
      return null;
    }
    return new Likeness(
        file, path, exec.uid(), exec.gid(), exec.cgroupId(), exec.mountNamespace(), parent);
  }

  /** The kind; null if it is not known, or no longer. */
  @Nullable RepeatedKind find(@Nullable Likeness likeness, Instant now, long policy) {
    if (policy != policyVersion || !now.isBefore(end)) {
      kinds.clear();
      policyVersion = policy;
      end = now.plus(LIFE);
    }
    RepeatedKind kind = likeness == null ? null : kinds.get(likeness);
    return kind == null || kind.isForgotten() ? null : kind;
  }

  void remember(Likeness likeness, RepeatedKind kind) {
    if (kinds.size() >= MAX_KINDS) {
      kinds.clear();
    }
    kinds.put(likeness, kind);
  }
}
