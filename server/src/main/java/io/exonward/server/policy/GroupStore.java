package io.exonward.server.policy;

import io.exonward.common.policy.Mode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Keeps host groups. Every method takes part in the surrounding transaction. */
public interface GroupStore {
  /** Adds a group; false if the name is taken. */
  boolean insert(String name, GroupMode mode, Instant createdAt);

  Optional<HostGroup> find(String name);

  /** By name. */
  List<HostGroup> list();

  void setMode(String name, GroupMode mode);

  /** Raises the policy version; holds off other changes of this group until the end. */
  void touch(String name);

  /** Whether the group learns, and holds that so until the end of the transaction. */
  boolean holdLearning(String name);

  /** Groups that still learn although their time to do so is over. */
  List<String> findLearnedBy(Instant now);

  /**
   * @param frozenAt null while it learns
   */
  record GroupMode(Mode mode, @Nullable Instant learnUntil, @Nullable Instant frozenAt) {}
}
