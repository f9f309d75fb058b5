package io.exonward.server.cli;

import io.exonward.server.cli.client.Json;
import io.exonward.server.cli.print.Moments;
import tools.jackson.databind.JsonNode;

/** A loss in one line. */
final class LossText {
  private LossText() {}

  static String of(JsonNode loss, Moments moments) {
    String sensor = Json.text(loss, "sensor");
    return Json.textOr("unknown number of", loss, "count")
        + " events lost from "
        + moments.full(Json.text(loss, "from"))
        + " to "
        + moments.full(Json.text(loss, "to"))
        + (sensor == null ? "" : " by sensor " + sensor)
        + ": "
        + Json.textOr("unknown cause", loss, "cause");
  }
}
