package io.exonward.agent.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.NonPrintableStyle;
import tools.jackson.databind.JsonNode;

/**
 * Writes a JSON tree as a YAML 1.2 document. Everything beyond ASCII is escaped, hence harmless.
 */
final class Yaml {
  private static final DumpSettings SETTINGS =
      DumpSettings.builder()
          .setDefaultFlowStyle(FlowStyle.BLOCK)
          .setUseUnicodeEncoding(false)
          .setNonPrintableStyle(NonPrintableStyle.ESCAPE)
          .setSplitLines(false)
          .build();

  private Yaml() {}

  static String write(JsonNode json) {
    return new Dump(SETTINGS).dumpToString(plain(json));
  }

  /** Depth is bounded by Jackson, which refuses to read more than 500 levels. */
  private static @Nullable Object plain(JsonNode json) {
    return switch (json.getNodeType()) {
      case OBJECT -> {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        json.properties().forEach(entry -> map.put(entry.getKey(), plain(entry.getValue())));
        yield map;
      }
      case ARRAY -> {
        List<@Nullable Object> list = new ArrayList<>();
        json.forEach(item -> list.add(plain(item)));
        yield list;
      }
      case NUMBER -> json.numberValue();
      case BOOLEAN -> json.booleanValue();
      case STRING -> json.stringValue();
      case NULL, MISSING, BINARY, POJO -> null;
    };
  }
}
