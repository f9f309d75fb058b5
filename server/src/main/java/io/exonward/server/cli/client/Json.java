package io.exonward.server.cli.client;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** JSON as a tree, without data binding: what the API adds later passes through unharmed. */
public final class Json {
  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  private Json() {}

  /**
   * Reads one JSON value.
   *
   * @throws Failure if the text is not JSON
   */
  public static JsonNode parse(String text) {
    try {
      return MAPPER.readTree(text);
    } catch (JacksonException e) {
      throw new Failure(ExitCode.REFUSED, "the text is not json: " + e.getOriginalMessage(), e);
    }
  }

  /** An empty object to fill. */
  public static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  /**
   * The value at the path as text, numbers and booleans as JSON writes them; null where there is
   * none.
   */
  public static @Nullable String text(JsonNode node, String... path) {
    JsonNode value = at(node, path);
    if (value.isMissingNode() || value.isNull()) {
      return null;
    }
    return value.isString() ? value.stringValue() : value.toString();
  }

  /** As {@link #text}, but the fallback where there is none. */
  public static String textOr(String fallback, JsonNode node, String... path) {
    String text = text(node, path);
    return text == null ? fallback : text;
  }

  /** The elements of the array at the path; empty where there is none. */
  public static List<JsonNode> items(JsonNode node, String... path) {
    List<JsonNode> items = new ArrayList<>();
    at(node, path).forEach(items::add);
    return items;
  }

  /** The elements of the array at the path as texts. */
  public static List<String> texts(JsonNode node, String... path) {
    return items(node, path).stream().map(item -> textOr("", item)).toList();
  }

  /** Whether the object at the path is there and not null. */
  public static boolean isPresent(JsonNode node, String... path) {
    JsonNode value = at(node, path);
    return !value.isMissingNode() && !value.isNull();
  }

  /** Whether the value at the path is true. */
  public static boolean isTrue(JsonNode node, String... path) {
    return "true".equals(text(node, path));
  }

  private static JsonNode at(JsonNode node, String... path) {
    JsonNode value = node;
    for (String name : path) {
      value = value.path(name);
    }
    return value;
  }
}
