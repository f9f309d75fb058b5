package io.exonward.server.cli;

import java.io.InputStream;
import java.io.PrintStream;
import java.util.Optional;

/**
 * Standard streams.
 *
 * @param prompt how to ask the operator; empty unless input and output are a terminal
 */
record Terminal(InputStream in, PrintStream out, PrintStream err, Optional<Prompt> prompt) {
  /** Asks the person at the terminal. */
  interface Prompt {
    /** One line, without its end; empty at the end of input. */
    String readLine(String question);

    /** As {@link #readLine}, not shown while it is typed. */
    String readPassword(String question);
  }
}
