package io.exonward.server.cli;

import io.exonward.server.cli.client.Json;
import io.exonward.server.cli.print.Quoting;
import io.exonward.server.cli.print.Sheet;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** The ancestry of an execution as a tree, oldest first, the execution itself last. */
final class ProcessTree {
  /** Ancestors explain; their whole command lines stand in the JSON form. */
  private static final int MOST_OF_ANCESTOR = 120;

  private ProcessTree() {}

  static void write(Sheet sheet, JsonNode execution) {
    List<JsonNode> oldestFirst = Json.items(execution, "ancestry").reversed();
    int depth = 0;
    for (JsonNode ancestor : oldestFirst) {
      sheet.line(branch(depth) + process(ancestor, cut(Json.textOr("", ancestor, "command_line"))));
      depth++;
    }
    String commandLine = Quoting.commandLine(Json.texts(execution, "command_line"));
    sheet.line(branch(depth) + process(execution, commandLine) + "   <- this");
  }

  private static String cut(String commandLine) {
    if (commandLine.codePointCount(0, commandLine.length()) <= MOST_OF_ANCESTOR) {
      return commandLine;
    }
    return commandLine.substring(0, commandLine.offsetByCodePoints(0, MOST_OF_ANCESTOR)) + "…";
  }

  private static String branch(int depth) {
    return depth == 0 ? "" : "   ".repeat(depth - 1) + "└─ ";
  }

  private static String process(JsonNode process, String commandLine) {
    return "%s (pid %s, user %s)%s"
        .formatted(
            Json.textOr("unknown executable", process, "executable"),
            Json.textOr("-", process, "pid"),
            Json.textOr("unknown", process, "user"),
            commandLine.isEmpty() ? "" : ": " + commandLine);
  }
}
