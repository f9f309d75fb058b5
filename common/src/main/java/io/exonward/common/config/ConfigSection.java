package io.exonward.common.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * Keys and values of one level. Each accessor makes its key known and either returns the value or
 * records a problem and returns a stand-in: the default where there is one. Not thread-safe.
 */
public final class ConfigSection {
  private record Entry(Position keyPosition, Node value) {}

  private interface Conversion<T> {
    /**
     * @throws IllegalArgumentException with what was expected
     */
    T convert(Node node);
  }

  private final String prefix;
  private final Position position;
  private final Problems problems;
  private final Map<String, Entry> entries = new LinkedHashMap<>();
  private final TreeSet<String> known = new TreeSet<>();
  private final List<ConfigSection> children = new ArrayList<>();

  private ConfigSection(String prefix, Position position, Problems problems) {
    this.prefix = prefix;
    this.position = position;
    this.problems = problems;
  }

  static ConfigSection root(@Nullable MappingNode node, Problems problems) {
    ConfigSection root = new ConfigSection("", Position.START, problems);
    if (node != null) {
      root.fill(node);
    }
    return root;
  }

  private void fill(MappingNode node) {
    for (NodeTuple tuple : node.getValue()) {
      Position at = position(tuple.getKeyNode());
      if (!(tuple.getKeyNode() instanceof ScalarNode key) || !key.getTag().equals(Tag.STR)) {
        problems.add(at, prefix + "a key must be a text");
      } else if (entries.putIfAbsent(key.getValue(), new Entry(at, tuple.getValueNode())) != null) {
        problems.add(at, prefix + key.getValue() + ": given twice");
      }
    }
  }

  static Position position(Node node) {
    return node.getStartMark().map(Position::of).orElse(Position.START);
  }

  void reportUnknownKeys() {
    entries.forEach((key, entry) -> {
      if (!known.contains(key)) {
        String hint = NearestKey.find(key, known).map(k -> ", did you mean " + k + "?").orElse("");
        problems.add(entry.keyPosition, prefix + key + ": unknown key" + hint);
      }
    });
    children.forEach(ConfigSection::reportUnknownKeys);
  }

  /** Records a problem with the value of {@code key}, for checks across keys. */
  public void problem(String key, String message) {
    Entry entry = entries.get(key);
    problems.add(entry == null ? position : position(entry.value), prefix + key + ": " + message);
  }

  /** Refuses a key that earlier versions knew. */
  public void retired(String key, String whatToDo) {
    known.add(key);
    Entry entry = entries.get(key);
    if (entry != null) {
      problems.add(entry.keyPosition, prefix + key + ": retired: " + whatToDo);
    }
  }

  /** Whether the key is given. */
  public boolean has(String key) {
    known.add(key);
    return entries.containsKey(key);
  }

  /** A nested section; an absent one is empty, so that its defaults apply. */
  public ConfigSection section(String key) {
    return find(key, node -> child(key, node))
        .orElseGet(() -> new ConfigSection(prefix + key + ".", position, problems));
  }

  /** A list of sections; absent: none. */
  public List<ConfigSection> sections(String key) {
    return list(key, node -> child(key, node)).orElse(List.of());
  }

  private ConfigSection child(String key, Node node) {
    if (!(node instanceof MappingNode mapping)) {
      throw new IllegalArgumentException("expected keys and values");
    }
    ConfigSection child = new ConfigSection(prefix + key + ".", position(node), problems);
    child.fill(mapping);
    children.add(child);
    return child;
  }

  /** A required text, not empty. */
  public String string(String key) {
    return require(key, findString(key), "");
  }

  /** A text, not empty, with a default. */
  public String string(String key, String otherwise) {
    return findString(key).orElse(otherwise);
  }

  /** A text, not empty, that may be absent. */
  public Optional<String> findString(String key) {
    return find(key, Values::text);
  }

  /** A list of texts. */
  public List<String> strings(String key, List<String> otherwise) {
    return list(key, Values::text).orElse(otherwise);
  }

