package io.exonward.agent.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("kernel")
final class ReadLeaseTest {
  @TempDir Path folder;
  private Path path;

  @BeforeEach
  void create() throws IOException {
    path = Files.writeString(folder.resolve("leased"), "content");
  }

  @Test
  void request_nobodyWrites_isHeld() {
    try (Descriptor file = Descriptor.openForReading(path.toString());
        ReadLease lease = ReadLease.request(file)) {
      assertTrue(lease.isHeld());
    }
  }

  @Test
  void request_somebodyWrites_isNotHeld() throws IOException {
    try (FileOutputStream writer = new FileOutputStream(path.toFile(), true);
        Descriptor file = Descriptor.openForReading(path.toString());
        ReadLease lease = ReadLease.request(file)) {
      assertTrue(writer.getFD().valid());
      assertFalse(lease.isHeld());
    }
  }

  @Test
  void hold_writerComes_waitsUntilTheEndAndWeSurviveTheSignal() throws Exception {
    CompletableFuture<Long> written;
    try (Descriptor file = Descriptor.openForReading(path.toString());
        ReadLease lease = ReadLease.request(file)) {
      // Another process, because a thread of ours would count as the holder.
      Process writer = new ProcessBuilder("sh", "-c", "echo more >> '" + path + "'").start();
      written = writer.onExit().thenApply(_ -> FileStatus.ofPath(path.toString()).sizeBytes());
      while (lease.isHeld()) {
        LockSupport.parkNanos(1_000_000);
      }
      assertEquals(7, file.status().sizeBytes());
      assertFalse(written.isDone());
    }

    assertEquals(12, written.get(10, TimeUnit.SECONDS));
  }
}
