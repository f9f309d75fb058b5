package io.exonward.server.policy;

import io.exonward.common.hash.Sha256;
import io.exonward.common.policy.PackageRef;
import io.exonward.server.inventory.Page;
import io.exonward.server.inventory.PageRequest;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Keeps what groups learned. Every method takes part in the surrounding transaction. */
public interface BaselineStore {
  /** Adds code that was seen; at most one entry for each content. Known ones stay as they are. */
  void addCode(String group, Collection<LearnedCode> code, Instant now);

  /** Adds packages that are installed. */
  void addPackages(String group, Collection<PackageRef> packages, Instant now);

  /** Those of {@code code} that are in the baseline. */
  Set<Sha256> findCode(String group, Collection<Sha256> code);

  /** Those of {@code packages} that are in the baseline in exactly that version. */
  Set<PackageRef> findPackages(String group, Collection<PackageRef> packages);

  /** Ascending, at most {@code limit}. */
  List<Sha256> listCode(String group, int limit);

  /** At most {@code limit}. */
  List<PackageRef> listPackages(String group, int limit);

  /** Newest first. */
  Page<BaselineEntry> list(String group, PageRequest page);

  /** Groups whose baseline holds this content, by name. */
  List<String> groupsHolding(Sha256 sha256);

  int countCode(String group);

  int countCodeSince(String group, Instant since);

  int countPackages(String group);

  /** Code to learn. */
  record LearnedCode(Sha256 sha256, @Nullable String executable) {}
}
