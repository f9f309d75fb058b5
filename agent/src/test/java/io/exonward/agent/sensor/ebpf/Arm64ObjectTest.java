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
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * BPF has its own instruction set, and no program reads registers of the processor: compiled for
 * arm64, each object is the committed one, byte for byte.
 */
final class Arm64ObjectTest {
  private static final Path SOURCES = Path.of("src/main/bpf").toAbsolutePath();

  @TempDir Path folder;

  @Test
  void objects_compiledForArm64_areTheCommittedOnes() throws IOException {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/clang-14")), "needs clang-14");

    assertEquals(0, KernelTests.run(SOURCES.resolve("build"), folder, "arm64"));

    List<Path> objects = objects(folder);
    assertFalse(objects.isEmpty());
    assertEquals(objects(SOURCES).size(), objects.size());
    for (Path object : objects) {
      Path committed = SOURCES.resolve(object.getFileName());
      assertArrayEquals(
          Files.readAllBytes(committed), Files.readAllBytes(object), committed.toString());
    }
  }

  private static List<Path> objects(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".bpf.o")).toList();
    }
  }
}
