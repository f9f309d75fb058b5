package io.exonward.common.policy;

/** What a rule does. */
public enum Effect {
  ALLOW,
  DENY
}
