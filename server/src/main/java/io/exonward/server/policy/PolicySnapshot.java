package io.exonward.server.policy;

import io.exonward.common.hash.Sha256;
import io.exonward.common.policy.Mode;
import io.exonward.common.policy.PackageRef;
import io.exonward.common.policy.Rule;
import java.util.List;

/**
 * A group's policy as agents get it.
 *
 * @param rules that have not expired, at most 10000
 * @param code content of the baseline, ascending
 * @param isBaselineComplete the baseline above is whole
 */
public record PolicySnapshot(
    String group,
    long version,
    Mode mode,
    List<Rule> rules,
    List<Sha256> code,
    List<PackageRef> packages,
    boolean isBaselineComplete) {
  /** Most code objects that an agent is sent. */
  public static final int MAX_CODE = 65_536;

  /** Most packages that an agent is sent. */
  public static final int MAX_PACKAGES = 20_000;

  public PolicySnapshot {
    rules = List.copyOf(rules);
    code = List.copyOf(code);
    packages = List.copyOf(packages);
  }
}
