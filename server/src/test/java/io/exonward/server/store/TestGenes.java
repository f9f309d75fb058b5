package io.exonward.server.store;

import io.exonward.server.alert.AlertStore;
import io.exonward.server.alert.Alerts;
import io.exonward.server.alert.LineageAlerts;
import io.exonward.server.gene.Analyses;
import io.exonward.server.gene.AnalysisStore;
import io.exonward.server.gene.Families;
import io.exonward.server.gene.FamilyStore;
import io.exonward.server.gene.GeneCounters;
import io.exonward.server.gene.GeneFindings;
import io.exonward.server.gene.GeneMatching;
import io.exonward.server.gene.GeneSetStore;
import io.exonward.server.gene.GeneSets;
import io.exonward.server.gene.GeneSignal;
import io.exonward.server.gene.IndexSize;
import io.exonward.server.gene.LineageStore;
import io.exonward.server.gene.Lineages;
import io.exonward.server.gene.SampleIndex;
import io.exonward.server.inventory.Hosts;
import io.exonward.server.inventory.Transactions;
import java.nio.file.Path;
import java.time.Clock;

/** All about genes over a real database, without the thread: tests compare when they want to. */
public final class TestGenes {
  public final GeneSetStore geneSets;
  public final AnalysisStore analysisStore;
  public final Families families;
  public final Analyses analyses;
  public final Lineages lineages;
  public final GeneCounters counters = new GeneCounters();

  private final LineageStore lineageStore;
  private final FamilyStore familyStore;
  private final GeneFindings findings;
  private final Transactions transactions;
  private final Clock clock;
  private final IndexSize size = new IndexSize();

  public TestGenes(
      Database database,
      Alerts alerts,
      AlertStore alertStore,
      Hosts hosts,
      Transactions transactions,
      Clock clock) {
    this.transactions = transactions;
    this.clock = clock;
    GeneSignal signal = new GeneSignal();
    familyStore = new JdbcFamilyStore(database);
    geneSets = new JdbcGeneSetStore(database);
    analysisStore = new JdbcAnalysisStore(database);
    lineageStore = lineageStore(database);
    findings = new LineageAlerts(alertStore, alerts, hosts, clock);
    GeneSets trust = new GeneSets(geneSets, findings, clock);
    families = new Families(familyStore, trust, transactions, clock, signal);
    analyses = new Analyses(analysisStore, trust, families, transactions, clock, signal, counters);
    lineages =
        new Lineages(lineageStore, geneSets, analysisStore, analyses, transactions, signal, size);
  }

  public static LineageStore lineageStore(Database database) {
    return new JdbcLineageStore(database);
  }

  /** With an index of its own; whoever asks closes it. */
  public GeneMatching matching(Path index) {
    return new GeneMatching(
        new SampleIndex(index, familyStore, geneSets),
        familyStore,
        geneSets,
        lineageStore,
        analyses,
        lineages.publishing(findings),
        transactions,
        clock,
        counters,
        size);
  }

  /** Compares all that is due. */
  public void compare(Path index) {
    try (GeneMatching matching = matching(index)) {
      while (matching.round() > 0) {
        // until nothing is due
      }
    }
  }
}
