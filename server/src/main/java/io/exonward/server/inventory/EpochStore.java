package io.exonward.server.inventory;

import java.time.Instant;
import java.util.UUID;

/** Keeps how far each life of an agent's spool is stored. Takes part in the transaction. */
public interface EpochStore {
  /** The last stored sequence, 0 if there is none yet. */
  long read(UUID host, UUID epoch);

  /**
   * The same, held off from other streams of this agent until the end of the transaction; begins
   * the epoch if it is new, and forgets the host's oldest ones beyond 64.
   */
  long lock(UUID host, UUID epoch, Instant now);

  /** Everything up to {@code sequence} is stored. */
  void advance(UUID host, UUID epoch, long sequence);
}
