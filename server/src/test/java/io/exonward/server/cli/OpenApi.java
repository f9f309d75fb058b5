package io.exonward.server.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The API's description: which operations there are, and whether JSON follows a schema. */
final class OpenApi {
  private final JsonNode document;

  private OpenApi(JsonNode document) {
    this.document = document;
  }

  /** One operation. */
  record Operation(String id, JsonNode description, List<JsonNode> pathParameters) {
    /** The success status, for example 201. */
    int successStatus() {
      return description
          .path("responses")
          .propertyStream()
          .map(Map.Entry::getKey)
          .filter(code -> code.startsWith("2"))
          .mapToInt(Integer::parseInt)
          .findFirst()
          .orElseThrow();
    }
  }

  static OpenApi read() {
    try (InputStream yaml = OpenApi.class.getResourceAsStream("/openapi/openapi.yaml")) {
      Object tree = new Load(LoadSettings.builder().build()).loadFromInputStream(yaml);
      return new OpenApi(JsonMapper.builder().build().valueToTree(tree));
    } catch (IOException e) {
      throw new IllegalStateException("the description is on the class path", e);
    }
  }

  Optional<Operation> find(String method, String path) {
    return document
        .path("paths")
        .propertyStream()
        .filter(entry -> matches(entry.getKey(), path))
        .map(Map.Entry::getValue)
        .filter(item -> item.has(method.toLowerCase(Locale.ROOT)))
        .map(item -> operation(item, method))
        .findFirst();
  }

  Operation operation(String id) {
    return document
        .path("paths")
        .valueStream()
        .flatMap(item ->
            item.propertyStream()
                .filter(entry -> id.equals(entry.getValue().path("operationId").stringValue(null)))
                .map(entry -> operation(item, entry.getKey())))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no operation " + id));
  }

  /** What is wrong with a request. */
  List<String> problemsOfRequest(
      Operation operation, Map<String, String> query, Optional<JsonNode> body) {
    List<String> problems = new ArrayList<>();
    TreeSet<String> unknown = new TreeSet<>(query.keySet());
    operation
        .description()
        .path("parameters")
        .forEach(parameter -> {
          JsonNode resolved = resolve(parameter);
          String name = resolved.path("name").stringValue();
          if (unknown.remove(name) && resolved.path("schema").has("pattern")) {
            checkPattern(resolved.path("schema"), query.get(name), name, problems);
          }
        });
    unknown.forEach(name -> problems.add("unknown query parameter " + name));
    JsonNode content = operation.description().path("requestBody").path("content");
    JsonNode schema = content.path("application/json").path("schema");
    if (schema.isMissingNode() == body.isPresent()) {
      problems.add(operation.id() + (body.isPresent() ? " takes no body" : " needs a body"));
    }
    body.ifPresent(json -> check(schema, json, "body", false, problems));
    return problems;
  }

  /** What is wrong with a successful answer; one must hold every field of its schema. */
  List<String> problemsOfAnswer(Operation operation, JsonNode body) {
    List<String> problems = new ArrayList<>();
    JsonNode schema =
        operation
            .description()
            .path("responses")
            .path(Integer.toString(operation.successStatus()))
            .path("content")
            .path("application/json")
            .path("schema");
    check(schema, body, "answer", true, problems);
    return problems;
  }

  /** What is wrong with a value of a named schema; it must hold every field. */
  List<String> problemsOf(String schema, JsonNode value) {
    List<String> problems = new ArrayList<>();
    check(document.path("components").path("schemas").path(schema), value, schema, true, problems);
    return problems;
  }

  private static Operation operation(JsonNode item, String method) {
    JsonNode description = item.path(method.toLowerCase(Locale.ROOT));
    List<JsonNode> parameters = new ArrayList<>();
    item.path("parameters").forEach(parameters::add);
    return new Operation(description.path("operationId").stringValue(), description, parameters);
  }

  private static boolean matches(String template, String path) {
    String[] expected = template.split("/", -1);
    String[] actual = path.split("/", -1);
    if (expected.length != actual.length) {
      return false;
    }
    for (int i = 0; i < expected.length; i++) {
      if (!expected[i].startsWith("{") && !expected[i].equals(actual[i])) {
        return false;
      }
    }
    return true;
  }

  private void check(
      JsonNode unresolved, JsonNode value, String at, boolean isComplete, List<String> problems) {
    JsonNode schema = resolve(unresolved);
    if (schema.has("oneOf")) {
      JsonNode chosen = schema.path("oneOf").path(value.isNull() ? 1 : 0);
      check(chosen, value, at, isComplete, problems);
      return;
    }
    if (!isTyped(schema.path("type"), value)) {
      problems.add(at + " is " + value.getNodeType() + ", not " + schema.path("type"));
      return;
    }
    if (schema.has("enum") && schema.path("enum").valueStream().noneMatch(value::equals)) {
      problems.add(at + " " + value + " is not one of " + schema.path("enum"));
    }
    checkPattern(schema, value.stringValue(null), at, problems);
    value
        .valueStream()
        .forEach(item -> {
          if (value.isArray()) {
            check(schema.path("items"), item, at + "[]", isComplete, problems);
          }
        });
    if (value.isObject()) {
      checkFields(schema, value, at, isComplete, problems);
    }
  }

  private void checkFields(
      JsonNode schema, JsonNode value, String at, boolean isComplete, List<String> problems) {
    JsonNode properties = schema.path("properties");
    boolean isOpen = schema.path("additionalProperties").booleanValue(false);
    value
        .properties()
        .forEach(entry -> {
          if (properties.has(entry.getKey())) {
            JsonNode property = properties.path(entry.getKey());
            check(property, entry.getValue(), at + "." + entry.getKey(), isComplete, problems);
          } else if (!isOpen) {
            problems.add(at + " has no field " + entry.getKey());
          }
        });
    TreeSet<String> needed = new TreeSet<>();
    schema.path("required").forEach(name -> needed.add(name.stringValue()));
    if (isComplete) {
      properties.properties().forEach(entry -> needed.add(entry.getKey()));
    }
    needed.stream()
        .filter(name -> !value.has(name))
        .forEach(name -> problems.add(at + " lacks field " + name));
  }

  private static void checkPattern(
      JsonNode schema, @Nullable String text, String at, List<String> problems) {
    String pattern = schema.path("pattern").stringValue(null);
    if (pattern != null && text != null && !text.matches(pattern)) {
      problems.add(at + " does not match " + pattern);
    }
  }

  private static boolean isTyped(JsonNode type, JsonNode value) {
    if (type.isArray()) {
      return type.valueStream().anyMatch(one -> isTyped(one, value));
    }
    return switch (type.stringValue("any")) {
      case "object" -> value.isObject();
      case "array" -> value.isArray();
      case "string" -> value.isString();
      case "integer" -> value.isIntegralNumber();
      case "boolean" -> value.isBoolean();
      case "null" -> value.isNull();
      default -> true;
    };
  }

  private JsonNode resolve(JsonNode schema) {
    String reference = schema.path("$ref").stringValue(null);
    return reference == null ? schema : document.at(reference.substring(1));
  }
}
