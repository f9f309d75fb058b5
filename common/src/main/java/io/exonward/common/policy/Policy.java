package io.exonward.common.policy;

import java.util.List;

/**
 * What a host group may run.
 *
 * @param version rises with every change
 * @param rules in any order: order never matters
 */
public record Policy(String group, long version, Mode mode, List<Rule> rules, Baseline baseline) {
  public Policy {
    rules = List.copyOf(rules);
  }
}
