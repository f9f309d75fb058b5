package io.exonward.server.gene;

import io.exonward.common.gene.GeneSet;
import io.exonward.common.hash.Sha256;
import io.exonward.server.gene.AnalysisStore.Progress;
import io.exonward.server.gene.CodeGenes.State;
import io.exonward.server.inventory.Changes;
import io.exonward.server.inventory.PageRequest;
import io.exonward.server.inventory.Transactions;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What is known of the genes of code. Thread-safe. */
public final class Lineages {
  private final LineageStore store;
  private final GeneSetStore geneSets;
  private final AnalysisStore analysisStore;
  private final Analyses analyses;
  private final Transactions transactions;
  private final GeneSignal signal;
  private final IndexSize index;
  private final Changes<Lineage> changes = new Changes<>();

  public Lineages(
      LineageStore store,
      GeneSetStore geneSets,
      AnalysisStore analysisStore,
      Analyses analyses,
      Transactions transactions,
      GeneSignal signal,
      IndexSize index) {
    this.store = store;
    this.geneSets = geneSets;
    this.analysisStore = analysisStore;
    this.analyses = analyses;
    this.transactions = transactions;
    this.signal = signal;
    this.index = index;
  }

  /** Empty until it was compared. */
  public Optional<Lineage> find(Sha256 sha256) {
    return store.find(sha256);
  }

  /** Code that was not compared is absent. */
  public Map<Sha256, Lineage> findAll(Collection<Sha256> hashes) {
    return hashes.isEmpty() ? Map.of() : store.findAll(hashes);
  }

  /** What was found out anew, after the commit. */
  public Changes<Lineage> changes() {
    return changes;
  }

  /** The same findings, that are also published where they change what is said of code. */
  public GeneFindings publishing(GeneFindings findings) {
    return new Publishing(findings, transactions, changes);
  }

  private record Publishing(
      GeneFindings findings, Transactions transactions, Changes<Lineage> changes)
      implements GeneFindings {
    @Override
    public void classified(@Nullable Lineage before, Lineage now) {
      findings.classified(before, now);
      if (before == null
          || before.classification() != now.classification()
          || before.isVerified() != now.isVerified()) {
        transactions.afterCommit(() -> changes.publish(now));
      }
    }

    @Override
    public void disputed(Sha256 sha256, UUID host, boolean isAgainstVerified) {
      findings.disputed(sha256, host, isAgainstVerified);
    }
  }

  /** Tells the connected hosts where this code ran. */
  public void tell(AnalysisAgents agents, Lineage lineage) {
    store.holders(lineage.sha256(), agents.connected()).forEach(host -> agents.tell(host, lineage));
  }

  /** Sums over everything. */
  public GeneFigures readFigures() {
    return store.readFigures(GeneSet.DEFINITION, index);
  }

  /** All about one code object; nothing is known of most. */
  public CodeGenes read(Sha256 sha256, PageRequest functions) {
    return transactions.call(() -> {
      Optional<Lineage> lineage = store.find(sha256);
      Progress progress = analysisStore.readProgress(sha256);
      return new CodeGenes(
          sha256,
          state(sha256, lineage.isPresent(), progress),
          progress.claims(),
          progress.digests() > 1,
          progress.error(),
          lineage.orElse(null),
          store.listFunctions(sha256, functions));
    });
  }

  private State state(Sha256 sha256, boolean isCompared, Progress progress) {
    if (isCompared) {
      return State.ANALYZED;
    }
    if (geneSets.find(sha256).isPresent()) {
      return State.COMPARING;
    }
    if (progress.isAsked()) {
      return State.ASKED;
    }
    if (progress.isWaiting()) {
      return State.WAITING;
    }
    return progress.withoutGenes() > 0 ? State.WITHOUT_GENES : State.UNASKED;
  }

  /** Compares it again; if nobody said what its genes are, asks again. */
  public void again(Sha256 sha256) {
    transactions.run(() -> {
      store.expire(sha256);
      analyses.again(sha256);
      transactions.afterCommit(signal::raise);
    });
  }
}
