package io.exonward.common.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** Single values. Each throws IllegalArgumentException with what was expected instead. */
final class Values {
  private Values() {}

  static String text(Node node) {
    String text = scalar(node, Tag.STR, "a text (quote it if it looks like a number)");
    if (text.isEmpty() || text.indexOf('\0') >= 0) {
      throw new IllegalArgumentException("expected a text that is not empty");
    }
    return text;
  }

  static boolean isBool(Node node) {
    return node.getTag().equals(Tag.BOOL);
  }

  static boolean bool(Node node) {
    return scalar(node, Tag.BOOL, "true or false").equals("true");
  }

  static int integer(Node node, int min, int max) {
    String digits = scalar(node, Tag.INT, "a whole number");
    try {
      int value = Integer.parseInt(digits);
      if (value >= min && value <= max) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Too many digits for any range.
    }
    throw outOfRange(Integer.toString(min), Integer.toString(max));
  }

  /** A number with a unit, and one without, for the unit's own message. */
  static String quantity(Node node) {
    if (node instanceof ScalarNode scalar && scalar.getTag().equals(Tag.INT)) {
      return scalar.getValue();
    }
    return text(node);
  }

  static Path absolutePath(Node node) {
    String text = text(node);
    try {
      Path path = Path.of(text);
      if (path.isAbsolute()) {
        return path.normalize();
      }
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException("not a path: " + e.getReason(), e);
    }
    throw new IllegalArgumentException("expected an absolute path");
  }

  static <E extends Enum<E>> E constant(Node node, Class<E> type) {
    String text = text(node);
    return Stream.of(type.getEnumConstants())
        .filter(constant -> kebab(constant).equals(text))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                Stream.of(type.getEnumConstants())
                    .map(Values::kebab)
                    .collect(Collectors.joining(", ", "expected one of ", ""))));
  }

  static IllegalArgumentException outOfRange(String min, String max) {
    return new IllegalArgumentException("allowed are " + min + " to " + max);
  }

  private static String kebab(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static String scalar(Node node, Tag tag, String expected) {
    if (node instanceof ScalarNode scalar && scalar.getTag().equals(tag)) {
      return scalar.getValue();
    }
    throw new IllegalArgumentException("expected " + expected);
  }
}
