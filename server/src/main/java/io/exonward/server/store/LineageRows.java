package io.exonward.server.store;

import io.exonward.common.gene.Family;
import io.exonward.common.gene.match.Classification;
import io.exonward.common.gene.match.FamilyMatch;
import io.exonward.common.gene.match.FunctionMatch;
import io.exonward.common.gene.match.FunctionMatch.Label;
import io.exonward.common.gene.match.Novel;
import io.exonward.common.hash.Sha256;
import io.exonward.server.gene.Lineage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What code is related to, as columns. */
final class LineageRows {
  private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

  private LineageRows() {}

  static Lineage lineage(ResultSet row) throws SQLException {
    return new Lineage(
        Columns.sha256(row, "sha256"),
        Classification.valueOf(row.getString("classification")),
        row.getString("reason"),
        list(Json.parse(row.getString("families")), LineageRows::readFamily),
        list(Json.parse(row.getString("foreign_functions")), LineageRows::readFunction),
        new Novel(row.getInt("novel_functions"), row.getLong("novel_bytes")),
        row.getInt("function_count"),
        row.getBoolean("is_complete"),
        row.getBoolean("is_verified"),
        Columns.instant(row, "analyzed_at"));
  }

  /** Has it compared again, whatever it was compared with. */
  static void expire(Handle handle, Sha256 sha256) {
    handle
        .createUpdate("update code_classification set generation = 0 where sha256 = :sha256")
        .bind("sha256", sha256.toBytes())
        .execute();
  }

  static <T> String write(List<T> values, Function<T, ObjectNode> write) {
    ArrayNode array = Json.object().putArray("items");
    values.forEach(value -> array.add(write.apply(value)));
    return array.toString();
  }

  private static <T> List<T> list(JsonNode array, Function<JsonNode, T> read) {
    List<T> values = new ArrayList<>(array.size());
    for (JsonNode value : array) {
      values.add(read.apply(value));
    }
    return values;
  }

  static ObjectNode writeFamily(FamilyMatch it) {
    return Json.object()
        .put("name", it.family().name())
        .put("kind", it.family().kind().name())
        .put("version", it.version())
        .put("share", it.share())
        .put("share_code_only", it.shareCodeOnly())
        .put("functions", it.functions())
        .put("evidence", it.evidence());
  }

  private static FamilyMatch readFamily(JsonNode node) {
    return new FamilyMatch(
        new Family(
            Json.requiredText(node, "name"), Family.Kind.valueOf(Json.requiredText(node, "kind"))),
        Json.requiredText(node, "version"),
        node.required("share").asDouble(),
        node.required("share_code_only").asDouble(),
        Json.integer(node, "functions"),
        node.required("evidence").asDouble());
  }

  static ObjectNode writeFunction(FunctionMatch it) {
    ObjectNode node =
        Json.object()
            .put("address", it.address())
            .put("size", it.sizeBytes())
            .put("similarity", it.similarity())
            .put("evidence", it.evidence())
            .put("label", it.label().name());
    Json.put(node, "name", printable(it.name()));
    Json.put(node, "family", it.family());
    Json.put(node, "matched_name", printable(it.matchedName()));
    return node;
  }

  /** Names of functions are hostile text, and PostgreSQL keeps no NUL. */
  private static @Nullable String printable(@Nullable String name) {
    return name == null ? null : CONTROL.matcher(name).replaceAll("\uFFFD");
  }

  private static FunctionMatch readFunction(JsonNode node) {
    return new FunctionMatch(
        Json.number(node, "address"),
        Json.integer(node, "size"),
        Json.text(node, "name"),
        Json.text(node, "family"),
        Json.text(node, "matched_name"),
        node.required("similarity").asDouble(),
        node.required("evidence").asDouble(),
        Label.valueOf(Json.requiredText(node, "label")));
  }

  /** Tens of thousands of functions are a megabyte of JSON, of which a tenth stays. */
  static byte[] compress(List<FunctionMatch> functions) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(bytes)) {
      out.write(write(functions, LineageRows::writeFunction).getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("memory does not fail", e);
    }
    return bytes.toByteArray();
  }

  static List<FunctionMatch> decompress(byte[] compressed) {
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(compressed))) {
      return list(
          Json.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8)),
          LineageRows::readFunction);
    } catch (IOException e) {
      throw new UncheckedIOException("the column holds what was written", e);
    }
  }
}
