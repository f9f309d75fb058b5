package io.exonward.server.api;

import io.exonward.common.gene.match.FamilyMatch;
import io.exonward.common.gene.match.Novel;
import io.exonward.server.gene.Lineage;
import java.time.Instant;
import java.util.List;

/** What code is related to, in JSON. */
record LineageView(
    String classification,
    String reason,
    boolean verified,
    List<MatchView> families,
    Novel novel,
    boolean complete,
    Instant analyzedAt) {
  static LineageView of(Lineage it) {
    return new LineageView(
        Fields.code(it.classification()),
        it.reason(),
        it.isVerified(),
        it.families().stream().map(MatchView::of).toList(),
        it.novel(),
        it.isComplete(),
        it.analyzedAt());
  }

  /** A family that it is related to. */
  record MatchView(
      String name,
      String kind,
      String version,
      double share,
      double shareCodeOnly,
      int functions,
      double evidence) {
    static MatchView of(FamilyMatch it) {
      return new MatchView(
          it.family().name(),
          Fields.code(it.family().kind()),
          it.version(),
          it.share(),
          it.shareCodeOnly(),
          it.functions(),
          it.evidence());
    }
  }
}
