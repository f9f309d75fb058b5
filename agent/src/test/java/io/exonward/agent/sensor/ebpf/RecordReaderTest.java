package io.exonward.agent.sensor.ebpf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.exonward.agent.sensor.BootClock;
import io.exonward.agent.sensor.KernelEvent;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

final class RecordReaderTest {
  private final RecordReader reader =
      new RecordReader(new UUID(1, 2), new BootClock(Clock.systemUTC()));

  @Property
  void path_components_areJoinedFromTheRoot(
      @ForAll @Size(max = 20) List<@AlphaChars @StringLength(min = 1, max = 30) String> names) {
    String fromLeaf = String.join("\0", names.reversed()) + (names.isEmpty() ? "" : "\0");

    KernelEvent.Exec exec = read(exec("file\0", "a\0\0b\0", fromLeaf, ""));

    assertEquals("/" + String.join("/", names), exec.path());
    assertEquals("/", exec.workingDirectory());
    assertEquals(List.of("a", "", "b"), exec.arguments());
    assertEquals("file", exec.fileName());
  }

  @Property
  void read_anyText_neverRunsOutOfTheRecord(
      @ForAll String name, @ForAll String arguments, @ForAll String path) {
    KernelEvent.Exec exec = read(exec(name, arguments, path, path));

    assertTrue(exec.arguments().size() <= arguments.length());
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

  @Test
  void read_lengthsBeyondTheRecord_areRefused() {
    ByteBuffer record = exec("f\0", "", "", "");
    record.putInt(RecordLayout.ARGUMENT_BYTES, Integer.MAX_VALUE);

    assertThrows(IllegalArgumentException.class, () -> reader.read(record, 0, record.capacity()));
  }

  private KernelEvent.Exec read(ByteBuffer record) {
    return (KernelEvent.Exec) Objects.requireNonNull(reader.read(record, 0, record.capacity()));
  }

  private static ByteBuffer exec(String name, String arguments, String path, String directory) {
    byte[][] texts = {bytes(name), bytes(arguments), bytes(path), bytes(directory)};
    int length = RecordLayout.EXEC_RECORD_BYTES;
    for (byte[] text : texts) {
      length += text.length;
    }
    ByteBuffer record = ByteBuffer.allocate(length).order(ByteOrder.nativeOrder());
    record.putInt(RecordLayout.KIND, 1).putInt(RecordLayout.PID, 5);
    record.putInt(RecordLayout.FILE + FileRecord.LINK_COUNT, 1);
    record.position(RecordLayout.EXEC_RECORD_BYTES);
    for (int i = 0; i < texts.length; i++) {
      record.putInt(RecordLayout.FILE_NAME_BYTES + 4 * i, texts[i].length);
      record.put(texts[i]);
    }
    return record;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
