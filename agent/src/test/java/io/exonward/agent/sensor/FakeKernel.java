package io.exonward.agent.sensor;

import io.exonward.common.file.CodeOrigin;
import io.exonward.common.process.ProcessId;
import java.time.Clock;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Lets a test say which sensors are refused and which see nothing, and tells all others of each
 * program run. Thread-safe.
 */
final class FakeKernel {
  static final UUID BOOT = new UUID(1, 2);

  private final Clock clock = Clock.systemUTC();
  private final Set<String> refused = ConcurrentHashMap.newKeySet();
  private final Set<String> blind = ConcurrentHashMap.newKeySet();
  private final List<FakeSensor> running = new CopyOnWriteArrayList<>();
  private final List<String> starts = new CopyOnWriteArrayList<>();
  private final AtomicInteger pids = new AtomicInteger(1000);
  private final AtomicLong forks = new AtomicLong();
  private volatile @Nullable Witness witness;

  Sensor sensor(String name) {
    return new FakeSensor(this, name);
  }

  void refuse(String name) {
    refused.add(name);
  }

  void allow(String name) {
    refused.remove(name);
  }

  boolean isRefused(String name) {
    return refused.contains(name);
  }

  /** From now on these start but are told nothing. */
  void blind(String name) {
    blind.add(name);
  }

  void setWitness(Witness counts) {
    witness = counts;
  }

  @Nullable Witness witness() {
    return witness;
  }

  void started(FakeSensor sensor) {
    running.add(sensor);
    starts.add(sensor.name());
  }

  void ended(FakeSensor sensor) {
    running.remove(sensor);
  }

  /** Names of what has started, in order. */
  List<String> starts() {
    return List.copyOf(starts);
  }

  /** Names of what runs now. */
  List<String> running() {
    return running.stream().map(FakeSensor::name).toList();
  }

  void breakSensor(String name, String reason) {
    running.stream().filter(s -> s.name().equals(name)).forEach(s -> s.fail(reason));
  }

  OptionalLong forks() {
    return OptionalLong.of(forks.get());
  }

  void fork(long count) {
    forks.addAndGet(count);
  }

  /** Runs a program; returns its pid. */
  int run(String path, String argument) {
    int pid = pids.incrementAndGet();
    KernelEvent.Exec exec =
        new KernelEvent.Exec(
            false,
            new ProcessId(BOOT, pid, pid),
            null,
            new KernelEvent.Circumstances(0, 0, CodeOrigin.FILE, null, path, path, 0, 0, false),
            List.of(path, argument),
            false,
            "/",
            clock.instant());
    running.stream().filter(s -> !blind.contains(s.name())).forEach(s -> s.emit(exec));
    return pid;
  }

  /** Runs a program that a sensor is to be proven by. */
  Proof prove() {
    String token = "2.0" + pids.get();
    CompletableFuture<Proof.Child> child = new CompletableFuture<>();
    return new Proof(
        "/usr/bin/sleep",
        token,
        child,
        () ->
            Thread.ofVirtual()
                .start(() -> child.complete(new Child(run("/usr/bin/sleep", token)))));
  }

  private record Child(int pid) implements Proof.Child {
    @Override
    public void kill() {}

    @Override
    public boolean reap() {
      return true;
    }
  }
}
