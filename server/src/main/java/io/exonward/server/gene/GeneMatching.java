package io.exonward.server.gene;

import io.exonward.common.gene.GeneSet;
import io.exonward.common.gene.index.GeneIndex;
import io.exonward.common.gene.match.Classification;
import io.exonward.common.gene.match.CodeAnalysis;
import io.exonward.common.gene.match.Matcher;
import io.exonward.common.gene.match.Novel;
import io.exonward.common.hash.Sha256;
import io.exonward.server.inventory.Transactions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares code with all families: new code at once, and all known code again after families have
 * changed, which finds past hosts of a new family. One code object at a time, so that it costs at
 * most one core; what is not done when the server stops is due when it starts. Used by one thread.
 */
public final class GeneMatching implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(GeneMatching.class);
  private static final int BATCH = 16;

  /** Families that grow by themselves have known code compared again so often, at most. */
  private static final Duration HUNT_PAUSE = Duration.ofMinutes(10);

  private final SampleIndex index;
  private final FamilyStore families;
  private final GeneSetStore geneSets;
  private final LineageStore lineages;
  private final Analyses analyses;
  private final GeneFindings findings;
  private final Transactions transactions;
  private final Clock clock;
  private final GeneCounters counters;
  private final IndexSize size;
  private @Nullable GeneIndex open;
  private long indexed;
  private Instant huntedAt;

  public GeneMatching(
      SampleIndex index,
      FamilyStore families,
      GeneSetStore geneSets,
      LineageStore lineages,
      Analyses analyses,
      GeneFindings findings,
      Transactions transactions,
      Clock clock,
      GeneCounters counters,
      IndexSize size) {
    this.index = index;
    this.families = families;
    this.geneSets = geneSets;
    this.lineages = lineages;
    this.analyses = analyses;
    this.findings = findings;
    this.transactions = transactions;
    this.clock = clock;
    this.counters = counters;
    this.size = size;
    huntedAt = clock.instant();
  }

  /**
   * Compares some of what is due.
   *
   * @return how many code objects; 0 if nothing is due
   */
  public int round() {
    FamilyStore.Generation generation = families.generation();
    GeneIndex current = refresh(generation.last());
    huntIfDue(generation);
    List<StoredGeneSet> due = lineages.listDue(GeneSet.DEFINITION, BATCH);
    Matcher matcher = new Matcher(current);
    for (StoredGeneSet set : due) {
      if (Thread.currentThread().isInterrupted()) {
        break;
      }
      compare(matcher, set);
    }
    return due.size();
  }

  private GeneIndex refresh(long generation) {
    GeneIndex current = open;
    if (current == null || indexed != generation) {
      open = null;
      current = index.refresh();
      open = current;
      indexed = generation;
      size.changed(current.genes(), current.functions(), current.bytes());
    }
    return current;
  }

  private void huntIfDue(FamilyStore.Generation generation) {
    Instant now = clock.instant();
    boolean isDue = Duration.between(huntedAt, now).compareTo(HUNT_PAUSE) >= 0;
    if (isDue && generation.hunted() < generation.last()) {
      families.hunt();
    }
    if (isDue) {
      huntedAt = now;
    }
  }

  private void compare(Matcher matcher, StoredGeneSet set) {
    Sha256 sha256 = set.sha256();
    CodeAnalysis analysis = analyze(matcher, sha256);
    Lineage now = Lineage.of(sha256, analysis, set.isVerified(), clock.instant());
    transactions.run(() -> {
      Optional<Lineage> before = lineages.find(sha256);
      lineages.put(now, analysis.functions(), indexed);
      if (now.classification() == Classification.TRUSTED && !now.isVerified()) {
        analyses.wantVerification(sha256);
      }
      findings.classified(before.orElse(null), now);
    });
    counters.countCompared();
  }

  /** What cannot be compared must not keep the rest waiting. */
  private CodeAnalysis analyze(Matcher matcher, Sha256 sha256) {
    byte[] bytes = geneSets.readBytes(sha256).orElseThrow();
    try {
      return matcher.analyze(GeneForm.read(bytes));
    } catch (IllegalArgumentException | IllegalStateException | IndexOutOfBoundsException e) {
      LOG.atError().addKeyValue("sha256", sha256).setCause(e).log("code cannot be compared");
      return new CodeAnalysis(
          Classification.UNKNOWN,
          "its genes cannot be compared; the server's log says why",
          List.of(),
          new Novel(0, 0),
          List.of(),
          false);
    }
  }

  @Override
  public void close() {
    open = null;
    index.close();
  }
}
