package io.exonward.common.config;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * The plain part of YAML 1.2 as a tree: one document, no anchors, aliases or tags, at most {@link
 * #MAX_DEPTH} levels. What is left out is refused before a tree is built, so neither recursion nor
 * expansion can be forced on us.
 */
final class YamlTree {
  static final int MAX_BYTES = 1024 * 1024;
  static final int MAX_DEPTH = 16;

  private YamlTree() {}

  /** The root, or empty for a file without content or with problems. */
  static Optional<Node> parse(byte[] yaml, Problems problems) {
    if (yaml.length > MAX_BYTES) {
      problems.add(Position.START, "the file is larger than " + MAX_BYTES + " bytes");
      return Optional.empty();
    }
    LoadSettings settings = LoadSettings.builder().setCodePointLimit(MAX_BYTES).build();
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(yaml)).toString();
      checkEvents(settings, text, problems);
      return problems.isEmpty() ? new Compose(settings).composeString(text) : Optional.empty();
    } catch (CharacterCodingException e) {
      problems.add(Position.START, "not UTF-8 text");
    } catch (MarkedYamlEngineException e) {
      Position position = e.getProblemMark().map(Position::of).orElse(Position.START);
      problems.add(position, "not YAML: " + e.getProblem());
    } catch (ReaderException e) {
      problems.add(
          Position.START,
          "not YAML: character U+%04X at offset %d".formatted(e.getCodePoint(), e.getPosition()));
    } catch (YamlEngineException e) {
      problems.add(Position.START, "not YAML: " + e.getMessage());
    }
    return Optional.empty();
  }

  private static void checkEvents(LoadSettings settings, String text, Problems problems) {
    int depth = 0;
    int documents = 0;
    for (Event event : new Parse(settings).parseString(text)) {
      Position position = event.getStartMark().map(Position::of).orElse(Position.START);
      switch (event) {
        case CollectionStartEvent _ -> depth++;
        case CollectionEndEvent _ -> depth--;
        case DocumentStartEvent _ -> documents++;
        default -> {}
      }
      if (depth > MAX_DEPTH) {
        problems.add(position, "nested deeper than " + MAX_DEPTH + " levels");
        return;
      }
      if (documents > 1) {
        problems.add(position, "a second document: a configuration is one");
        return;
      }
      if (event instanceof NodeEvent node && isFancy(node)) {
        problems.add(position, "anchors, aliases and tags are not allowed");
        return;
      }
    }
  }

  private static boolean isFancy(NodeEvent event) {
    return event instanceof AliasEvent
        || event.getAnchor().isPresent()
        || (event instanceof ScalarEvent scalar && scalar.getTag().isPresent())
        || (event instanceof CollectionStartEvent start && start.getTag().isPresent());
  }
}
