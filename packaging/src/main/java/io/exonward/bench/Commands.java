package io.exonward.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Runs commands to their end, one after the other, until {@link #stop} is called by any thread. */
final class Commands {
  private final Set<Process> running = ConcurrentHashMap.newKeySet();
  private final CountDownLatch stopped = new CountDownLatch(1);

  /**
   * @param code as of a shell: 0 for success
   */
  record Result(int code, String output) {}

  /**
   * What a command printed.
   *
   * @throws IllegalStateException if it cannot be started or fails, or after {@link #stop}
   */
  String run(List<String> command) {
    Result result = result(command, Map.of());
    if (result.code() != 0) {
      throw new IllegalStateException(
          String.join(" ", command) + " failed: " + result.output().strip());
    }
    return result.output();
  }

  /**
   * How a command ended.
   *
   * @throws IllegalStateException if it cannot be started, or after {@link #stop}
   */
  Result result(List<String> command, Map<String, String> environment) {
    refuseIfStopped();
    Result result = finish(command, environment);
    refuseIfStopped();
    return result;
  }

  /** The same, also after {@link #stop}: for what cleans up. */
  Result finish(List<String> command, Map<String, String> environment) {
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().putAll(environment);
    try {
      Process process = builder.start();
      running.add(process);
      try {
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Result(process.waitFor(), output);
      } finally {
        running.remove(process);
      }
    } catch (IOException e) {
      throw new IllegalStateException(String.join(" ", command) + ": " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  /**
   * Waits.
   *
   * @throws IllegalStateException after {@link #stop}
   */
  void pause(long millis) {
    try {
      if (stopped.await(millis, TimeUnit.MILLISECONDS)) {
        refuseIfStopped();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  boolean isStopped() {
    return stopped.getCount() == 0;
  }

  private void refuseIfStopped() {
    if (isStopped()) {
      throw new IllegalStateException("stopped");
    }
  }

  /** Ends what runs, with its children; {@link #finish} alone starts anything from now on. */
  void stop() {
    stopped.countDown();
    for (Process process : running) {
      process.descendants().forEach(ProcessHandle::destroy);
      process.destroy();
    }
  }
}
