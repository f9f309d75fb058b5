package io.exonward.common.gene.index;

import io.exonward.common.gene.FunctionGenes;
import io.exonward.common.gene.GeneType;
import io.exonward.common.gene.Genes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * New samples on the heap, until they are written as a segment. About 8 bytes a gene and 1 KiB a
 * function, so a full one takes some 150 MiB. Not thread-safe.
 */
final class Batch implements SegmentSource {
  private static final int MAX_GENES = 1 << 22;

  private final List<KeyPairs> tables =
      Stream.generate(KeyPairs::new).limit(SegmentLayout.TABLES).toList();
  private final List<StoredFunction> functions = new ArrayList<>();
  private final Map<Twin, List<Integer>> twins = new HashMap<>();
  private final List<Integer> origins = new ArrayList<>();

  /** Functions of one family that differ at most in what they refer to. */
  private record Twin(int family, long identity, long exact) {}

  boolean isEmpty() {
    return origins.isEmpty();
  }

  /** Whether it should be written before more is added. */
  boolean isFull() {
    return functions.size() >= KeyPairs.MAX_IDS
        || origins.size() >= KeyPairs.MAX_IDS
        || TYPES.stream().mapToInt(type -> genesOf(type).size()).sum() >= MAX_GENES;
  }

  /** Adds what a whole code object of an origin has. Origins come in ascending order. */
  void add(int origin, GeneType type, Genes some) {
    int local = local(origin);
    KeyPairs pairs = genesOf(type);
    some.stream().forEach(gene -> pairs.add(GeneTable.key(gene), local));
  }

  /** Adds a function of an origin; may be called only while this is not full. */
  void add(int origin, int family, FunctionGenes genesOfOne) {
    local(origin);
    StoredFunction function = StoredFunction.of(genesOfOne, family, origin);
    Twin twin = new Twin(family, function.identity, function.exact);
    List<Integer> known = twins.computeIfAbsent(twin, none -> new ArrayList<>(1));
    for (int number : known) {
      StoredFunction other = functions.get(number);
      if (Arrays.deepEquals(other.keys, function.keys)) {
        other.origins = IntSets.with(other.origins, origin);
        return;
      }
    }
    int number = functions.size();
    known.add(number);
    functions.add(function);
    for (Feature feature : Feature.WEIGHED) {
      for (long key : function.keys[feature.place]) {
        featuresOf(feature).add(key, number);
      }
    }
    featuresOf(Feature.EXACT).add(GeneTable.key(function.exact), number);
  }

  private KeyPairs genesOf(GeneType type) {
    return tables.get(SegmentLayout.table(type));
  }

  private KeyPairs featuresOf(Feature feature) {
    return tables.get(SegmentLayout.table(feature));
  }

  private int local(int origin) {
    int known = origins.lastIndexOf(origin);
    if (known >= 0) {
      return known;
    }
    origins.add(origin);
    return origins.size() - 1;
  }

  @Override
  public GeneCursor genes(GeneType type) {
    return new OriginCursor(genesOf(type).cursor());
  }

  @Override
  public GeneCursor features(Feature feature) {
    return featuresOf(feature).cursor();
  }

  @Override
  public int functions() {
    return functions.size();
  }

  @Override
  public StoredFunction function(int number) {
    return functions.get(number);
  }

  /** Gives local numbers back as those of origins. */
  private final class OriginCursor implements GeneCursor {
    private final GeneCursor locals;

    OriginCursor(GeneCursor locals) {
      this.locals = locals;
    }

    @Override
    public boolean advance() {
      return locals.advance();
    }

    @Override
    public long key() {
      return locals.key();
    }

    @Override
    public int[] ids() {
      return Arrays.stream(locals.ids()).map(origins::get).sorted().toArray();
    }
  }
}
