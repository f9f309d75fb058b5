package io.exonward.agent.enrich;

import io.exonward.common.process.ProcessSummary;
import io.exonward.common.wire.Limits;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Chains of parents, from the parent upward, as an event has room for them. */
final class Ancestry {
  /** Room in an event below 64 KiB that holds one long path and one command line beside. */
  static final int USUAL_BYTES = 32 << 10;

  /** Fields of an ancestor other than its texts. */
  private static final int ANCESTOR_BYTES = 400;

  private Ancestry() {}

  /** The lower end of the chain that takes no more than {@code room} bytes. */
  static List<ProcessSummary> fitting(List<ProcessSummary> chain, int room) {
    int left = room;
    for (int i = 0; i < chain.size(); i++) {
      ProcessSummary ancestor = chain.get(i);
      left -= length(ancestor.executable()) + length(ancestor.commandLine()) + ANCESTOR_BYTES;
      if (left < 0) {
        return List.copyOf(chain.subList(0, i));
      }
    }
    return chain;
  }

  private static int length(@Nullable String text) {
    return text == null ? 0 : Limits.utf8Length(text);
  }
}
