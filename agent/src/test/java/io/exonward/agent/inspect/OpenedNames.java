package io.exonward.agent.inspect;

import io.exonward.agent.linux.NativeException;
import io.exonward.agent.sensor.KernelTests;
import io.exonward.agent.sensor.fanotify.FileEventSink;
import io.exonward.agent.sensor.fanotify.OpenedFile;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Counts the kernel's events of executions by file, and hands them on. Thread-safe. */
final class OpenedNames implements FileEventSink {
  private final FileEventSink next;
  private final Map<String, Integer> counts = new ConcurrentHashMap<>();
  private int barriers;

  OpenedNames(FileEventSink next) {
    this.next = next;
  }

  @Override
  public void opened(OpenedFile file) {
    try {
      counts.merge(file.descriptor().target(), 1, Integer::sum);
    } catch (NativeException e) {
      throw new AssertionError(e);
    }
    next.opened(file);
  }

  @Override
  public void written(OpenedFile file, boolean wasIgnored) {
    next.written(file, wasIgnored);
  }

  @Override
  public void overflowed() {
    next.overflowed();
  }

  /** Events of {@code program} so far: all, because those of a program run after it have come. */
  int count(Path program, Path other) {
    byte[] tail = ByteBuffer.allocate(4).putInt(barriers++).array();
    Path barrier =
        KernelTests.copy(other, other.resolveSibling("barrier-" + barriers + ".x"), tail);
    KernelTests.run(barrier);
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (!counts.containsKey(barrier.toString())) {
      if (System.nanoTime() > end) {
        throw new AssertionError("no event of " + barrier);
      }
      LockSupport.parkNanos(1_000_000);
    }
    return counts.getOrDefault(program.toString(), 0);
  }
}
