package io.exonward.server.gene;

import io.exonward.common.gene.GeneSet;
import io.exonward.common.hash.Sha256;
import io.exonward.common.policy.PackageRef;
import io.exonward.server.gene.StoredGeneSet.Source;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Which genes of code are believed. What hosts say are claims: the first one is kept, and verified
 * once {@value #QUORUM} hosts have said the same; what an operator gives is verified at once.
 * Thread-safe; every method is part of the surrounding transaction.
 */
public final class GeneSets {
  /** As many hosts have to say the same. */
  public static final int QUORUM = 3;

  private final GeneSetStore store;
  private final GeneFindings findings;
  private final Clock clock;

  public GeneSets(GeneSetStore store, GeneFindings findings, Clock clock) {
    this.store = store;
    this.findings = findings;
    this.clock = clock;
  }

  /**
   * What a claim has led to.
   *
   * @param isVerified its genes are verified now, and were not before
   * @param owner the package that as many hosts agree on
   */
  record Outcome(boolean isVerified, Optional<PackageRef> owner) {}

  /** Keeps what an operator vouches for, in place of what anybody said before. */
  void putVerified(Sha256 sha256, GeneSet genes) {
    byte[] bytes = GeneForm.write(genes);
    Sha256 digest = Sha256.digest(bytes);
    boolean isSame =
        store.lock(sha256).filter(it -> it.isVerified() && it.digest().equals(digest)).isPresent();
    if (!isSame) {
      put(sha256, genes, digest, bytes, Source.OPERATOR);
    }
  }

  private void put(Sha256 sha256, GeneSet genes, Sha256 digest, byte[] bytes, Source source) {
    boolean isVerified = source == Source.OPERATOR || agreeing(sha256, digest).size() >= QUORUM;
    store.put(
        new StoredGeneSet(sha256, genes.definition(), digest, source, isVerified),
        bytes,
        clock.instant());
  }

  /** Records what a host says; its digest is of our own encoding, of which there is only one. */
  Outcome claim(AnalysisRequest request, GeneSet genes) {
    Sha256 sha256 = request.sha256();
    byte[] bytes = GeneForm.write(genes);
    Sha256 digest = Sha256.digest(bytes);
    Optional<StoredGeneSet> known =
        store.lock(sha256).filter(it -> it.definition() == genes.definition());
    store.putClaim(
        new GeneClaim(sha256, request.host(), genes.definition(), digest, request.owner()),
        clock.instant());
    List<GeneClaim> agreeing = agreeing(sha256, digest);
    boolean isQuorum = agreeing.size() >= QUORUM;
    boolean wasVerified = known.map(StoredGeneSet::isVerified).orElse(false);
    boolean isSame = known.map(it -> it.digest().equals(digest)).orElse(false);
    if (known.isPresent() && !isSame) {
      findings.disputed(sha256, request.host(), wasVerified);
    }
    if (known.isEmpty() || (isQuorum && !wasVerified)) {
      put(sha256, genes, digest, bytes, Source.AGENT);
    }
    boolean isBelieved = isQuorum && (!wasVerified || isSame);
    return new Outcome(
        isBelieved && !wasVerified, isBelieved ? agreedOwner(agreeing) : Optional.empty());
  }

  private List<GeneClaim> agreeing(Sha256 sha256, Sha256 digest) {
    return store.listClaims(sha256).stream().filter(it -> it.digest().equals(digest)).toList();
  }

  private static Optional<PackageRef> agreedOwner(List<GeneClaim> claims) {
    Map<PackageRef, Long> votes =
        claims.stream()
            .flatMap(claim -> Optional.ofNullable(claim.owner()).stream())
            .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    return votes.entrySet().stream()
        .filter(vote -> vote.getValue() >= QUORUM)
        .map(Map.Entry::getKey)
        .findFirst();
  }
}
