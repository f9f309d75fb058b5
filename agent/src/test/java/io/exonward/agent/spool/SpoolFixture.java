package io.exonward.agent.spool;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** Shared steps of the spool's tests. */
final class SpoolFixture {
  static final SpoolLimits SMALL = new SpoolLimits(1 << 20, 16 << 10);

  private SpoolFixture() {}

  static Spool open(Path directory) throws IOException {
    return Spool.open(directory, SMALL, InstantSource.system());
  }

  static byte[] payload(long number) {
    return ("event " + number).getBytes(StandardCharsets.UTF_8);
  }

  static String text(SpoolRecord record) {
    return new String(record.payload(), StandardCharsets.UTF_8);
  }

  static void append(Spool spool, int count) {
    for (int i = 0; i < count; i++) {
      spool.append(Priority.NORMAL, payload(i));
    }
    long last = spool.append(Priority.URGENT, payload(count));
    awaitDurable(spool, last);
  }

  static void awaitDurable(Spool spool, long sequence) {
    await(() -> spool.usage().durableSequence() >= sequence);
  }

  static void await(BooleanSupplier condition) {
    long end = System.nanoTime() + 20_000_000_000L;
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("not within 20 s");
      }
      LockSupport.parkNanos(1_000_000);
    }
  }

  static List<SpoolRecord> readAll(Spool spool) throws IOException {
    List<SpoolRecord> all = new ArrayList<>();
    try (SpoolCursor cursor = spool.cursor(1)) {
      List<SpoolRecord> some = cursor.read(100, 1 << 20);
      while (!some.isEmpty()) {
        all.addAll(some);
        some = cursor.read(100, 1 << 20);
      }
    }
    return all;
  }

  static List<Path> segments(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(f -> f.toString().endsWith(".segment")).sorted().toList();
    }
  }
}
