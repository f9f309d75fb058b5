package io.exonward.agent.sensor;

import java.util.function.Supplier;

/** The detail that is wanted now, shared by who decides on it and who obeys. Thread-safe. */
public final class DetailSwitch implements Supplier<Detail> {
  private volatile Detail detail = Detail.FULL;

  @Override
  public Detail get() {
    return detail;
  }

  /** From the next events on. */
  public void set(Detail wanted) {
    detail = wanted;
  }
}
