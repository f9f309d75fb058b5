package io.exonward.server;

import io.exonward.server.api.ListenException;
import io.exonward.server.inventory.StoreUnavailableException;
import io.exonward.server.store.DatabaseStartException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One run of the server, from the start to a signal or a failure that it cannot survive. */
final class ServerProcess {
  private static final Logger LOG = LoggerFactory.getLogger(ServerProcess.class);
  private static final int STOP_SECONDS = 30;

  private ServerProcess() {}

  /**
   * Returns the exit code.
   *
   * @param tokenFile where to write an administrator's API token; null: nowhere
   */
  static int run(ServerConfig config, @Nullable Path tokenFile) throws InterruptedException {
    // Completed with a reason by what ends on its own, with an empty text by a signal.
    CompletableFuture<String> end = new CompletableFuture<>();
    CountDownLatch stopped = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(Thread.ofPlatform().name("stop").unstarted(() -> awaitStop(end, stopped)));
    try (ServerAssembly _ = ServerAssembly.start(config, tokenFile, end::complete)) {
      LOG.atInfo()
          .addKeyValue("version", Main.Version.text())
          .addKeyValue("console", config.listen().console())
          .log("serving");
      String reason = end.get();
      if (!reason.isEmpty()) {
        LOG.atError().addKeyValue("reason", reason).log("stopping, something essential ended");
        return Main.EXIT_FAILED;
      }
      LOG.atInfo().log("stopping");
      return 0;
    } catch (ListenException
        | DatabaseStartException
        | StoreUnavailableException
        | IllegalStateException e) {
      return refuse(String.valueOf(e.getMessage()));
    } catch (IOException | UncheckedIOException e) {
      return refuse(e.toString());
    } catch (ExecutionException e) {
      throw new IllegalStateException("the end is never exceptional", e);
    } finally {
      end.complete("ended");
      stopped.countDown();
    }
  }

  private static int refuse(String message) {
    System.err.println("exon-server: " + message.lines().findFirst().orElse(message));
    message.lines().skip(1).forEach(System.err::println);
    return Main.EXIT_START;
  }

  /**
   * The JVM halts when the hooks are done: this one lasts until everything is closed, and turns the
   * exit code of a signal into one that says how the stop went.
   */
  private static void awaitStop(CompletableFuture<String> end, CountDownLatch stopped) {
    if (!end.complete("")) {
      return; // not a signal: run has ended by itself
    }
    int code = 0;
    try {
      if (!stopped.await(STOP_SECONDS, TimeUnit.SECONDS)) {
        System.err.println("exon-server: not stopped after " + STOP_SECONDS + " s, giving up");
        code = Main.EXIT_FAILED;
      }
    } catch (InterruptedException _) {
      code = Main.EXIT_FAILED;
    }
    Runtime.getRuntime().halt(code);
  }
}