  /** A whole number. */
  public int integer(String key, int otherwise, int min, int max) {
    return find(key, node -> Values.integer(node, min, max)).orElse(otherwise);
  }

  /** {@code true} or {@code false}. */
  public boolean bool(String key, boolean otherwise) {
    return find(key, Values::bool).orElse(otherwise);
  }

  /** A duration with its unit, such as {@code 30s}. */
  public Duration duration(String key, Duration otherwise, Duration min, Duration max) {
    Conversion<Duration> conversion =
        node -> {
          Duration value = Units.duration(Values.quantity(node));
          if (value.compareTo(min) < 0 || value.compareTo(max) > 0) {
            throw Values.outOfRange(Units.format(min), Units.format(max));
          }
          return value;
        };
    return find(key, conversion).orElse(otherwise);
  }

  /** A size with its unit, such as {@code 64MiB}. */
  public long bytes(String key, long otherwise, long min, long max) {
    Conversion<Long> conversion =
        node -> {
          long value = Units.bytes(Values.quantity(node));
          if (value < min || value > max) {
            throw Values.outOfRange(Units.format(min), Units.format(max));
          }
          return value;
        };
    return find(key, conversion).orElse(otherwise);
  }

  /** A required absolute path. */
  public Path path(String key) {
    return require(key, findPath(key), Path.of("/"));
  }

  /** An absolute path with a default. */
  public Path path(String key, Path otherwise) {
    return findPath(key).orElse(otherwise);
  }

  /** An absolute path that may be absent. */
  public Optional<Path> findPath(String key) {
    return find(key, Values::absolutePath);
  }

  /** A required {@code host:port}. */
  public HostPort address(String key) {
    return require(key, findAddress(key), new HostPort("localhost", 0));
  }

  /** {@code host:port} with a default. */
  public HostPort address(String key, HostPort otherwise) {
    return findAddress(key).orElse(otherwise);
  }

  /** {@code host:port} that may be absent. */
  public Optional<HostPort> findAddress(String key) {
    return find(key, node -> HostPort.parse(Values.text(node)));
  }

  /** One of an enumeration's constants, written in kebab-case. */
  public <E extends Enum<E>> E choice(String key, E otherwise) {
    return find(key, node -> Values.constant(node, otherwise.getDeclaringClass()))
        .orElse(otherwise);
  }

  /**
   * The same, for a key that used to be a boolean.
   *
   * @param whenTrue what {@code true} stands for
   * @param whenFalse what {@code false} stands for
   */
  public <E extends Enum<E>> E choice(String key, E otherwise, E whenTrue, E whenFalse) {
    Conversion<E> conversion =
        node -> {
          if (Values.isBool(node)) {
            return Values.bool(node) ? whenTrue : whenFalse;
          }
          return Values.constant(node, otherwise.getDeclaringClass());
        };
    return find(key, conversion).orElse(otherwise);
  }

  private <T> T require(String key, Optional<T> value, T standIn) {
    if (value.isEmpty() && !entries.containsKey(key)) {
      problems.add(position, prefix + key + ": required, but absent");
    }
    return value.orElse(standIn);
  }

  private <T> Optional<List<T>> list(String key, Conversion<T> conversion) {
    return find(
        key,
        node -> {
          if (!(node instanceof SequenceNode sequence)) {
            throw new IllegalArgumentException("expected a list");
          }
          return sequence.getValue().stream()
              .flatMap(item -> convert(key, item, conversion).stream())
              .toList();
        });
  }

  private <T> Optional<T> find(String key, Conversion<T> conversion) {
    known.add(key);
    Entry entry = entries.get(key);
    return entry == null ? Optional.empty() : convert(key, entry.value, conversion);
  }

  private <T> Optional<T> convert(String key, Node node, Conversion<T> conversion) {
    try {
      return Optional.of(conversion.convert(node));
    } catch (IllegalArgumentException e) {
      problems.add(position(node), prefix + key + ": " + e.getMessage());
      return Optional.empty();
    }
  }
}
