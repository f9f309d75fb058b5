package io.exonward.server.cli;

import io.exonward.server.cli.client.Json;
import picocli.CommandLine.Model.ArgSpec;
import tools.jackson.databind.node.ObjectNode;

/** Bodies of requests from what was given on the command line. */
final class Bodies {
  private Bodies() {}

  /** {@code {"reason": …}}. */
  static ObjectNode reason(ArgSpec reason) {
    return Json.object().put("reason", Arguments.required(reason));
  }

  /** Sets the field if the argument was given; otherwise the server's default holds. */
  static void put(ObjectNode body, String field, ArgSpec argument) {
    String value = Arguments.value(argument);
    if (value != null) {
      body.put(field, value);
    }
  }
}
