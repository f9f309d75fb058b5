package io.exonward.agent;

import io.exonward.agent.linux.FilePages;
import io.exonward.agent.linux.NativeException;
import java.io.IOException;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.slf4j.LoggerFactory;

/**
 * Gives memory that is not needed back to the kernel: heap, which only a collection shrinks, and
 * pages of files that only start-up or a burst touched. A collection takes about 40 ms of processor
 * time, more than an idle agent may use in a minute; so after the start there is one only when a
 * burst has made the heap grow. For one thread.
 */
final class SpareMemory {
  private static final Duration FIRST_AFTER = Duration.ofSeconds(5);

  /** Programs that ran before us are inspected by then, and the hot methods compiled. */
  private static final Duration SECOND_AFTER = Duration.ofSeconds(40);

  private static final Duration LOOK_EVERY = Duration.ofMinutes(1);
  private static final long GROWTH_BYTES = 1 << 20;
  private static final int UNCONDITIONAL = 2;

  private final LongSupplier heapBytes;
  private final Runnable collect;
  private final Runnable dropPages;
  private int looks;
  private long floorBytes;

  /**
   * @param heapBytes how large the heap is now, garbage and room included
   * @param collect shrinks it to what is alive
   * @param dropPages gives back what files can be read again for
   */
  SpareMemory(LongSupplier heapBytes, Runnable collect, Runnable dropPages) {
    this.heapBytes = heapBytes;
    this.collect = collect;
    this.dropPages = dropPages;
  }

  /** Of this very process. */
  static SpareMemory ofThisProcess() {
    FilePages pages = new FilePages();
    return new SpareMemory(
        Runtime.getRuntime()::totalMemory, System::gc, () -> dropFilePages(pages));
  }

  /** How long to wait before the next look. */
  Duration untilNextLook() {
    return switch (looks) {
      case 0 -> FIRST_AFTER;
      case 1 -> SECOND_AFTER;
      default -> LOOK_EVERY;
    };
  }

  /** Gives back: the heap if there is reason to, pages of files, which is cheap, always. */
  void look() {
    looks = Math.min(looks + 1, UNCONDITIONAL + 1);
    if (looks <= UNCONDITIONAL || heapBytes.getAsLong() >= floorBytes + GROWTH_BYTES) {
      collect.run();
      floorBytes = heapBytes.getAsLong();
    }
    dropPages.run();
  }

  private static void dropFilePages(FilePages pages) {
    try {
      var _ = pages.release();
    } catch (IOException | NativeException e) {
      LoggerFactory.getLogger(SpareMemory.class)
          .atDebug()
          .addKeyValue("error", e)
          .log("pages of files not given back");
    }
  }
}
