package io.exonward.common.gene.decode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.exonward.common.elf.Architecture;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Compares the x86-64 decoder with objdump on programs that every machine has. */
class ObjdumpTest {
  private static final List<String> SAMPLE =
      List.of(
          "/bin/bash",
          "/bin/ls",
          "/usr/bin/find",
          "/usr/bin/perl",
          "/lib/x86_64-linux-gnu/libc.so.6",
          "/lib/x86_64-linux-gnu/libm.so.6");

  @Test
  void decode_programsOfThisMachine_agreesWithObjdump() {
    String unavailable = ObjdumpListing.unavailable();
    assumeTrue(unavailable.isEmpty(), unavailable);
    ObjdumpComparison comparison = new ObjdumpComparison(Decoder.of(Architecture.X86_64));

    SAMPLE.stream()
        .map(Path::of)
        .filter(Files::exists)
        .forEach(file -> ObjdumpListing.of(file, comparison::add));

    System.out.println(comparison.report());
    assertTrue(comparison.instructions > 0);
    assertEquals(0, comparison.unexplained(), comparison::report);
    assertTrue(comparison.equalShare() > 0.985, comparison::report);
  }
}
