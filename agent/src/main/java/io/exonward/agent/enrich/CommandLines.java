package io.exonward.agent.enrich;

import io.exonward.common.wire.Limits;
import java.util.ArrayList;
import java.util.List;

/**
 * A command line as it may be kept: secrets masked, within the limits of the wire.
 *
 * @param isTruncated something was left out
 */
record CommandLines(List<String> arguments, boolean isTruncated) {
  /** Masks first, so that a cut cannot hide the name of a secret from the mask. */
  static CommandLines of(List<String> raw, boolean isTruncated) {
    List<String> masked = SecretMask.mask(raw);
    List<String> kept = new ArrayList<>();
    int room = Limits.COMMAND_LINE_BYTES;
    boolean isCut = isTruncated;
    for (String argument : masked) {
      String text = Limits.truncate(argument, room);
      boolean isWhole = text.equals(argument);
      if (kept.size() == Limits.COMMAND_LINE_ENTRIES || (!isWhole && room == 0)) {
        isCut = true;
        break;
      }
      isCut |= !isWhole;
      kept.add(text);
      room -= Limits.utf8Length(text);
    }
    return new CommandLines(List.copyOf(kept), isCut);
  }

  /** In one line, for a process that stands in somebody's ancestry. */
  String summary() {
    return Limits.truncate(String.join(" ", arguments), Limits.SUMMARY_COMMAND_LINE_BYTES);
  }
}
