package io.exonward.server.cli;

import io.exonward.common.gene.Family;
import io.exonward.common.gene.Sample;
import io.exonward.common.gene.index.IndexedFamily;
import io.exonward.common.gene.match.CodeAnalysis;
import io.exonward.common.gene.match.CodeComparison;
import io.exonward.common.gene.match.FamilyMatch;
import io.exonward.common.gene.match.FunctionMatch;
import io.exonward.common.gene.match.FunctionPair;
import io.exonward.server.cli.client.Json;
import io.exonward.server.cli.gene.GeneWork;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Families and results of analysis as JSON: the names that scripts rely on. */
final class GeneView {
  /** Figures are rounded to this many parts of one: more digits say nothing. */
  private static final double PARTS = 10_000;

  private GeneView() {}

  /** {@code {"name", "kind", "versions", "samples"}}; samples are their number. */
  static ObjectNode family(IndexedFamily indexed) {
    ObjectNode json = named(indexed.family());
    ArrayNode versions = json.putArray("versions");
    indexed.samples().stream()
        .map(Sample::version)
        .filter(version -> !version.isEmpty())
        .distinct()
        .sorted()
        .forEach(versions::add);
    return json.put("samples", indexed.samples().size());
  }

  /** As {@link #family}, with each sample. */
  static ObjectNode familyWithSamples(IndexedFamily indexed) {
    ObjectNode json = family(indexed);
    ArrayNode samples = json.putArray("samples");
    for (Sample sample : indexed.samples()) {
      samples
          .addObject()
          .put("sha256", sample.sha256().toString())
          .put("version", sample.version())
          .put("provenance", sample.provenance());
    }
    return json;
  }

  /** What one file is related to. */
  static ObjectNode analysis(GeneWork.Done<CodeAnalysis> done, boolean withFunctions) {
    CodeAnalysis analysis = done.result();
    ObjectNode json =
        Json.object()
            .put("file", done.name())
            .put("sha256", done.sha256().toString())
            .put("classification", word(analysis.classification()))
            .put("reason", analysis.reason())
            .put("complete", analysis.isComplete());
    ArrayNode families = json.putArray("families");
    analysis.families().forEach(match -> families.add(familyMatch(match)));
    json.putObject("novel")
        .put("functions", analysis.novel().functions())
        .put("bytes", analysis.novel().bytes());
    if (withFunctions) {
      ArrayNode functions = json.putArray("functions");
      analysis.functions().forEach(match -> functions.add(functionMatch(match)));
    }
    return json;
  }

  /** How alike two files are. */
  static ObjectNode comparison(
      GeneWork.Done<?> a, GeneWork.Done<?> b, CodeComparison comparison, boolean withFunctions) {
    ObjectNode json = Json.object();
    json.putObject("a").put("file", a.name()).put("sha256", a.sha256().toString());
    json.putObject("b").put("file", b.name()).put("sha256", b.sha256().toString());
    json.put("similarity", rounded(comparison.similarity()))
        .put("similarity_code_only", rounded(comparison.similarityCodeOnly()))
        .put("share_of_a", rounded(comparison.shareOfA()))
        .put("share_of_b", rounded(comparison.shareOfB()))
        .put("matched_functions", comparison.pairs().size());
    if (withFunctions) {
      ArrayNode pairs = json.putArray("functions");
      comparison.pairs().forEach(pair -> pairs.add(functionPair(pair)));
    }
    return json;
  }

  /** An address as people write it; JSON numbers cannot hold all of them. */
  static String address(long address) {
    return "0x" + Long.toHexString(address);
  }

  /** A list in its envelope. */
  static ObjectNode envelope(List<ObjectNode> items) {
    ObjectNode envelope = Json.object();
    envelope.putArray("items").addAll(items);
    return envelope;
  }

  private static ObjectNode named(Family family) {
    return Json.object().put("name", family.name()).put("kind", word(family.kind()));
  }

  private static ObjectNode familyMatch(FamilyMatch match) {
    return named(match.family())
        .put("version", match.version())
        .put("share", rounded(match.share()))
        .put("share_code_only", rounded(match.shareCodeOnly()))
        .put("functions", match.functions())
        .put("evidence", rounded(match.evidence()));
  }

  private static ObjectNode functionMatch(FunctionMatch match) {
    ObjectNode json =
        Json.object().put("address", address(match.address())).put("size", match.sizeBytes());
    put(json, "name", match.name());
    put(json, "family", match.family());
    put(json, "matched_name", match.matchedName());
    return json.put("similarity", rounded(match.similarity()))
        .put("evidence", rounded(match.evidence()))
        .put("label", word(match.label()));
  }

  private static ObjectNode functionPair(FunctionPair pair) {
    ObjectNode json = Json.object().put("address_a", address(pair.addressA()));
    put(json, "name_a", pair.nameA());
    json.put("address_b", address(pair.addressB()));
    put(json, "name_b", pair.nameB());
    return json.put("similarity", rounded(pair.similarity())).put("exact", pair.isExact());
  }

  private static void put(ObjectNode json, String field, @Nullable String value) {
    json.put(field, value);
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private static double rounded(double value) {
    return Math.round(value * PARTS) / PARTS;
  }
}
