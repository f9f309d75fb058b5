package io.exonward.server.cli.print;

import io.exonward.server.cli.client.Json;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * How items of one kind are shown.
 *
 * @param plural what they are called, for the message that there are none
 * @param idField field that "-o name" prints
 */
public record View(String plural, String idField, List<Column> columns) {
  public View {
    columns = List.copyOf(columns);
  }

  String id(JsonNode item) {
    return HarmlessText.of(Json.textOr("-", item, idField));
  }
}
