package io.exonward.common.policy;

import io.exonward.common.hash.Sha256;

/** What a host group was observed to run while it learned. */
public interface Baseline {
  /** Whether content was seen: YES, NO, or UNKNOWN where this copy of the baseline is not whole. */
  Membership contains(Sha256 sha256);

  /** The same for a package in exactly this version. */
  Membership contains(PackageRef owner);

  /** An answer. */
  enum Membership {
    YES,
    NO,
    UNKNOWN
  }
}
