package io.exonward.agent.sensor.fanotify;

import io.exonward.agent.linux.Descriptor;
import io.exonward.agent.linux.Fanotify;

/** Wants nothing of what it is given. */
final class ClosingReader implements Fanotify.Reader {
  @Override
  public void accept(long mask, Descriptor file, int pid) {
    file.close();
  }

  @Override
  public void overflowed() {
    // Whoever reads without wanting anything has nothing to lose.
  }
}
