package io.exonward.server.gene;

import io.exonward.common.gene.GeneSet;
import io.exonward.common.hash.Sha256;
import io.exonward.server.gene.AnalysisStore.Candidate;
import io.exonward.server.gene.AnalysisStore.OpenCount;
import io.exonward.server.gene.AnalysisStore.State;
import io.exonward.server.inventory.Transactions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Has the genes of code extracted by the hosts that reported it: once per fleet, three times where
 * trust may come of it. Thread-safe.
 */
public final class Analyses {
  /** After this another host is asked. */
  public static final Duration PATIENCE = Duration.ofMinutes(5);

  /**
   * Hosts waiting to be asked; more are left out, counted, and come again with their next report.
   */
  static final int CANDIDATES = 50_000;

  /** An agent has one child at a time for this, at the lowest priority. */
  static final int OPEN_PER_HOST = 2;

  static final int OPEN = 64;

  private static final Duration KEPT = Duration.ofDays(7);
  private static final int ERROR_CHARS = 256; // agent_service.proto, AnalysisResult

  private final AnalysisStore store;
  private final GeneSets geneSets;
  private final Families families;
  private final Transactions transactions;
  private final Clock clock;
  private final GeneSignal signal;
  private final GeneCounters counters;
  private final RecentSightings recent;

  public Analyses(
      AnalysisStore store,
      GeneSets geneSets,
      Families families,
      Transactions transactions,
      Clock clock,
      GeneSignal signal,
      GeneCounters counters) {
    this.store = store;
    this.geneSets = geneSets;
    this.families = families;
    this.transactions = transactions;
    this.clock = clock;
    this.signal = signal;
    this.counters = counters;
    recent = new RecentSightings(clock);
  }

  /** A host reported code. Part of the surrounding transaction. */
  public void seen(UUID host, Collection<Sighting> sightings) {
    List<Sighting> news =
        sightings.stream().distinct().filter(it -> !recent.contains(host, it)).toList();
    if (news.isEmpty()) {
      return;
    }
    if (store.countCandidates() >= CANDIDATES) {
      counters.countDropped(news.size());
      return;
    }
    store.addCandidates(host, news, GeneSet.DEFINITION, clock.instant());
    transactions.afterCommit(() -> news.forEach(it -> recent.add(host, it)));
  }

  /** To be called every second: takes back what was not answered, and asks for more. */
  public void tick(AnalysisAgents agents) {
    expire();
    ask(agents);
  }

  /** To be called now and then. */
  public void prune() {
    store.dropBefore(clock.instant().minus(KEPT));
  }

  private void expire() {
    Instant now = clock.instant();
    for (AnalysisRequest request : store.listExpired(now)) {
      transactions.run(() -> giveUp(request, "no answer in time"));
    }
  }

  private void giveUp(AnalysisRequest request, String why) {
    if (store.lockOpen(request.id(), request.host()).isPresent()) {
      store.close(request.id(), State.EXPIRED, why);
      store.putBack(request, clock.instant());
      counters.countExpired();
    }
  }

  private void ask(AnalysisAgents agents) {
    Map<UUID, Integer> open =
        new HashMap<>(
            store.countOpen().stream()
                .collect(Collectors.toMap(OpenCount::host, OpenCount::requests)));
    int room = OPEN - open.values().stream().mapToInt(Integer::intValue).sum();
    Set<UUID> free = new HashSet<>(agents.able());
    free.removeIf(host -> open.getOrDefault(host, 0) >= OPEN_PER_HOST);
    if (room <= 0 || free.isEmpty()) {
      return;
    }
    for (Candidate candidate : store.listCandidates(free, room)) {
      if (open.merge(candidate.host(), 1, Integer::sum) <= OPEN_PER_HOST) {
        ask(agents, candidate);
      }
    }
  }

  /** The request is durable before it is sent: an answer must find it. */
  private void ask(AnalysisAgents agents, Candidate candidate) {
    Instant now = clock.instant();
    Optional<AnalysisRequest> opened =
        transactions.call(() -> store.open(candidate, now, now.plus(PATIENCE)));
    opened.ifPresent(request -> {
      if (agents.ask(request)) {
        counters.countAsked();
      } else {
        transactions.run(() -> giveUp(request, "the agent is away"));
      }
    });
  }

  /**
   * Takes what a host says to a request.
   *
   * @return false if the request is not open, or was never sent to this host
   */
  public boolean answer(UUID host, long id, AnalysisAnswer answer) {
    boolean isOpen =
        transactions.call(() -> {
          Optional<AnalysisRequest> request = store.lockOpen(id, host);
          request.ifPresent(it -> take(it, answer));
          return request.isPresent();
        });
    if (isOpen) {
      counters.countAnswered();
    } else {
      counters.countUnasked();
    }
    return isOpen;
  }

  /** A host sent what it was not asked for. */
  public void refuse() {
    counters.countUnasked();
  }

  private void take(AnalysisRequest request, AnalysisAnswer answer) {
    switch (answer) {
      case AnalysisAnswer.Extracted(var genes) when genes.definition() != GeneSet.DEFINITION ->
          store.close(
              request.id(),
              State.FAILED,
              "genes of definition %d, not %d".formatted(genes.definition(), GeneSet.DEFINITION));
      case AnalysisAnswer.Extracted(var genes) -> {
        store.close(request.id(), State.ANSWERED, null);
        settle(request, genes);
      }
      case AnalysisAnswer.WithoutGenes(var reason) ->
          store.close(request.id(), State.WITHOUT_GENES, cut(reason));
      case AnalysisAnswer.Failed(var error) -> {
        store.close(request.id(), State.FAILED, cut(error));
        store.putBack(request, clock.instant());
      }
    }
  }

  private void settle(AnalysisRequest request, GeneSet genes) {
    GeneSets.Outcome outcome = geneSets.claim(request, genes);
    if (outcome.isVerified() || request.owner() == null) {
      store.removeCandidates(request.sha256());
      // Others are wanted all the same where it seems to be trusted: their word is needed for that.
      wantVerification(request.sha256());
    }
    outcome.owner().ifPresent(owner -> families.addOfPackage(request.sha256(), owner));
    transactions.afterCommit(signal::raise);
  }

  /** Asks again, whatever was said before; whoever asks so has a reason. */
  void again(Sha256 sha256) {
    store.forgetFailures(sha256);
    store.addHolders(sha256, GeneSet.DEFINITION, clock.instant());
  }

  /** Three hosts have to agree before code may be called trusted. */
  void wantVerification(Sha256 sha256) {
    store.addHolders(sha256, GeneSet.DEFINITION, clock.instant());
  }

  private static String cut(String text) {
    String clean = text.replace('\0', ' ');
    return clean.length() <= ERROR_CHARS ? clean : clean.substring(0, ERROR_CHARS);
  }
}
