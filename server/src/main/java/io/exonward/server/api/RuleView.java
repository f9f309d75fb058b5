package io.exonward.server.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.exonward.common.hash.Sha256;
import io.exonward.common.policy.Selector;
import io.exonward.server.policy.GroupRule;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A rule in JSON. */
record RuleView(
    long id,
    String group,
    String effect,
    SelectorView selector,
    String reason,
    String owner,
    Instant createdAt,
    @Nullable Instant expiresAt,
    @Nullable Long alertId) {
  static RuleView of(GroupRule it) {
    return new RuleView(
        it.rule().id(),
        it.group(),
        Fields.code(it.rule().effect()),
        SelectorView.of(it.rule().selector()),
        it.reason(),
        it.owner(),
        it.createdAt(),
        it.rule().expiresAt(),
        it.alertId());
  }

  /** What a rule is about; also what a request names. */
  record SelectorView(
      @Nullable String sha256,
      @JsonProperty("package") @Nullable String packageName,
      @Nullable String path,
      @Nullable String memory) {
    static SelectorView of(Selector it) {
      Sha256 sha256 = it.sha256();
      return new SelectorView(
          sha256 == null ? null : sha256.toString(),
          it.packageName(),
          it.path(),
          Fields.codeOrNull(it.memory()));
    }
  }
}
