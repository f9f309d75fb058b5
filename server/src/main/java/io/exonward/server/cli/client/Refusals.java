package io.exonward.server.cli.client;

import tools.jackson.databind.JsonNode;

/** Turns an answer that is not a success into the failure that the operator sees. */
final class Refusals {
  private Refusals() {}

  static Failure of(ServerUrl server, int status, String body) {
    String reason = reason(server, status, body);
    return switch (status) {
      case 401 ->
          new Failure(
              ExitCode.FORBIDDEN,
              "not signed in: " + reason + "; exonctl login " + server + " first");
      case 403 -> new Failure(ExitCode.FORBIDDEN, "forbidden: " + reason);
      case 404 -> new Failure(ExitCode.NOT_FOUND, "not found: " + reason);
      case 429 -> new Failure(ExitCode.REFUSED, "too many attempts: " + reason);
      case 503 -> new Failure(ExitCode.REFUSED, "the server is unavailable: " + reason);
      default ->
          new Failure(
              ExitCode.REFUSED,
              (status >= 500 ? "the server failed: " : "the server refused: ") + reason);
    };
  }

  private static String reason(ServerUrl server, int status, String body) {
    String foreign =
        "status " + status + " without a reason; check that " + server + " is an Exonward server";
    JsonNode error;
    try {
      error = Json.parse(body).path("error");
    } catch (Failure e) {
      return foreign;
    }
    String message = Json.text(error, "message");
    if (message == null) {
      return foreign;
    }
    String field = Json.text(error, "field");
    return field == null ? message : message + " (field " + field + ")";
  }
}
