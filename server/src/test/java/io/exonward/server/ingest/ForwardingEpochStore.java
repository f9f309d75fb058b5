package io.exonward.server.ingest;

import io.exonward.server.inventory.EpochStore;
import java.time.Instant;
import java.util.UUID;

/** A real store of which a test replaces a part. */
class ForwardingEpochStore implements EpochStore {
  private final EpochStore real;

  ForwardingEpochStore(EpochStore real) {
    this.real = real;
  }

  @Override
  public long read(UUID host, UUID epoch) {
    return real.read(host, epoch);
  }

  @Override
  public long lock(UUID host, UUID epoch, Instant now) {
    return real.lock(host, epoch, now);
  }

  @Override
  public void advance(UUID host, UUID epoch, long sequence) {
    real.advance(host, epoch, sequence);
  }
}
