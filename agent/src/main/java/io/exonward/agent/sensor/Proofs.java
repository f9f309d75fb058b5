package io.exonward.agent.sensor;

import io.exonward.agent.linux.ChildProgram;
import io.exonward.agent.linux.NativeException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The proofs that are under way. What their programs do is kept from later stages until every
 * sensor has had the time to report it; their pids belong to nobody else until then. Thread-safe.
 */
final class Proofs implements AutoCloseable {
  private static final long KEPT_MILLIS = 3000;
  private static final List<String> PROGRAMS = List.of("/bin/sleep", "/usr/bin/sleep");

  private final Launcher launcher;
  private final List<Proof> underWay = new CopyOnWriteArrayList<>();

  Proofs(Launcher launcher) {
    this.launcher = launcher;
  }

  /** Prepares the run of a program that ends by itself within seconds. */
  @FunctionalInterface
  interface Launcher {
    /** With an argument that no other program has. */
    Proof prepare();
  }

  /** {@code sleep} for two seconds and some unique fraction of one. */
  static Proof prepareSleep() {
    String token = "2.0" + System.nanoTime();
    CompletableFuture<Proof.Child> child = new CompletableFuture<>();
    @Nullable String program = program();
    if (program == null) {
      child.completeExceptionally(new IOException("this host has no program sleep"));
      return new Proof("", token, child, () -> {});
    }
    // Whoever decides on executions may take its time, and the caller must not wait for that.
    Thread.Builder thread = Thread.ofPlatform().name("sensor-proof").daemon();
    return new Proof(program, token, child, () -> thread.start(() -> start(program, token, child)));
  }

  private static void start(String program, String token, CompletableFuture<Proof.Child> child) {
    try {
      child.complete(new Sleeper(ChildProgram.start(program, token)));
    } catch (NativeException | LinkageError e) {
      child.completeExceptionally(e);
    }
  }

  private static @Nullable String program() {
    for (String candidate : PROGRAMS) {
      try {
        return Path.of(candidate).toRealPath().toString();
      } catch (IOException _) {
        // Then perhaps the next.
      }
    }
    return null;
  }

  private record Sleeper(ChildProgram program) implements Proof.Child {
    @Override
    public int pid() {
      return program.pid();
    }

    @Override
    public void kill() {
      program.kill();
    }

    @Override
    public boolean reap() {
      return program.reap();
    }
  }

  /** Starts one; it is forgotten a few seconds later by a task of {@code loop}. */
  Proof start(ScheduledExecutorService loop) {
    Proof proof = launcher.prepare();
    underWay.add(proof);
    proof.launch();
    later(proof, loop);
    return proof;
  }

  private void later(Proof proof, ScheduledExecutorService loop) {
    var _ = loop.schedule(() -> end(proof, loop), KEPT_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void end(Proof proof, ScheduledExecutorService loop) {
    if (isEnded(proof)) {
      underWay.remove(proof);
    } else {
      later(proof, loop);
    }
  }

  private static boolean isEnded(Proof proof) {
    if (!proof.child().isDone()) {
      return false;
    }
    if (proof.child().isCompletedExceptionally()) {
      return true;
    }
    Proof.Child child = proof.child().join();
    child.kill();
    return child.reap();
  }

  /** The proof that this is the execution of, if it is one. */
  Optional<Proof> find(KernelEvent.Exec exec) {
    for (Proof proof : underWay) {
      if (proof.isExecution(exec)) {
        return Optional.of(proof);
      }
    }
    return Optional.empty();
  }

  /** Whether any is under way: what is asked first, as it costs nothing. */
  boolean isAny() {
    return !underWay.isEmpty();
  }

  /** Whether a program of ours has this pid in our own pid namespace. */
  boolean isOurs(int pid) {
    return isAny() && underWay.stream().anyMatch(proof -> proof.hasPid(pid));
  }

  /** Ends the programs; they are reaped by init if they take longer than we do. */
  @Override
  public void close() {
    underWay.forEach(Proofs::isEnded);
  }
}
