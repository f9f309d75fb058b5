package io.exonward.server.cli.gene;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;

/** Says from time to time how far long work is. Not thread-safe. */
public final class Progress {
  private static final Duration PERIOD = Duration.ofSeconds(5);

  private final Clock clock;
  private final String verb;
  private final Consumer<String> messages;
  private Instant last;
  private int files;
  private long bytes;

  /**
   * @param verb what was done to the files so far, such as "analyzed"
   */
  public Progress(Clock clock, String verb, Consumer<String> messages) {
    this.clock = clock;
    this.verb = verb;
    this.messages = messages;
    this.last = clock.instant();
  }

  /** One more file is done. */
  void done(long size) {
    files++;
    bytes += size;
    Instant now = clock.instant();
    if (Duration.between(last, now).compareTo(PERIOD) >= 0) {
      last = now;
      messages.accept(verb + " " + files + " files, " + (bytes >> 20) + " MiB");
    }
  }
}
