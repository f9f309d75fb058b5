package io.exonward.agent.sensor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

final class MountTableTest {
  @Test
  void parse_linesOfTheManual_areRead() {
    String content =
        """
        36 35 98:0 /mnt1 /mnt\\0402 rw,noatime master:1 shared:2 - ext3 /dev/root rw
        37 35 0:50 / /a\\134b rw - fuse.sshfs me@there: rw
        """;

    MountTable table = MountTable.parse(content.getBytes(StandardCharsets.UTF_8));

    assertEquals(
        List.of(
            new MountTable.Mount(36, 98, 0, "/mnt 2", "ext3"),
            new MountTable.Mount(37, 0, 50, "/a\\b", "fuse.sshfs")),
        table.mounts());
  }

  @Test
  void find_secondLineWithoutEnd_isFound() {
    String content =
        """
        36 35 98:0 / /a rw - ext3 x rw
        x
        37 35 0:50 / /b rw - tmpfs x rw\
        """;

    var found = MountTable.find(content.getBytes(StandardCharsets.UTF_8), m -> m.id() == 37);

    assertEquals(Optional.of(new MountTable.Mount(37, 0, 50, "/b", "tmpfs")), found);
  }

  @Test
  void parse_brokenLines_areLeftOut() {
    String content =
        """
        x
        36 35 98 / / rw - ext4 x rw
        36 35 a:b / / rw - ext4 x rw
        36 35 1:2 / / rw
        """;

    assertTrue(MountTable.parse(content.getBytes(StandardCharsets.UTF_8)).mounts().isEmpty());
  }

  @Property
  void parse_anyBytes_doesNotThrow(@ForAll byte[] content) {
    assertTrue(MountTable.parse(content).mounts().size() <= content.length);
  }

  @Property
  void unescape_escaped_isTheSame(@ForAll String point) {
    StringBuilder escaped = new StringBuilder();
    for (byte b : point.getBytes(StandardCharsets.UTF_8)) {
      escaped.append("\\%03o".formatted(b & 0xff));
    }

    String expected = new String(point.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    assertEquals(expected, MountTable.unescape(escaped.toString()));
  }
}
