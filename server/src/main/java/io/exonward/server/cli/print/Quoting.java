package io.exonward.server.cli.print;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Writes argument lists so that the bounds of each argument can be seen, as a POSIX shell would
 * need them quoted.
 */
public final class Quoting {
  private static final Pattern SAFE = Pattern.compile("[A-Za-z0-9_@%+=:,./-]+");

  private Quoting() {}

  /** The arguments, separated by spaces; those with anything special in single quotes. */
  public static String commandLine(List<String> arguments) {
    return arguments.stream().map(Quoting::argument).collect(Collectors.joining(" "));
  }

  private static String argument(String argument) {
    return SAFE.matcher(argument).matches() ? argument : "'" + argument.replace("'", "'\\''") + "'";
  }
}
