package io.exonward.common.policy;

import org.jspecify.annotations.Nullable;

/**
 * What the policy says of one piece of code, and why.
 *
 * @param ruleId the rule that decided; null if none did
 * @param mode in force when it was decided
 */
public record Decision(
    Outcome outcome, Reason reason, @Nullable Long ruleId, Mode mode, long policyVersion) {
  /** The answer. */
  public enum Outcome {
    ALLOW,
    DENY,
    /** Nothing speaks for it or against it; the mode says what follows. */
    UNKNOWN,
    /** A fact that could decide is not known yet. */
    PENDING
  }

  /** Where the answer came from. */
  public enum Reason {
    /** An explicit rule. */
    RULE("rule"),
    /** The content is in the baseline. */
    BASELINE("baseline"),
    /** The package, in exactly this version, is in the baseline. */
    BASELINE_PACKAGE("baseline-package"),
    /** No trust source knows it. */
    NO_TRUST("no-trust"),
    /** It has no file that trust could be tied to. */
    NO_FILE("no-file"),
    /** A fact is missing. */
    FACT_MISSING("fact-missing");

    private final String code;

    Reason(String code) {
      this.code = code;
    }

    /** Stable name on the wire, in JSON and in the CLI. */
    public String code() {
      return code;
    }
  }
}
