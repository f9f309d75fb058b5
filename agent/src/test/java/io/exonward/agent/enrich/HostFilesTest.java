package io.exonward.agent.enrich;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.exonward.agent.TestClock;
import io.exonward.common.event.HostFacts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostFilesTest {
  @TempDir Path root;

  @Test
  void users_fileChanged_isReadAgain() throws IOException {
    TestClock clock = new TestClock();
    Path passwd = root.resolve("passwd");
    Files.writeString(passwd, "root:x:0:0:root:/root:/bin/sh\n+::::::\nbad\na:x:4294967294:1:::\n");
    UserNames users = new UserNames(passwd, clock);
    assertEquals("root", users.user(0, 0).name());
    assertEquals("a", users.user(-2, 1).name());
    assertNull(users.user(7, 7).name());

    Files.writeString(passwd, "seven:x:7:7:::\n");
    Files.setLastModifiedTime(passwd, FileTime.from(Instant.EPOCH));
    clock.advance(Duration.ofSeconds(6));

    assertEquals("seven", users.user(7, 7).name());
  }

  @Test
  void facts_realHost_areThere() {
    HostFacts facts = new HostFactsReader(Path.of("/")).read();

    assertNotNull(facts.hostname());
    assertNotNull(facts.bootId());
    assertNotNull(facts.kernelVersion());
    assertNotNull(facts.osName());
    assertTrue(facts.memoryBytes() > 1 << 20);
    assertTrue(facts.bootedAt() != null && facts.bootedAt().isBefore(Instant.now()));
  }

  @Test
  void facts_emptyRoot_areNull() {
    HostFacts facts = new HostFactsReader(root).read();

    assertNull(facts.machineId());
    assertNull(facts.osName());
    assertNull(facts.bootedAt());
    assertEquals("localhost", facts.hostname());
  }

  @Test
  void hardware_realHost_agreesWithTheKernel() throws IOException {
    Hardware hardware = Hardware.read();

    String total = Files.readAllLines(Path.of("/proc/meminfo")).getFirst().replaceAll("[^0-9]", "");
    assertEquals(Long.parseLong(total) << 10, hardware.memoryBytes());
    assertEquals(Runtime.getRuntime().availableProcessors(), hardware.cpuCount());
  }

  @Test
  void containers_sameCgroup_isReadOnce() throws IOException {
    String id = "0123456789abcdef".repeat(4);
    Files.createDirectories(root.resolve("42"));
    Files.writeString(root.resolve("42/cgroup"), "0::/docker/" + id + "\n");
    Containers containers = new Containers(root);
    assertEquals(id, containers.find(42, 99));
    Files.delete(root.resolve("42/cgroup"));

    assertEquals(id, containers.find(43, 99));
    assertNull(containers.find(43, 0));
  }
}
