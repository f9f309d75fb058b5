package io.exonward.server.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * The query parameters that the console writes out, against the document: the server refuses
 * others.
 */
class ConsoleCallsTest {
  private static final Path CONSOLE = Path.of("src/main/resources/console");

  /** {@code listX: (signal) => get("/x", { limit: 5 }}, the definition of a call. */
  private static final Pattern DEFINITION =
      Pattern.compile("(\\w+): \\([^)]*\\) => get\\([^,()]*, \\{([^}]*)\\}");

  /** {@code api.listX(id, { limit: 5 }}, its use. */
  private static final Pattern USE = Pattern.compile("api\\.(\\w+)\\((?:[\\w.]+, )?\\{([^}]*)\\}");

  private static final Pattern NAME = Pattern.compile("(?:^|,)\\s*(\\w+)\\s*(?=:|,|$)");

  private static Map<?, ?> map(@Nullable Object value) {
    return (Map<?, ?>) Objects.requireNonNull(value);
  }

  /** Operation to the names of its query parameters. */
  private static Map<String, Set<String>> documented() {
    Map<?, ?> document = map(SystemRoutes.readOpenApi());
    Map<?, ?> shared = map(map(document.get("components")).get("parameters"));
    Map<String, Set<String>> all = new HashMap<>();
    for (Object path : map(document.get("paths")).values()) {
      if (map(path).get("get") instanceof Map<?, ?> operation) {
        Set<String> names = new HashSet<>();
        if (operation.get("parameters") instanceof List<?> parameters) {
          for (Object parameter : parameters) {
            Object reference = map(parameter).get("$ref");
            Object meant =
                reference == null
                    ? parameter
                    : shared.get(reference.toString().replaceFirst(".*/", ""));
            names.add(String.valueOf(map(meant).get("name")));
          }
        }
        all.put(String.valueOf(operation.get("operationId")), names);
      }
    }
    return all;
  }

  private static List<Path> scripts() throws IOException {
    try (Stream<Path> files = Files.walk(CONSOLE)) {
      return files.filter(file -> file.toString().endsWith(".js")).toList();
    }
  }

  @Test
  void parameters_areDocumented() throws IOException {
    Map<String, Set<String>> documented = documented();
    List<String> unknown = new ArrayList<>();
    int seen = 0;
    for (Path script : scripts()) {
      String source = Files.readString(script);
      for (Pattern call : List.of(DEFINITION, USE)) {
        Matcher matcher = call.matcher(source);
        while (matcher.find()) {
          Set<String> known = documented.get(matcher.group(1));
          if (known == null) {
            continue; // not a GET
          }
          Matcher names = NAME.matcher(matcher.group(2).strip());
          while (names.find()) {
            seen++;
            if (!known.contains(names.group(1))) {
              unknown.add(script.getFileName() + ": " + matcher.group(1) + " " + names.group(1));
            }
          }
        }
      }
    }

    assertEquals(List.of(), unknown);
    assertTrue(seen > 8, "only " + seen + " parameters found");
  }
}
