package io.exonward.server.policy;

import io.exonward.common.event.Code;
import io.exonward.common.file.FileIdentity;
import io.exonward.common.hash.Sha256;
import io.exonward.common.policy.PackageRef;
import io.exonward.server.policy.BaselineStore.LearnedCode;
import java.time.Clock;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Lets baselines grow while their group learns. Left out is what nobody should trust by habit: code
 * without a file, files that any user may write to, files in directories that are open to all or
 * not known, and code whose content is not known. Thread-safe.
 */
public final class Learning {
  private static final List<String> OPEN_DIRECTORIES = List.of("/tmp/", "/var/tmp/", "/dev/shm/");

  private final GroupStore groups;
  private final BaselineStore baselines;
  private final Clock clock;

  public Learning(GroupStore groups, BaselineStore baselines, Clock clock) {
    this.groups = groups;
    this.baselines = baselines;
    this.clock = clock;
  }

  /**
   * Code that ran, executed or loaded.
   *
   * @param path null if not known
   */
  public record SeenCode(Code code, @Nullable String path) {}

  /**
   * Adds what ran to the group's baseline, if it still learns; part of the surrounding transaction.
   */
  public void learn(String group, Collection<SeenCode> seen, Collection<PackageRef> packages) {
    Map<Sha256, LearnedCode> learned = new HashMap<>();
    for (SeenCode one : seen) {
      if (isTrustworthy(one)) {
        one.code()
            .hash()
            .findSha256()
            .ifPresent(sha256 -> learned.putIfAbsent(sha256, new LearnedCode(sha256, one.path())));
      }
    }
    Set<Sha256> known = baselines.findCode(group, learned.keySet());
    learned.keySet().removeAll(known);
    boolean isNews = !learned.isEmpty() || !packages.isEmpty();
    if (isNews && groups.holdLearning(group)) {
      baselines.addCode(group, learned.values(), clock.instant());
      baselines.addPackages(group, packages, clock.instant());
    }
  }

  private static boolean isTrustworthy(SeenCode seen) {
    Code code = seen.code();
    FileIdentity file = code.file();
    return code.origin().isFile()
        && (file == null || !file.isWorldWritable())
        && isInClosedDirectory(seen.path());
  }

  /** Where a path is not resolved, nobody knows what it lies in. */
  private static boolean isInClosedDirectory(@Nullable String path) {
    return path != null
        && path.startsWith("/")
        && !path.contains("/../")
        && OPEN_DIRECTORIES.stream().noneMatch(path::startsWith);
  }
}
