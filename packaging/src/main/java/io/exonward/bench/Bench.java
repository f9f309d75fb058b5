package io.exonward.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Measures what {@code packaging/bench} prepared. */
public final class Bench {
  private static final int STOP_SECONDS = 40;

  private Bench() {}

  /**
   * Runs the rounds, or one long run, and prints tables.
   *
   * @param arguments see {@link Options}
   * @throws IOException if results cannot be written
   */
  public static void main(String[] arguments) throws IOException {
    Options options = Options.parse(arguments);
    Files.createDirectories(options.output());
    Commands commands = new Commands();
    CountDownLatch ended = new CountDownLatch(1);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(commands, ended)));
    boolean isGood = false;
    try (ServerReports server = new ServerReports(options.data(), 0)) {
      isGood =
          options.longRun() > 0
              ? longRun(options, commands, server)
              : rounds(options, commands, server);
    } finally {
      ended.countDown();
    }
    System.exit(isGood ? 0 : 1);
  }

  /** On Ctrl-C: what runs ends, and the main thread cleans up. */
  private static void stop(Commands commands, CountDownLatch ended) {
    commands.stop();
    try {
      if (!ended.await(STOP_SECONDS, TimeUnit.SECONDS)) {
        say("not everything has ended");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static boolean rounds(Options options, Commands commands, Reports server)
      throws IOException {
    Results results = new Results(options.output());
    new Rounds(options, commands, results, server).run();
    publish(options.output().resolve("report.md"), new Report(options, results).text());
    return results.failures().isEmpty();
  }

  private static boolean longRun(Options options, Commands commands, Reports server)
      throws IOException {
    LongRun run = new LongRun(options, commands, server);
    boolean isComplete = run.run();
    publish(options.output().resolve("report.md"), run.text());
    return isComplete;
  }

  private static void publish(Path file, String text) throws IOException {
    Files.writeString(file, text);
    System.out.print(text);
    say("results in " + file.getParent());
  }

  /** Progress, for people. */
  static void say(String text) {
    System.err.println(text);
  }
}
