package io.exonward.server.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.exonward.common.event.Event;
import io.exonward.common.file.CodeOrigin;
import io.exonward.common.policy.Mode;
import io.exonward.server.ingest.TestServer.SpoolingAgent;
import io.exonward.server.inventory.PageRequest;
import io.exonward.server.inventory.RefusedException;
import io.exonward.server.policy.BaselineEntry;
import io.exonward.server.policy.HostGroup;
import io.exonward.server.policy.PolicySnapshot;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class LearningTest {
  private final TestServer server = new TestServer();
  private final SpoolingAgent agent = server.agent(Mode.LEARN);

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void replay_ofWhatWasLearned_isSilent() {
    agent.send(Samples.execution("/usr/bin/ls", "ls"));
    server.groups.freeze(TestServer.GROUP);

    agent.send(Samples.execution("/usr/bin/ls", "ls"));
    assertTrue(server.allAlerts().isEmpty());

    agent.send(Samples.execution("/usr/bin/ls", "another ls"));
    assertEquals(Samples.hash("another ls"), server.onlyAlert().sha256());
  }

  @Test
  void learn_untrustworthyPlaces_areLeftOut() {
    agent.send(
        Samples.execution("/usr/bin/ls", "ls"),
        Samples.execution("/tmp/a", "in tmp"),
        Samples.execution("/var/tmp/a", "in var tmp"),
        Samples.execution("a", "wherever"),
        Samples.execution("/usr/../tmp/a", "in tmp after all"),
        Samples.execution("/dev/shm/a", "in shm"),
        Samples.writableByAll("/srv/a", "writable"),
        Samples.execution("memfd:a", Samples.code(CodeOrigin.MEMFD, "memfd", null), false),
        Samples.execution("/srv/b", Samples.code(CodeOrigin.DELETED, "deleted", null), false),
        Samples.unhashed(CodeOrigin.FILE, "/srv/c"));

    List<BaselineEntry> entries =
        server.baselines.list(TestServer.GROUP, PageRequest.first(10)).items();
    assertEquals(1, entries.size());
    assertEquals(Samples.hash("ls"), entries.getFirst().sha256());
    assertEquals(1, entries.getFirst().hosts());
    assertEquals("/usr/bin/ls", entries.getFirst().executable());
  }

  @Test
  void packages_seenWhileLearning_speakForTheirFiles() {
    agent.send(new Event.PackageInventory(List.of(Samples.BASH), 1, true));
    server.groups.freeze(TestServer.GROUP);

    agent.send(
        Samples.execution("/bin/bash", Samples.code(CodeOrigin.FILE, "bash", Samples.BASH), false));

    assertTrue(server.allAlerts().isEmpty());
    assertEquals(1, server.baselines.read(TestServer.GROUP).packages());
  }

  @Test
  void frozen_newCodeAndPackages_areNotLearned() {
    server.groups.freeze(TestServer.GROUP);

    agent.send(
        Samples.execution("/usr/bin/ls", "ls"),
        new Event.PackageInventory(List.of(Samples.BASH), 1, true));

    assertEquals(0, server.baselines.read(TestServer.GROUP).codeObjects());
    assertEquals(0, server.baselines.read(TestServer.GROUP).packages());
  }

  @Test
  void freezeDue_timeIsOver_freezesOnce() {
    server.groups.setMode(TestServer.GROUP, Mode.LEARN, Duration.ofSeconds(20));
    List<String> told = new ArrayList<>();
    server.groups.changes().listen(told::add);

    assertTrue(server.groups.freezeDue().isEmpty());
    server.clock.advance(Duration.ofSeconds(20));

    assertEquals(List.of(TestServer.GROUP), server.groups.freezeDue());
    assertTrue(server.groups.freezeDue().isEmpty());
    HostGroup group = server.groups.read(TestServer.GROUP);
    assertEquals(Mode.MONITOR, group.mode());
    assertNotNull(group.frozenAt());
    assertEquals(List.of(TestServer.GROUP), told);
  }

  @Test
  void freeze_twice_isAConflict() {
    server.groups.freeze(TestServer.GROUP);

    assertThrows(RefusedException.class, () -> server.groups.freeze(TestServer.GROUP));
  }

  @Test
  void snapshot_whileLearning_saysItIsIncomplete() {
    agent.send(Samples.execution("/usr/bin/ls", "ls"));
    assertFalse(server.policies.read(TestServer.GROUP).baseline().isComplete());

    server.groups.freeze(TestServer.GROUP);

    PolicySnapshot frozen = server.policies.read(TestServer.GROUP);
    assertTrue(frozen.baseline().isComplete());
    assertEquals(1, frozen.baseline().size());
  }

  @Test
  void groups_badOrTakenNames_areRefused() {
    assertThrows(RefusedException.class, () -> server.groups.create("Web", Mode.LEARN, null));
    assertThrows(RefusedException.class, () -> server.groups.create("-web", Mode.LEARN, null));
    assertThrows(RefusedException.class, () -> server.groups.create("default", Mode.LEARN, null));
  }
}
