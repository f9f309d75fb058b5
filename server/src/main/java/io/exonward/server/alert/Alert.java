package io.exonward.server.alert;

import io.exonward.common.attack.Technique;
import io.exonward.common.event.Coverage.SensorLevel;
import io.exonward.common.file.CodeOrigin;
import io.exonward.common.hash.Sha256;
import io.exonward.server.detect.DetectionKind;
import io.exonward.server.detect.Severity;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Detections about one thing in one host group.
 *
 * @param title for example "Unknown code executed: /srv/x", with untrusted text
 * @param severity the highest of its detections
 * @param verdict null until it is resolved
 * @param reason given when it was resolved; null until then
 * @param occurrences how often it happened, on all hosts
 * @param assignee operator who works on it; null if nobody does
 * @param reopened how often it came back after the verdict true_positive
 * @param ruleId rule written when it was settled; null if none was
 * @param coverage level of the newest host when it was reported; null if not known
 */
public record Alert(
    long id,
    String title,
    Severity severity,
    AlertStatus status,
    @Nullable Verdict verdict,
    @Nullable String reason,
    Set<DetectionKind> detections,
    String group,
    @Nullable Sha256 sha256,
    @Nullable CodeOrigin origin,
    @Nullable String executable,
    int hostCount,
    long occurrences,
    Instant firstAt,
    Instant lastAt,
    @Nullable String assignee,
    int reopened,
    @Nullable Long ruleId,
    @Nullable SensorLevel coverage) {
  public Alert {
    detections = Set.copyOf(detections);
  }

  /** What an attacker would be doing, by the detections. */
  public List<Technique> techniques() {
    return detections.stream().sorted().map(DetectionKind::technique).distinct().toList();
  }
}
