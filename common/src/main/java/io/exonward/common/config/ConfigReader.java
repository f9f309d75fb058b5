package io.exonward.common.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * Reads strict typed YAML into a value.
 *
 * <p>The builder asks the root section for every key that it knows; a key that nobody asked for is
 * an error. Problems are collected: the builder gets a stand-in for a bad value and goes on, its
 * result is thrown away.
 */
public final class ConfigReader {
  private ConfigReader() {}

  /**
   * Reads a file of at most 1 MiB.
   *
   * @throws ConfigException if it cannot be read or has problems
   */
  public static <T> T read(Path file, Function<ConfigSection, T> builder) {
    try (InputStream in = Files.newInputStream(file)) {
      return parse(file.toString(), in.readNBytes(YamlTree.MAX_BYTES + 1), builder);
    } catch (NoSuchFileException _) {
      Problems problems = new Problems(file.toString());
      problems.add(Position.START, "cannot be read: there is no such file");
      throw problems.toException();
    } catch (IOException e) {
      Problems problems = new Problems(file.toString());
      problems.add(Position.START, "cannot be read: " + e);
      throw problems.toException();
    }
  }

  /**
   * The same from bytes.
   *
   * @param name stands in messages for the file's name
   * @throws ConfigException if there are problems
   */
  public static <T> T parse(String name, byte[] yaml, Function<ConfigSection, T> builder) {
    Problems problems = new Problems(name);
    Optional<Node> root = YamlTree.parse(yaml, problems);
    if (root.isPresent() && !(root.get() instanceof MappingNode)) {
      problems.add(ConfigSection.position(root.get()), "expected keys and values");
    }
    if (!problems.isEmpty()) {
      throw problems.toException();
    }
    ConfigSection section = ConfigSection.root((MappingNode) root.orElse(null), problems);
    return build(section, builder, problems);
  }

  private static <T> T build(
      ConfigSection section, Function<ConfigSection, T> builder, Problems problems) {
    T value = null;
    try {
      value = builder.apply(section);
    } catch (IllegalArgumentException e) {
      // The value's own checks. After a problem they may only have met a stand-in.
      if (problems.isEmpty()) {
        problems.add(Position.START, String.valueOf(e.getMessage()));
      }
    }
    section.reportUnknownKeys();
    if (value == null || !problems.isEmpty()) {
      throw problems.toException();
    }
    return value;
  }
}
