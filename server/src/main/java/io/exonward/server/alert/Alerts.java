package io.exonward.server.alert;

import io.exonward.common.event.Coverage.SensorLevel;
import io.exonward.server.alert.AlertHistory.Action;
import io.exonward.server.alert.AlertStore.Occurrences;
import io.exonward.server.alert.AlertStore.Opened;
import io.exonward.server.alert.AlertStore.Settlement;
import io.exonward.server.coverage.CoverageMoment;
import io.exonward.server.coverage.Coverages;
import io.exonward.server.detect.Detection;
import io.exonward.server.detect.DetectionKind;
import io.exonward.server.detect.Evidence;
import io.exonward.server.gene.LineageStore;
import io.exonward.server.inventory.Changes;
import io.exonward.server.inventory.Page;
import io.exonward.server.inventory.PageRequest;
import io.exonward.server.inventory.RefusedException;
import io.exonward.server.inventory.Transactions;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Raises alerts, groups what belongs together, and reads them; {@link Triage} settles them.
 * Thread-safe.
 */
public final class Alerts {
  private static final String SERVER = "server";

  private final AlertStore store;
  private final Coverages coverages;
  private final LineageStore lineages;
  private final Transactions transactions;
  private final Clock clock;
  private final Changes<Alert> changes = new Changes<>();

  public Alerts(
      AlertStore store,
      Coverages coverages,
      LineageStore lineages,
      Transactions transactions,
      Clock clock) {
    this.store = store;
    this.coverages = coverages;
    this.lineages = lineages;
    this.transactions = transactions;
    this.clock = clock;
  }

  /** Alerts that were raised or have changed. */
  public Changes<Alert> changes() {
    return changes;
  }

  /** Newest activity first. */
  public Page<Alert> list(AlertFilter filter, PageRequest page) {
    return store.list(filter, page);
  }

  /**
   * All about one alert.
   *
   * @throws RefusedException if there is none of that number
   */
  public AlertDetail read(long id) {
    return transactions.call(() -> {
      Alert alert = store.find(id).orElseThrow(() -> RefusedException.notFound("alert", id));
      List<Evidence> evidence = store.listEvidence(id);
      return new AlertDetail(
          alert,
          evidence,
          store.listHosts(id),
          store.listHistory(id),
          Triage.propose(alert),
          Optional.ofNullable(alert.sha256()).flatMap(lineages::find).orElse(null),
          coverage(evidence));
    });
  }

  /** At the time and on the host of the newest piece of evidence. */
  private @Nullable CoverageMoment coverage(List<Evidence> evidence) {
    return evidence.stream()
        .max(Comparator.comparing(Evidence::occurredAt))
        .flatMap(newest -> coverages.find(newest.hostId(), newest.occurredAt()))
        .orElse(null);
  }

  /** Alerts that are not settled, by host; hosts without any are absent. */
  public Map<UUID, Integer> countOpen(Collection<UUID> hosts) {
    return hosts.isEmpty() ? Map.of() : store.countOpen(hosts);
  }

  /** Sums from {@code since} until now. */
  public AlertFigures readFigures(Instant since) {
    return store.readFigures(since);
  }

  /**
   * Groups what was detected on one host into alerts; part of the surrounding transaction.
   *
   * @param coverage what the host's sensors can see; null if not known
   */
  public void raise(
      String group, UUID host, List<Detection> detections, @Nullable SensorLevel coverage) {
    Map<String, List<Detection>> bySubject = new TreeMap<>(); // one order for all: no deadlocks
    for (Detection detection : detections) {
      bySubject.computeIfAbsent(detection.subject().key(), _ -> new ArrayList<>()).add(detection);
    }
    transactions.run(() ->
        bySubject.values().forEach(found -> raise(group, new Occurrences(host, found, coverage))));
  }

  private void raise(String group, Occurrences occurrences) {
    Instant now = clock.instant();
    Detection first = occurrences.detections().getFirst();
    Opened opened = store.open(group, first, now);
    Alert alert = opened.alert();
    store.addOccurrences(alert.id(), occurrences);
    if (opened.isNew()) {
      store.addHistory(alert.id(), new AlertHistory(now, SERVER, Action.RAISED, first.title()));
    } else if (comesBack(alert, occurrences.detections())) {
      reopen(alert, first, now);
    }
    publish(alert.id());
  }

  /**
   * What was malicious once must not come back unseen, nor what a rule allowed that counts no more,
   * nor what turns out to be malicious now. Another verdict on code stands for good; one on a blind
   * or silent host says nothing of the next time.
   */
  private static boolean comesBack(Alert alert, List<Detection> found) {
    boolean isAboutCode = alert.origin() != null || alert.executable() != null;
    return alert.status() == AlertStatus.RESOLVED
        && (!isAboutCode
            || alert.verdict() == Verdict.TRUE_POSITIVE
            || isFoundMalicious(alert, found)
            // the rule that settled it has expired or was removed
            || alert.ruleId() != null);
  }

  private static boolean isFoundMalicious(Alert alert, List<Detection> found) {
    return !alert.detections().contains(DetectionKind.MALICIOUS_CODE)
        && found.stream().anyMatch(it -> it.kind() == DetectionKind.MALICIOUS_CODE);
  }

  private void reopen(Alert alert, Detection cause, Instant now) {
    store.settle(
        alert.id(),
        new Settlement(AlertStatus.NEW, null, null, null, alert.reopened() + 1, alert.ruleId()));
    store.addHistory(
        alert.id(), new AlertHistory(now, SERVER, Action.REOPENED, cause.evidence().summary()));
  }

  void publish(long id) {
    transactions.afterCommit(() -> store.find(id).ifPresent(changes::publish));
  }
}
