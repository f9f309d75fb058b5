package io.exonward.server.cli.print;

import io.exonward.server.cli.client.Json;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/**
 * One column of a table.
 *
 * @param value what stands in it for one item; untrusted
 */
public record Column(String title, Kind kind, Function<JsonNode, String> value) {
  /** How a column is laid out. */
  public enum Kind {
    /** Whole, always: ids, names, enumerations. */
    WORD,
    /** Right-aligned. */
    NUMBER,
    /** Cut to the width of the terminal. */
    TEXT,
    /** RFC 3339 text, shown relative or in UTC. */
    TIME
  }

  /** A column that is never cut. */
  public static Column word(String title, String... path) {
    return new Column(title, Kind.WORD, item -> Json.textOr("-", item, path));
  }

  /** A right-aligned column. */
  public static Column number(String title, String... path) {
    return new Column(title, Kind.NUMBER, item -> Json.textOr("-", item, path));
  }

  /** A column that is cut where the terminal is narrow. */
  public static Column text(String title, String... path) {
    return new Column(title, Kind.TEXT, item -> Json.textOr("-", item, path));
  }

  /** A time. */
  public static Column time(String title, String... path) {
    return new Column(title, Kind.TIME, item -> Json.textOr("-", item, path));
  }
}
