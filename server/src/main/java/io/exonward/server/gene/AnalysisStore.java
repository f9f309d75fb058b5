package io.exonward.server.gene;

import io.exonward.common.hash.Sha256;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Keeps which hosts could be asked for the genes of what, and which were. Every method takes part
 * in the surrounding transaction.
 */
public interface AnalysisStore {
  /** How an analysis ended, or that it has not. */
  enum State {
    OPEN,
    ANSWERED,
    WITHOUT_GENES,
    FAILED,
    EXPIRED
  }

  /**
   * Adds a host as one that can be asked, for each sighting whose genes are wanted still: nobody
   * gave them; or they are not verified and it belongs to a package or seems trusted. Not if enough
   * other hosts wait to be asked, this one was asked too often, or two say that it has no genes.
   */
  void addCandidates(UUID host, Collection<Sighting> sightings, int definition, Instant now);

  /** The same for all hosts that reported this code. */
  void addHolders(Sha256 sha256, int definition, Instant now);

  /** Forgets how often hosts were asked in vain. */
  void forgetFailures(Sha256 sha256);

  int countCandidates();

  /**
   * Whom to ask next: code that belongs to no package first, then the newest; hosts that were asked
   * in vain last. At most one for each code object, none that is asked for already.
   */
  List<Candidate> listCandidates(Set<UUID> hosts, int limit);

  /** Opens a request, and takes its host from the candidates; empty if one is open already. */
  Optional<AnalysisRequest> open(Candidate candidate, Instant now, Instant expiresAt);

  /** Nobody needs to be asked any more. */
  void removeCandidates(Sha256 sha256);

  /** An open request of that host, held off from other transactions. */
  Optional<AnalysisRequest> lockOpen(long id, UUID host);

  void close(long id, State state, @Nullable String error);

  /** Hosts can be asked again later. */
  void putBack(AnalysisRequest request, Instant now);

  List<AnalysisRequest> listExpired(Instant now);

  /** How many requests are open, by host. */
  List<OpenCount> countOpen();

  /** Drops what is older: candidates that never came back, requests that are long over. */
  void dropBefore(Instant time);

  /** How far the analysis of one code object is. */
  Progress readProgress(Sha256 sha256);

  /** A host that can be asked for something. */
  record Candidate(UUID host, Sighting sighting) {}

  /** Requests that one host has not answered. */
  record OpenCount(UUID host, int requests) {}

  /**
   * How far the analysis of one code object is.
   *
   * @param withoutGenes hosts that say it is no machine code
   * @param claims hosts that said what its genes are
   * @param digests different things that they said
   * @param error of the newest request that failed
   */
  record Progress(
      boolean isAsked,
      boolean isWaiting,
      int withoutGenes,
      int claims,
      int digests,
      @Nullable String error) {}
}
