package io.exonward.agent.sensor.ebpf;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.exonward.agent.sensor.KernelTests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The committed object is what its source gives, and Java reads what it writes. */
final class RecordLayoutTest {
  private static final Path SOURCES = Path.of("src/main/bpf").toAbsolutePath();

  @TempDir Path folder;

  @Test
  void objects_rebuilt_areByteIdentical() throws IOException {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/clang-14")), "needs clang-14");

    assertEquals(0, KernelTests.run(SOURCES.resolve("build"), folder));

    List<Path> sources = list(SOURCES, ".bpf.c");
    assertFalse(sources.isEmpty());
    assertEquals(sources.size(), list(SOURCES, ".bpf.o").size());
    for (Path source : sources) {
      String object = source.getFileName().toString().replace(".bpf.c", ".bpf.o");
      assertArrayEquals(
          Files.readAllBytes(SOURCES.resolve(object)),
          Files.readAllBytes(folder.resolve(object)),
          object);
    }
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
    members.remove("filler");
    assertFalse(members.isEmpty());
    members.forEach((name, offset) -> assertEquals(offset, declared(name), name));
    assertEquals(RecordLayout.EXEC_RECORD_BYTES, BtfStruct.sizeBytes(object(), "exec_record"));
  }

  @Test
  void layout_fileIdentity_isThatOfTheObject() throws IOException {
    Map<String, Integer> members = BtfStruct.read(object(), "file_identity");

    members.remove("padding");

    assertFalse(members.isEmpty());
    members.forEach((name, offset) -> assertEquals(offset, declared(FileRecord.class, name), name));
    assertEquals(FileRecord.FILE_IDENTITY_BYTES, BtfStruct.sizeBytes(object(), "file_identity"));
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

  private static List<Path> list(Path folder, String ending) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(ending)).toList();
    }
  }

  private static int declared(String member) {
    return declared(RecordLayout.class, member);
  }

  private static int declared(Class<?> layout, String member) {
    try {
      return layout.getDeclaredField(member.toUpperCase(Locale.ROOT)).getInt(null);
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
