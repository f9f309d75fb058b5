package io.exonward.server.alert;

import io.exonward.common.file.CodeOrigin;
import io.exonward.common.hash.Sha256;
import io.exonward.server.alert.AlertHistory.Action;
import io.exonward.server.detect.Detection;
import io.exonward.server.detect.DetectionKind;
import io.exonward.server.detect.LineageDetectors;
import io.exonward.server.detect.LineageDetectors.Past;
import io.exonward.server.detect.Severity;
import io.exonward.server.detect.Subject;
import io.exonward.server.gene.GeneFindings;
import io.exonward.server.gene.Lineage;
import io.exonward.server.inventory.Hosts;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Raises alerts about what genes say, on all hosts where the code ever ran, and tells alerts that
 * are open already where their code comes from. Thread-safe.
 */
public final class LineageAlerts implements GeneFindings {
  private static final String SERVER = "server";

  /** What an alert has to be about, and nothing else, to be milder for trusted lineage. */
  private static final Set<DetectionKind> MILDER =
      Set.of(
          DetectionKind.UNKNOWN_CODE,
          DetectionKind.UNKNOWN_LIBRARY,
          DetectionKind.UNKNOWN_PROGRAM,
          DetectionKind.REBUILT_CODE);

  private final AlertStore store;
  private final Alerts alerts;
  private final Hosts hosts;
  private final Clock clock;

  public LineageAlerts(AlertStore store, Alerts alerts, Hosts hosts, Clock clock) {
    this.store = store;
    this.alerts = alerts;
    this.hosts = hosts;
    this.clock = clock;
  }

  @Override
  public void classified(@Nullable Lineage before, Lineage now) {
    boolean isNews =
        before == null
            ? !LineageDetectors.isMute(now)
            : before.classification() != now.classification()
                || before.isVerified() != now.isVerified()
                || !names(before).equals(names(now));
    if (!isNews) {
      return;
    }
    Instant at = clock.instant();
    List<Alert> open = store.lockOpen(now.sha256());
    open.forEach(alert -> tell(alert, now, at));
    if (now.isMalicious()) {
      CodeOrigin origin =
          open.stream()
              .flatMap(alert -> Optional.ofNullable(alert.origin()).stream())
              .findFirst()
              .orElse(CodeOrigin.FILE);
      raise(now, origin, at);
    }
  }

  /** Of which families it is, whatever their shares. */
  private static Set<String> names(Lineage lineage) {
    return lineage.families().stream().map(it -> it.family().name()).collect(Collectors.toSet());
  }

  private void tell(Alert alert, Lineage lineage, Instant at) {
    store.addHistory(alert.id(), new AlertHistory(at, SERVER, Action.ANALYZED, lineage.text()));
    if (lineage.isMalicious() && alert.origin() != null) {
      String title = LineageDetectors.title(alert.executable());
      store.retitle(alert.id(), title, DetectionKind.MALICIOUS_CODE.severity());
    } else if (lineage.isTrusted() && MILDER.containsAll(alert.detections())) {
      store.retitle(alert.id(), alert.title(), Severity.LOW);
    }
    alerts.publish(alert.id());
  }

  private void raise(Lineage lineage, CodeOrigin origin, Instant at) {
    Map<String, List<Past>> byGroup =
        store.listPast(lineage.sha256(), at).stream()
            .collect(Collectors.groupingBy(Past::group, TreeMap::new, Collectors.toList()));
    byGroup.forEach((group, pasts) ->
        pasts.forEach(past -> {
          Subject subject = Subject.ofCode(lineage.sha256(), origin, past.executable());
          Detection found = LineageDetectors.found(past, subject, lineage, at);
          alerts.raise(group, past.host(), List.of(found), null);
        }));
  }

  @Override
  public void disputed(Sha256 sha256, UUID host, boolean isAgainstVerified) {
    hosts
        .find(host)
        .ifPresent(it ->
            alerts.raise(
                it.group(),
                host,
                List.of(
                    LineageDetectors.disputed(
                        Subject.ofDispute(sha256),
                        host,
                        it.hostname(),
                        isAgainstVerified,
                        clock.instant())),
                null));
  }
}
