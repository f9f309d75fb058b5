package io.exonward.agent;

import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Sends the log to standard error, where systemd takes it: one line a record, without a time. */
final class LogSetup {
  /** Held, because the platform's log manager holds its loggers weakly. */
  private static final Logger OURS = Logger.getLogger("io.exonward");

  private LogSetup() {}

  /** The form of a line; to be set before the first record. // java.util.logging.SimpleFormatter */
  static void useLines() {
    System.setProperty("java.util.logging.SimpleFormatter.format", "%4$s %3$s: %5$s%6$s%n");
  }

  static void level(AgentConfig.LogLevel least) {
    Level level =
        switch (least) {
          case ERROR -> Level.SEVERE;
          case WARN -> Level.WARNING;
          case INFO -> Level.INFO;
          case DEBUG -> Level.FINE;
        };
    OURS.setLevel(level);
    Logger root = Logger.getLogger("");
    root.setLevel(Level.WARNING);
    for (Handler handler : root.getHandlers()) {
      handler.setLevel(level);
    }
  }
}
