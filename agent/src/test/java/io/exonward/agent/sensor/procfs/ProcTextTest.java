package io.exonward.agent.sensor.procfs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

final class ProcTextTest {
  private static final String AFTER_NAME =
      " S 41 42 42 0 -1 4194560 1 2 3 4 5 6 7 8 20 0 1 0 7777 99 100 18446744073709551615 1 2 140000 0";

  @Test
  void arguments_emptyOnes_areKept() {
    assertEquals(List.of("a", "", "b"), ProcText.arguments(bytes("a\0\0b\0")));
    assertEquals(List.of("a", "cut"), ProcText.arguments(bytes("a\0cut")));
    assertEquals(List.of(), ProcText.arguments(bytes("")));
  }

  @Test
  void realId_largestId_isRead() {
    byte[] status = bytes("Name:\tx\\nUid:\t9\nUid:\t4294967294\t1\t2\t3\n");

    assertEquals(Optional.of(-2), ProcText.realId(status, "Uid:"));
    assertEquals(Optional.empty(), ProcText.realId(status, "Gid:"));
    assertEquals(Optional.empty(), ProcText.realId(bytes("Uid:\tx"), "Uid:"));
  }

  @Test
  void unifiedCgroup_amongOthers_isFound() {
    byte[] cgroup = bytes("2:cpu:/a\n0::/system.slice/x.service\n");

    assertEquals(Optional.of("/system.slice/x.service"), ProcText.unifiedCgroup(cgroup));
    assertEquals(Optional.empty(), ProcText.unifiedCgroup(bytes("2:cpu:/a\n")));
  }

  @Test
  void namespaceInode_anything_isANumberOrZero() {
    assertEquals(
        Integer.parseUnsignedInt("4026531840"), ProcText.namespaceInode("mnt:[4026531840]"));
    assertEquals(0, ProcText.namespaceInode("mnt:["));
    assertEquals(0, ProcText.namespaceInode("mnt:[99999999999]"));
  }

  @Property
  void stat_anyName_doesNotChangeTheRest(@ForAll @StringLength(max = 15) String name) {
    ProcessStat stat = ProcessStat.parse(bytes("40 (" + name + ")" + AFTER_NAME)).orElseThrow();

    assertEquals(new ProcessStat(41, 7777, false, 140000), stat);
  }

  @Property
  void parsers_anyBytes_doNotThrow(@ForAll byte[] content) {
    assertTrue(ProcText.arguments(content).size() <= content.length);
    assertEquals(Optional.empty(), ProcessStat.parse(content));
    assertEquals(Optional.empty(), ProcText.unifiedCgroup(content));
    assertEquals(Optional.empty(), ProcText.realId(content, "Uid:"));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
