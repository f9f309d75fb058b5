package io.exonward.server.api;

import io.exonward.common.event.Event;
import io.exonward.server.alert.AlertDetail;
import io.exonward.server.alert.AlertHistory;
import io.exonward.server.alert.AlertHost;
import io.exonward.server.alert.AllowProposal;
import io.exonward.server.api.CoverageView.MomentView;
import io.exonward.server.api.RuleView.SelectorView;
import io.exonward.server.coverage.CoverageMoment;
import io.exonward.server.detect.Evidence;
import io.exonward.server.gene.Lineage;
import io.exonward.server.inventory.ExecutionRecord;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** All about one alert in JSON. */
record AlertDetailView(
    AlertView alert,
    List<EvidenceView> evidence,
    List<HostView> hosts,
    List<HistoryView> history,
    @Nullable SelectorView allowProposal,
    @Nullable String allowRefusal,
    @Nullable LineageView lineage,
    @Nullable MomentView coverage) {
  static AlertDetailView of(AlertDetail it) {
    AllowProposal proposal = it.allowProposal();
    Lineage lineage = it.lineage();
    CoverageMoment coverage = it.coverage();
    return new AlertDetailView(
        AlertView.of(it.alert()),
        it.evidence().stream().map(EvidenceView::of).toList(),
        it.hosts().stream().map(HostView::of).toList(),
        it.history().stream().map(HistoryView::of).toList(),
        proposal instanceof AllowProposal.Possible(var selector) ? SelectorView.of(selector) : null,
        proposal instanceof AllowProposal.Refused(var reason) ? reason : null,
        lineage == null ? null : LineageView.of(lineage),
        coverage == null ? null : MomentView.of(coverage));
  }

  /** Why something was detected. */
  record EvidenceView(
      Instant occurredAt,
      UUID hostId,
      String hostname,
      String detection,
      String severity,
      String summary,
      @Nullable ExecutionView execution,
      @Nullable LoadView load,
      @Nullable ActionView action,
      @Nullable LossView loss) {
    static EvidenceView of(Evidence it) {
      ExecutionRecord execution = it.execution();
      Event.CodeLoad load = it.load();
      Event.Action action = it.action();
      Event.Loss loss = it.loss();
      return new EvidenceView(
          it.occurredAt(),
          it.hostId(),
          it.hostname(),
          it.kind().code(),
          Fields.code(it.kind().severity()),
          it.summary(),
          execution == null ? null : ExecutionView.of(execution),
          load == null ? null : LoadView.of(load),
          action == null ? null : ActionView.of(action),
          loss == null ? null : LossView.of(loss));
    }
  }

  /** A host on which it happened. */
  record HostView(UUID id, String hostname, long occurrences, Instant firstAt, Instant lastAt) {
    static HostView of(AlertHost it) {
      return new HostView(it.id(), it.hostname(), it.occurrences(), it.firstAt(), it.lastAt());
    }
  }

  /** A step in its life. */
  record HistoryView(Instant at, String actor, String action, @Nullable String detail) {
    static HistoryView of(AlertHistory it) {
      return new HistoryView(it.at(), it.actor(), Fields.code(it.action()), it.detail());
    }
  }
}
