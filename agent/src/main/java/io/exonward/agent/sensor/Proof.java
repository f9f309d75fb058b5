package io.exonward.agent.sensor;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A program run for no other purpose than that sensors see it. It is told from all others by its
 * process id or, because sensors may number processes otherwise than we do, by its path and an
 * argument that no other program has. Thread-safe.
 */
final class Proof {
  private static final long PID_WITHIN_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private final String path;
  private final String token;
  private final long startNanos = System.nanoTime();
  private final CompletableFuture<Child> child;
  private final Runnable launch;

  /**
   * @param path resolved path of the program
   * @param token its last argument
   * @param child the running program, once it runs
   * @param launch has {@code child} completed soon; returns at once
   */
  Proof(String path, String token, CompletableFuture<Child> child, Runnable launch) {
    this.path = path;
    this.token = token;
    this.child = child;
    this.launch = launch;
  }

  /** The running program; for one thread. */
  interface Child {
    /** In our own pid namespace; belongs to it until {@link #reap} is true. */
    int pid();

    void kill();

    /** Whether it has ended and its pid was given back. Does not wait. */
    boolean reap();
  }

  /** Has the program run; to be called once, after sensors know what to look for. */
  void launch() {
    launch.run();
  }

  CompletableFuture<Child> child() {
    return child;
  }

  /** Whether this is the execution of our program. Waits a moment if only the pid can tell. */
  boolean isExecution(KernelEvent.Exec exec) {
    String executable = exec.path();
    if (executable == null) {
      return exec.process().pid() == awaitPid();
    }
    return executable.equals(path)
        && (exec.arguments().contains(token) || exec.process().pid() == awaitPid());
  }

  /** Whether the program has this pid in our own pid namespace; false while that is not known. */
  boolean hasPid(int pid) {
    Child running = isRunning() ? child.getNow(null) : null;
    return running != null && running.pid() == pid;
  }

  private boolean isRunning() {
    return child.isDone() && !child.isCompletedExceptionally();
  }

  /** 0 if it is not known soon enough. */
  private int awaitPid() {
    long left = Math.max(0, startNanos + PID_WITHIN_NANOS - System.nanoTime());
    try {
      @Nullable Child running = child.get(left, TimeUnit.NANOSECONDS);
      return running == null ? 0 : running.pid();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return 0;
    } catch (ExecutionException | TimeoutException _) {
      return 0;
    }
  }
}
