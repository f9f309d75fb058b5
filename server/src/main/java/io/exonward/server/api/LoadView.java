package io.exonward.server.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.exonward.common.event.Code;
import io.exonward.common.event.Event;
import io.exonward.common.file.FileIdentity;
import io.exonward.common.hash.ContentHash;
import io.exonward.common.hash.Sha256;
import io.exonward.server.api.ExecutionView.AncestorView;
import io.exonward.server.api.ExecutionView.DecisionView;
import io.exonward.server.inventory.LoadRecord;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A code load in JSON; without number, times and count as evidence. */
record LoadView(
    @Nullable Long id,
    @Nullable Instant firstAt,
    @Nullable Instant lastAt,
    @Nullable Long count,
    String kind,
    @Nullable String path,
    AncestorView loader,
    String origin,
    @Nullable String sha256,
    @Nullable String hashAbsence,
    @Nullable Long sizeBytes,
    @JsonProperty("package") @Nullable String packageName,
    @Nullable String containerId,
    List<AncestorView> ancestry,
    @Nullable DecisionView decision) {
  static LoadView of(LoadRecord it) {
    return of(it, it.load());
  }

  static LoadView of(Event.CodeLoad load) {
    return of(null, load);
  }

  private static LoadView of(@Nullable LoadRecord record, Event.CodeLoad load) {
    Code code = load.code();
    FileIdentity file = code.file();
    return new LoadView(
        record == null ? null : record.id(),
        record == null ? null : record.firstAt(),
        record == null ? null : record.lastAt(),
        record == null ? null : record.count(),
        Fields.code(load.kind()),
        load.path(),
        AncestorView.of(load.loader()),
        Fields.code(code.origin()),
        code.hash().findSha256().map(Sha256::toString).orElse(null),
        code.hash() instanceof ContentHash.Missing(var reason) ? Fields.code(reason) : null,
        file == null ? null : file.sizeBytes(),
        ExecutionView.packageText(code.owner()),
        load.containerId(),
        load.ancestry().stream().map(AncestorView::of).toList(),
        load.decision() == null ? null : DecisionView.of(load.decision()));
  }
}
