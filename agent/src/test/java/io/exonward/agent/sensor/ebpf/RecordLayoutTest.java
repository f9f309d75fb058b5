package io.exonward.agent.sensor.ebpf;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.exonward.agent.sensor.KernelTests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The committed object is what its source gives, and Java reads what it writes. */
final class RecordLayoutTest {
  private static final Path SOURCES = Path.of("src/main/bpf").toAbsolutePath();

  @TempDir Path folder;

  @Test
  void object_rebuilt_isByteIdentical() throws IOException {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/clang-14")), "needs clang-14");
    Path rebuilt = folder.resolve("exec.bpf.o");

    assertEquals(0, KernelTests.run(SOURCES.resolve("build"), rebuilt));

    assertArrayEquals(
        Files.readAllBytes(SOURCES.resolve("exec.bpf.o")), Files.readAllBytes(rebuilt));
  }

  @Test
  void layout_record_isThatOfTheObject() throws IOException {
    Map<String, Integer> members = BtfStruct.read(object(), "record");

    members.remove("padding");

    assertFalse(members.isEmpty());
    members.forEach((name, offset) -> assertEquals(offset, declared(name), name));
    assertEquals(RecordLayout.RECORD_BYTES, BtfStruct.sizeBytes(object(), "record"));
  }

  @Test
  void layout_execRecord_isThatOfTheObject() throws IOException {
    Map<String, Integer> members = BtfStruct.read(object(), "exec_record");

    assertEquals(0, members.remove("head"));
    assertFalse(members.isEmpty());
    members.forEach((name, offset) -> assertEquals(offset, declared(name), name));
    assertEquals(RecordLayout.EXEC_RECORD_BYTES, BtfStruct.sizeBytes(object(), "exec_record"));
  }

  @Test
  void layout_declaredOffsets_allExistInTheObject() throws IOException {
    Map<String, Integer> members = new TreeMap<>(BtfStruct.read(object(), "exec_record"));
    members.putAll(BtfStruct.read(object(), "record"));
    members.put("record_bytes", 0);
    members.put("exec_record_bytes", 0);

    for (var field : RecordLayout.class.getDeclaredFields()) {
      if (!field.isSynthetic()) {
        assertEquals(
            true, members.containsKey(field.getName().toLowerCase(Locale.ROOT)), field.getName());
      }
    }
  }

  private static int declared(String member) {
    try {
      return RecordLayout.class.getDeclaredField(member.toUpperCase(Locale.ROOT)).getInt(null);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("Java does not know the member " + member, e);
    }
  }

  private static byte[] object() throws IOException {
    try (var stream = EbpfSensor.class.getResourceAsStream("exec.bpf.o")) {
      return Objects.requireNonNull(stream).readAllBytes();
    }
  }
}
