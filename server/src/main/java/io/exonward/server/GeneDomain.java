package io.exonward.server;

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
import io.exonward.server.gene.GeneWorker;
import io.exonward.server.gene.IndexSize;
import io.exonward.server.gene.LineageStore;
import io.exonward.server.gene.Lineages;
import io.exonward.server.gene.SampleIndex;
import io.exonward.server.inventory.Transactions;
import io.exonward.server.store.Database;
import io.exonward.server.store.JdbcAnalysisStore;
import io.exonward.server.store.JdbcFamilyStore;
import io.exonward.server.store.JdbcGeneSetStore;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.util.function.ToDoubleFunction;

/** Families, what hosts say of genes, and what code is related to. */
final class GeneDomain {
  final Families families;
  final Analyses analyses;
  final Lineages lineages;
  private final GeneSignal signal = new GeneSignal();
  private final GeneCounters counters = new GeneCounters();
  private final GeneMatching matching;

  /** What it stands on. */
  record Parts(
      Database database,
      LineageStore lineages,
      GeneFindings findings,
      Transactions transactions,
      Clock clock) {}

  /**
   * @param directory of the index
   */
  GeneDomain(Parts parts, Path directory) {
    Transactions transactions = parts.transactions();
    Clock clock = parts.clock();
    FamilyStore familyStore = new JdbcFamilyStore(parts.database());
    GeneSetStore setStore = new JdbcGeneSetStore(parts.database());
    AnalysisStore analysisStore = new JdbcAnalysisStore(parts.database());
    IndexSize size = new IndexSize();
    GeneSets geneSets = new GeneSets(setStore, parts.findings(), clock);
    families = new Families(familyStore, geneSets, transactions, clock, signal);
    analyses =
        new Analyses(analysisStore, geneSets, families, transactions, clock, signal, counters);
    lineages =
        new Lineages(
            parts.lineages(), setStore, analysisStore, analyses, transactions, signal, size);
    matching =
        new GeneMatching(
            new SampleIndex(directory, familyStore, setStore),
            familyStore,
            setStore,
            parts.lineages(),
            analyses,
            lineages.publishing(parts.findings()),
            transactions,
            clock,
            counters,
            size);
  }

  /** Begins to compare code with families; at most once. */
  GeneWorker start() {
    return GeneWorker.start(matching, signal);
  }

  void bind(MeterRegistry metrics) {
    bind(metrics, "asked", GeneCounters::asked);
    bind(metrics, "answered", GeneCounters::answered);
    bind(metrics, "expired", GeneCounters::expired);
    bind(metrics, "unasked", GeneCounters::unasked);
    bind(metrics, "dropped", GeneCounters::dropped);
    bind(metrics, "compared", GeneCounters::compared);
  }

  private void bind(MeterRegistry metrics, String name, ToDoubleFunction<GeneCounters> count) {
    FunctionCounter.builder("exonward.genes." + name, counters, count).register(metrics);
  }
}
