package io.exonward.agent;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that stands until it is moved. */
public final class TestClock implements InstantSource {
  private Instant now = Instant.parse("2026-11-01T00:00:00Z");

  @Override
  public Instant instant() {
    return now;
  }

  /** Moves it on. */
  public void advance(Duration by) {
    now = now.plus(by);
  }
}
