package io.exonward.agent;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The agent itself, from its start to its end. */
final class Daemon {
  private static final Logger log = LoggerFactory.getLogger(Daemon.class);

  private Daemon() {}

  /**
   * Its configuration, if these arguments are exactly the ones that the service is started with:
   * {@code run}, or {@code run --config FILE}. All others are for the command line, whose library
   * (3 MiB once loaded) would stay for as long as the agent runs.
   */
  static Optional<Path> plainRun(String[] args) {
    return switch (args.length) {
      case 1 -> args[0].equals("run") ? Optional.of(AgentConfig.DEFAULT_FILE) : Optional.empty();
      case 3 ->
          List.of(args).subList(0, 2).equals(List.of("run", "--config"))
              ? Optional.of(Path.of(args[2]))
              : Optional.empty();
      default -> Optional.empty();
    };
  }

  /**
   * Runs until the process is told to end, or until the agent cannot go on: then it returns 1.
   *
   * @throws IOException if it cannot start
   */
  static int run(AgentConfig settings) throws IOException, InterruptedException {
    LogSetup.level(settings.logLevel());
    CountDownLatch failed = new CountDownLatch(1);
    AgentAssembly agent = AgentAssembly.start(settings, Clock.systemUTC(), failed::countDown);
    Runtime.getRuntime().addShutdownHook(new Thread(agent::close, "stop"));
    log.atInfo().addKeyValue("server", settings.server()).log("agent started");
    SpareMemory memory = SpareMemory.ofThisProcess();
    while (!failed.await(memory.untilNextLook().toMillis(), TimeUnit.MILLISECONDS)) {
      memory.look();
    }
    log.atError().log("the agent cannot go on and ends, to be started anew");
    return 1;
  }
}
