package io.exonward.server.ingest;

import io.exonward.common.elf.Architecture;
import io.exonward.common.gene.FunctionGenes;
import io.exonward.common.gene.GeneSet;
import io.exonward.common.gene.Genes;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Made-up gene sets: programs out of parts, of which two programs may share some. */
final class SampleGenes {
  private static final int FUNCTIONS = 20;
  private static final int FUNCTION_BYTES = 400;

  private SampleGenes() {}

  /** A program of these parts; the same part has the same genes in every program. */
  static GeneSet program(String... parts) {
    List<FunctionGenes> functions = new ArrayList<>();
    List<long[]> stream = new ArrayList<>();
    List<long[]> triples = new ArrayList<>();
    List<long[]> strings = new ArrayList<>();
    for (String part : parts) {
      Random random = new Random(part.hashCode());
      for (int i = 0; i < FUNCTIONS; i++) {
        functions.add(function(random, part + "_" + i, 0x1000 + 0x200L * functions.size()));
        stream.add(genes(random, 100));
        triples.add(genes(random, 20));
        strings.add(genes(random, 5));
      }
    }
    return new GeneSet(
        GeneSet.DEFINITION,
        Architecture.X86_64,
        (long) functions.size() * FUNCTION_BYTES,
        union(stream),
        union(triples),
        union(strings),
        functions,
        true);
  }

  private static FunctionGenes function(Random random, String name, long address) {
    return new FunctionGenes(
        address,
        FUNCTION_BYTES,
        100,
        name,
        Genes.of(genes(random, 80)),
        Genes.of(genes(random, 12)),
        Genes.of(genes(random, 3)),
        Genes.of(genes(random, 3)),
        Genes.of(genes(random, 6)),
        random.nextLong());
  }

  private static long[] genes(Random random, int count) {
    return random.longs(count, 0, Genes.MAX).toArray();
  }

  private static Genes union(List<long[]> parts) {
    return Genes.of(parts.stream().flatMapToLong(java.util.Arrays::stream).toArray());
  }
}
