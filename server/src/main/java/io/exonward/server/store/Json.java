package io.exonward.server.store;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * JSON columns: names in snake_case that stay when Java names change; what is null, false or empty
 * is left out.
 */
final class Json {
  private static final JsonMapper MAPPER = JsonMapper.shared();

  private Json() {}

  static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  static JsonNode parse(String json) {
    return MAPPER.readTree(json);
  }

  static <T> @Nullable T parseOrNull(@Nullable String json, Function<JsonNode, T> read) {
    return json == null ? null : read.apply(parse(json));
  }

  static void put(ObjectNode node, String name, @Nullable String value) {
    if (value != null) {
      node.put(name, value);
    }
  }

  static void put(ObjectNode node, String name, @Nullable Object value) {
    put(node, name, value == null ? null : value.toString());
  }

  static void put(ObjectNode node, String name, boolean value) {
    if (value) {
      node.put(name, true);
    }
  }

  static void put(ObjectNode node, String name, long value) {
    if (value != 0) {
      node.put(name, value);
    }
  }

  static void put(ObjectNode node, String name, List<String> values) {
    if (!values.isEmpty()) {
      ArrayNode array = node.putArray(name);
      values.forEach(array::add);
    }
  }

  static <T> void put(
      ObjectNode node, String name, @Nullable T value, Function<T, ? extends JsonNode> write) {
    if (value != null) {
      node.set(name, write.apply(value));
    }
  }

  static <T> void putAll(
      ObjectNode node, String name, List<T> values, Function<T, ? extends JsonNode> write) {
    if (!values.isEmpty()) {
      ArrayNode array = node.putArray(name);
      values.forEach(value -> array.add(write.apply(value)));
    }
  }

  static @Nullable String text(JsonNode node, String name) {
    JsonNode value = node.get(name);
    return value == null ? null : value.asString();
  }

  static String requiredText(JsonNode node, String name) {
    return node.required(name).asString();
  }

  static boolean flag(JsonNode node, String name) {
    return node.has(name);
  }

  static long number(JsonNode node, String name) {
    JsonNode value = node.get(name);
    return value == null ? 0 : value.asLong();
  }

  static int integer(JsonNode node, String name) {
    return Math.toIntExact(number(node, name));
  }

  static @Nullable Instant instant(JsonNode node, String name) {
    String text = text(node, name);
    return text == null ? null : Instant.parse(text);
  }

  static List<String> texts(JsonNode node, String name) {
    return list(node, name, JsonNode::asString);
  }

  static <T> @Nullable T child(JsonNode node, String name, Function<JsonNode, T> read) {
    JsonNode value = node.get(name);
    return value == null ? null : read.apply(value);
  }

  static <T> List<T> list(JsonNode node, String name, Function<JsonNode, T> read) {
    JsonNode array = node.get(name);
    if (array == null) {
      return List.of();
    }
    List<T> values = new ArrayList<>(array.size());
    for (JsonNode value : array) {
      values.add(read.apply(value));
    }
    return values;
  }
}
