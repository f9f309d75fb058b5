package io.exonward.agent;

import io.exonward.agent.cli.ConfigOption;
import java.io.IOException;
import java.time.Clock;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Runs the agent until it is told to stop. */
@Command(
    name = "run",
    description = "Run the agent in the foreground until SIGTERM or SIGINT.",
    mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {
  private static final Logger log = LoggerFactory.getLogger(RunCommand.class);

  @Mixin private ConfigOption config = new ConfigOption();

  @Override
  public Integer call() throws IOException, InterruptedException {
    AgentConfig settings = config.read();
    LogSetup.level(settings.logLevel());
    CountDownLatch failed = new CountDownLatch(1);
    AgentAssembly agent = AgentAssembly.start(settings, Clock.systemUTC(), failed::countDown);
    Runtime.getRuntime().addShutdownHook(new Thread(agent::close, "stop"));
    log.atInfo().addKeyValue("server", settings.server()).log("agent started");
    failed.await();
    log.atError().log("the agent cannot go on and ends, to be started anew");
    return 1;
  }
}
