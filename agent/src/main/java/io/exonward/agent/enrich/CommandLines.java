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
  /** Of UTF-8; a pair of surrogates takes four, two for each. */
  private static final int BYTES_PER_CHARACTER = 3;

  /** Masks first, so that a cut cannot hide the name of a secret from the mask. */
  static CommandLines of(List<String> raw, boolean isTruncated) {
    List<String> masked = SecretMask.mask(raw);
    if (fitsAnyhow(masked)) {
      return new CommandLines(masked, isTruncated);
    }
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

  /** Whether it is within the limits even if each character takes the most bytes it can. */
  private static boolean fitsAnyhow(List<String> arguments) {
    int length = 0;
    for (int i = 0; i < arguments.size(); i++) { // an iterator would be garbage for each event
      length += arguments.get(i).length();
    }
    return arguments.size() <= Limits.COMMAND_LINE_ENTRIES
        && length <= Limits.COMMAND_LINE_BYTES / BYTES_PER_CHARACTER;
  }

  /**
   * For a process that may come to stand in somebody's ancestry: joined by blanks it is no longer
   * than it may be there.
   */
  List<String> summary() {
    int length = arguments.size();
    for (int i = 0; i < arguments.size(); i++) {
      length += arguments.get(i).length();
    }
    return length <= Limits.SUMMARY_COMMAND_LINE_BYTES / BYTES_PER_CHARACTER
        ? arguments
        : List.of(Limits.truncate(String.join(" ", arguments), Limits.SUMMARY_COMMAND_LINE_BYTES));
  }
}
