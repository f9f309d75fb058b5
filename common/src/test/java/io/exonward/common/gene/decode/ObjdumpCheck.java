package io.exonward.common.gene.decode;

import io.exonward.common.elf.Architecture;
import java.nio.file.Path;

/** Compares the decoder with objdump on files. */
final class ObjdumpCheck {
  private ObjdumpCheck() {}

  public static void main(String[] files) {
    ObjdumpComparison comparison = new ObjdumpComparison(Decoder.of(Architecture.X86_64));
    for (String file : files) {
      ObjdumpListing.of(Path.of(file), comparison::add);
    }
    System.out.println(comparison.report());
  }
}
