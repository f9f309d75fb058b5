package io.exonward.agent.sensor.action;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.exonward.agent.sensor.BootClock;
import io.exonward.agent.sensor.EventLog;
import io.exonward.common.event.ActionKind;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

final class ActionReaderTest {
  private final EventLog log = new EventLog();
  private final List<Integer> mounted = new ArrayList<>();
  private final ActionReader reader =
      new ActionReader(
          new UUID(1, 2),
          new BootClock(Clock.systemUTC()),
          new NamespacePids(Path.of("/proc")),
          log,
          mounted::add);

  @Property
  void path_components_areJoinedFromTheRoot(
      @ForAll @Size(max = 20) List<@AlphaChars @StringLength(min = 1, max = 30) String> names) {
    String fromLeaf = String.join("\0", names.reversed()) + (names.isEmpty() ? "" : "\0");

    String path = ActionText.path(fromLeaf.getBytes(StandardCharsets.UTF_8));

    assertEquals("/" + String.join("/", names), path);
  }

  @Property
  void read_anyBytes_areReadOrRefused(@ForAll @Size(max = 300) byte[] content) {
    ByteBuffer memory = ByteBuffer.wrap(content).order(ByteOrder.nativeOrder());

    try {
      reader.read(memory, 0, content.length);
    } catch (IllegalArgumentException e) {
      assertTrue(e.getMessage() != null);
    }
  }

  @Property
  void detail_anyText_isReadOrRefused(@ForAll ActionKind kind, @ForAll byte[] text) {
    try {
      ActionText.detail(kind, text, false);
    } catch (IllegalArgumentException e) {
      assertTrue(e.getMessage() != null);
    }
  }

  @Test
  void read_textBeyondTheRecord_isRefused() {
    ByteBuffer record = ByteBuffer.allocate(ActionLayout.ACTION_RECORD_BYTES);
    record.order(ByteOrder.nativeOrder()).putInt(ActionLayout.TEXT_BYTES, 1);

    assertThrows(IllegalArgumentException.class, () -> reader.read(record, 0, record.capacity()));
  }

  @Test
  void detail_ids_nameWhatStays() {
    ByteBuffer ids = ByteBuffer.allocate(ActionText.ID_CHANGE_BYTES).order(ByteOrder.nativeOrder());
    ids.putInt(0).putInt(0).putInt(0).putInt(-1).putInt(1000).putInt(-2);

    assertEquals(
        "gid 0/0/0 to -/1000/4294967294",
        ActionText.detail(ActionKind.CREDENTIALS_CHANGED, ids.array(), true));
  }

  @Test
  void detail_noName_isNull() {
    assertNull(ActionText.detail(ActionKind.BPF_LOADED, new byte[16], false));
  }
}
