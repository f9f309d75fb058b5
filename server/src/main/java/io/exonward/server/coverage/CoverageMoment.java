package io.exonward.server.coverage;

import io.exonward.server.coverage.CoveragePeriod.LossTotal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * What a host could see at one time.
 *
 * @param period that it lies in, no longer than twice {@link #AROUND}
 * @param lossesAround up to {@link #AROUND} before and after, by cause
 */
public record CoverageMoment(
    UUID hostId, Instant at, CoveragePeriod period, List<LossTotal> lossesAround) {
  /** How near a loss must be to be named beside a verdict. */
  public static final Duration AROUND = Duration.ofMinutes(5);

  public CoverageMoment {
    lossesAround = List.copyOf(lossesAround);
  }
}
