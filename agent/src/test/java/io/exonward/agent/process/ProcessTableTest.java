package io.exonward.agent.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.exonward.common.hash.Sha256;
import io.exonward.common.process.ProcessId;
import io.exonward.common.process.ProcessSummary;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ProcessTableTest {
  private static final UUID BOOT = UUID.fromString("b22ba463-c1ac-4b5d-a9f9-5e1e0c0d9a01");
  private static final Sha256 HASH = Sha256.digest("x".getBytes(StandardCharsets.UTF_8));

  private final ProcessTable table = new ProcessTable(8, 4);

  private static ProcessId id(int pid) {
    return new ProcessId(BOOT, pid, pid * 10L);
  }

  private static long execute(
      ProcessTable table, int pid, String path, @Nullable ProcessId parent) {
    return table.executed(id(pid), parent, new Image(path, null), List.of(path), null);
  }

  private List<String> ancestors(int pid) {
    return table.ancestry(id(pid)).stream().map(s -> String.valueOf(s.executable())).toList();
  }

  @Test
  void ancestry_forkAndExec_namesParentsUpward() {
    execute(table, 1, "/sbin/init", null);
    table.forked(id(1), id(2));
    execute(table, 2, "/bin/sh", null);
    table.forked(id(2), id(3));

    assertEquals(List.of("/bin/sh", "/sbin/init"), ancestors(3));
    assertEquals("/bin/sh", table.find(id(3)).orElseThrow().executable());
  }

  @Test
  void ancestry_parentEnded_stillNamed() {
    execute(table, 1, "/sbin/init", null);
    execute(table, 2, "/bin/sh", id(1));
    execute(table, 3, "/bin/ls", id(2));

    table.ended(id(2));

    assertEquals(List.of("/bin/sh", "/sbin/init"), ancestors(3));
  }

  @Test
  void ancestry_cycle_ends() {
    execute(table, 1, "/a", id(2));
    execute(table, 2, "/b", id(1));

    assertEquals(List.of("/b"), ancestors(1));
  }

  @Test
  void ancestry_parentNeverSeen_isNamedByIdOnly() {
    execute(table, 5, "/a", id(4));

    List<ProcessSummary> chain = table.ancestry(id(5));

    assertEquals(id(4), chain.getFirst().process());
    assertNull(chain.getFirst().executable());
  }

  @Test
  void ancestry_deepChain_hasAtMostSixteen() {
    ProcessTable large = new ProcessTable(100, 10);
    for (int pid = 2; pid < 60; pid++) {
      execute(large, pid, "/p" + pid, id(pid - 1));
    }

    assertEquals(ProcessTable.MAX_ANCESTRY, large.ancestry(id(59)).size());
  }

  @Test
  void hashed_processExecutedAgain_isIgnored() {
    long first = execute(table, 1, "/a", null);
    long second = execute(table, 1, "/b", null);

    table.hashed(id(1), first, HASH);
    assertNull(table.find(id(1)).orElseThrow().sha256());

    table.hashed(id(1), second, HASH);
    assertEquals(HASH, table.find(id(1)).orElseThrow().sha256());
  }

  @Test
  void executed_tableFull_endedGoBeforeLiving() {
    for (int pid = 1; pid <= 8; pid++) {
      execute(table, pid, "/p", null);
    }
    table.ended(id(5));

    execute(table, 9, "/p", null);
    assertTrue(table.find(id(5)).isEmpty());
    assertEquals(0, table.evicted());

    execute(table, 10, "/p", null);
    assertTrue(table.find(id(1)).isEmpty());
    assertEquals(1, table.evicted());
    assertEquals(8, table.size());
  }

  @Test
  void executed_longTexts_areBoundedTogether() {
    for (int pid = 1; pid <= 4; pid++) {
      execute(table, pid, "/" + "p".repeat(300), null);
    }
    assertEquals(Set.of(3, 4), table.livingPids());
    assertEquals(2, table.evicted());

    execute(table, 3, "/p", null);
    execute(table, 5, "/" + "p".repeat(300), null);

    assertEquals(Set.of(3, 4, 5), table.livingPids());
  }

  @Test
  void retain_afterLoss_endsWhoIsGone() {
    for (int pid = 1; pid <= 8; pid++) {
      execute(table, pid, "/p", null);
    }

    table.retain(Set.of(id(1), id(2), id(3)));

    assertEquals(Set.of(1, 2, 3), table.livingPids());
    assertEquals(7, table.size());
  }

  @Test
  void forked_parentUnknown_isKeptWithoutName() {
    table.forked(id(1), id(2));

    assertNull(table.find(id(2)).orElseThrow().executable());
  }

  @Test
  void ended_parent_staysAsLongAsItsChildren() {
    execute(table, 1, "/bin/sh", null);
    table.forked(id(1), id(2));
    table.ended(id(1));
    for (int pid = 10; pid < 30; pid++) {
      execute(table, pid, "/bin/true", null);
      table.ended(id(pid));
    }
    assertEquals(List.of("/bin/sh"), ancestors(2));

    table.ended(id(2));
    for (int pid = 30; pid < 50; pid++) {
      execute(table, pid, "/bin/true", null);
      table.ended(id(pid));
    }

    assertTrue(table.find(id(1)).isEmpty());
    assertEquals(4, table.size());
  }

  @Test
  void ended_parentMetBetweenItsChildren_staysForTheYoungerOne() {
    execute(table, 2, "/bin/older", id(1));
    execute(table, 1, "/bin/sh", null);
    table.forked(id(1), id(3));
    table.ended(id(1));
    table.ended(id(2));
    for (int pid = 10; pid < 30; pid++) {
      execute(table, pid, "/bin/true", null);
      table.ended(id(pid));
    }

    assertEquals(List.of("/bin/sh"), ancestors(3));
  }

  @Test
  void executed_tableFullOfParents_thoseThatEndedFirstGoBeforeLiving() {
    for (int pid = 1; pid <= 4; pid++) {
      execute(table, pid, "/bin/sh", null);
      table.forked(id(pid), id(10 + pid));
      table.ended(id(pid));
    }

    execute(table, 20, "/bin/true", null);

    assertTrue(table.find(id(1)).isEmpty());
    assertTrue(table.find(id(2)).isPresent());
    assertEquals(0, table.evicted());
  }

  /** Whatever happens in whatever order, the table keeps its bounds and its books. */
  @Property(tries = 300)
  void table_anyOrder_keepsItsBounds(
      @ForAll @Size(max = 200) List<@IntRange(min = 0, max = 899) Integer> steps) {
    ProcessTable any = new ProcessTable(8, 4);
    for (int step : steps) {
      ProcessId one = id(1 + step % 15);
      ProcessId other = id(1 + step / 15 % 15);
      switch (step / 225) {
        case 0 -> any.forked(one, other);
        case 1 -> any.ended(one);
        case 2 -> execute(any, one.pid(), "/p", other);
        default -> any.retain(new HashSet<>(List.of(one, other)));
      }
      assertTrue(any.size() <= 8);
      assertTrue(any.livingPids().size() <= any.size());
    }
  }
}
