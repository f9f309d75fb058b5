package io.exonward.server.api;

import io.exonward.common.config.NearestKey;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.cfg.MutableCoercionConfig;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.type.LogicalType;

/**
 * JSON of the API: snake_case, times in RFC 3339, members always present. Reading is strict:
 * unknown and repeated members, other types and anything after the value are errors. Thread-safe.
 */
final class Json {
  private static final int MAX_DEPTH = 16;

  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .build())
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .withCoercionConfig(LogicalType.Textual, Json::refuseCoercion)
          .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
          .build();

  private Json() {}

  private static void refuseCoercion(MutableCoercionConfig texts) {
    for (CoercionInputShape shape : CoercionInputShape.values()) {
      texts.setCoercion(shape, CoercionAction.Fail);
    }
  }

  static byte[] write(Object value) {
    return MAPPER.writeValueAsBytes(value);
  }

  static String writeText(Object value) {
    return MAPPER.writeValueAsString(value);
  }

  /**
   * Reads a request's body.
   *
   * @throws ProblemException if it is not exactly one JSON object of this form
   */
  static <T> T read(byte[] body, Class<T> type) {
    T value;
    try {
      value = MAPPER.readValue(body, type);
    } catch (UnrecognizedPropertyException e) {
      throw ProblemException.malformed(path(e), unknown(e));
    } catch (StreamReadException e) {
      throw ProblemException.malformed(null, "not JSON: " + firstLine(e));
    } catch (JacksonException e) {
      throw ProblemException.malformed(path(e), "a value of another type is needed here");
    }
    if (value == null) {
      throw ProblemException.malformed(null, "the body must be a JSON object");
    }
    return value;
  }

  private static String unknown(UnrecognizedPropertyException e) {
    Collection<Object> ids = e.getKnownPropertyIds();
    List<String> known = ids == null ? List.of() : ids.stream().map(Object::toString).toList();
    return "unknown member"
        + NearestKey.find(e.getPropertyName(), known)
            .map(nearest -> "; did you mean " + nearest + "?")
            .orElse("");
  }

  private static @Nullable String path(JacksonException e) {
    String path =
        e.getPath().stream()
            .map(part -> part.getPropertyName() == null ? "" : part.getPropertyName())
            .collect(Collectors.joining("."));
    return path.isEmpty() ? null : path;
  }

  private static String firstLine(JacksonException e) {
    String text = e.getOriginalMessage();
    return text == null ? "" : text.lines().findFirst().orElse("");
  }
}
