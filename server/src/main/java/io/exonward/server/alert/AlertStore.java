package io.exonward.server.alert;

import io.exonward.common.event.Coverage.SensorLevel;
import io.exonward.common.hash.Sha256;
import io.exonward.server.detect.Detection;
import io.exonward.server.detect.Evidence;
import io.exonward.server.detect.LineageDetectors.Past;
import io.exonward.server.detect.Severity;
import io.exonward.server.inventory.Page;
import io.exonward.server.inventory.PageRequest;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Keeps alerts. Every method takes part in the surrounding transaction. */
public interface AlertStore {
  /**
   * The alert about {@code subjectKey} in {@code group}, held off from other transactions until the
   * end of this one. It is added, with the status new and no occurrences, if there is none.
   */
  Opened open(String group, Detection first, Instant now);

  /** The same for a known alert. */
  Optional<Alert> lock(long id);

  /** Counts occurrences and keeps evidence: the first row and the newest 19 remain. */
  void addOccurrences(long id, Occurrences occurrences);

  /** Replaces where the alert stands. */
  void settle(long id, Settlement settlement);

  void addHistory(long id, AlertHistory step);

  /**
   * Open alerts about this code, held off from other transactions, in the order of their numbers.
   */
  List<Alert> lockOpen(Sha256 sha256);

  /** Gives an alert another title and severity. */
  void retitle(long id, String title, Severity severity);

  /**
   * Hosts where this code ran, at most 1000, whose group no allow rule about this content covers;
   * counted as 0 where an alert about it has the host already.
   */
  List<Past> listPast(Sha256 sha256, Instant now);

  Optional<Alert> find(long id);

  /** Newest activity first. */
  Page<Alert> list(AlertFilter filter, PageRequest page);

  /** Oldest first. */
  List<Evidence> listEvidence(long id);

  /** At most 100, most occurrences first. */
  List<AlertHost> listHosts(long id);

  /** Oldest first, the newest 500. */
  List<AlertHistory> listHistory(long id);

  /** Alerts that are not settled, by host; hosts without any are absent. */
  Map<UUID, Integer> countOpen(Collection<UUID> hosts);

  AlertFigures readFigures(Instant since);

  /**
   * @param isNew it was just added
   */
  record Opened(Alert alert, boolean isNew) {}

  /**
   * What one batch says of one alert.
   *
   * @param detections oldest first, all about one thing on this host
   * @param coverage what its sensors can see; null if not known
   */
  record Occurrences(UUID hostId, List<Detection> detections, @Nullable SensorLevel coverage) {
    public Occurrences {
      detections = List.copyOf(detections);
    }
  }

  /** Where an alert stands. */
  record Settlement(
      AlertStatus status,
      @Nullable Verdict verdict,
      @Nullable String reason,
      @Nullable String assignee,
      int reopened,
      @Nullable Long ruleId) {}
}
