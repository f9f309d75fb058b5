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
    for (String argument : arguments) {
      length += argument.length();
    }
    return arguments.size() <= Limits.COMMAND_LINE_ENTRIES
        && length <= Limits.COMMAND_LINE_BYTES / BYTES_PER_CHARACTER;
  }

  /** In one line, for a process that stands in somebody's ancestry. */
  String summary() {
    String line = arguments.size() == 1 ? arguments.getFirst() : String.join(" ", arguments);
    return Limits.truncate(line, Limits.SUMMARY_COMMAND_LINE_BYTES);
  }
}
