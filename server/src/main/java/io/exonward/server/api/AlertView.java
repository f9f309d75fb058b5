package io.exonward.server.api;

import io.exonward.common.attack.Technique;
import io.exonward.common.hash.Sha256;
import io.exonward.server.alert.Alert;
import io.exonward.server.detect.DetectionKind;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An alert in JSON. */
record AlertView(
    long id,
    String title,
    String severity,
    String status,
    @Nullable String verdict,
    @Nullable String reason,
    List<String> detections,
    List<TechniqueView> techniques,
    String group,
    @Nullable String sha256,
    @Nullable String origin,
    @Nullable String executable,
    int hostCount,
    long occurrences,
    Instant firstAt,
    Instant lastAt,
    @Nullable String assignee,
    int reopened,
    @Nullable Long ruleId,
    @Nullable String coverage) {
  static AlertView of(Alert it) {
    Sha256 sha256 = it.sha256();
    return new AlertView(
        it.id(),
        it.title(),
        Fields.code(it.severity()),
        Fields.code(it.status()),
        Fields.codeOrNull(it.verdict()),
        it.reason(),
        it.detections().stream().sorted().map(DetectionKind::code).toList(),
        it.techniques().stream().map(TechniqueView::of).toList(),
        it.group(),
        sha256 == null ? null : sha256.toString(),
        Fields.codeOrNull(it.origin()),
        it.executable(),
        it.hostCount(),
        it.occurrences(),
        it.firstAt(),
        it.lastAt(),
        it.assignee(),
        it.reopened(),
        it.ruleId(),
        Fields.codeOrNull(it.coverage()));
  }

  /** An ATT&amp;CK technique. */
  record TechniqueView(String id, String name, String tactic) {
    static TechniqueView of(Technique it) {
      return new TechniqueView(it.id(), it.title(), Fields.code(it.tactic()));
    }
  }
}
