package io.exonward.server.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.exonward.server.cli.ExonctlFixture.Result;
import io.exonward.server.cli.client.Json;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code alert list --follow}: every stream here ends, and the last attempt is refused, which ends
 * the command.
 */
final class AlertFollowerTest {
  private static final ApiServer.Response SIGNED_OUT =
      new ApiServer.Response(
          401, "{\"error\":{\"code\":\"not_signed_in\",\"message\":\"expired\",\"field\":null}}");

  private final String first =
      Json.parse(ApiServer.recorded("listAlerts")).at("/items/0").toString();
  private final String changed = first.replace("\"occurrences\":5", "\"occurrences\":6");

  @TempDir Path home;
  private ExonctlFixture exonctl;

  @BeforeEach
  void start() {
    exonctl = ExonctlFixture.signedIn(home);
  }

  @AfterEach
  void stop() {
    exonctl.close();
  }

  @Test
  void follow_table_printsPresentOldestFirstThenChanges() {
    streams(": hello\n\nevent: alert\ndata: " + changed + "\n\nevent: host\ndata: {}\n\n");

    Result result = exonctl.run("alert", "list", "--follow");

    assertEquals(
        """
          ALERT  SEVERITY       STATUS       GROUP         HOSTS    COUNT  LAST                  TITLE
             16  medium         in_progress  databases         1        1  2026-11-21T12:00:00Z  Agent silent: db-1
             17  high           new          web               2        5  2026-11-23T14:57:00Z  Unknown code executed: /srv/x
             17  high           new          web               2        6  2026-11-23T14:57:00Z  Unknown code executed: /srv/x
        """,
        result.out());
    assertEquals(4, result.exitCode());
    assertTrue(result.err().startsWith("the stream ended; connecting again\n"), result.err());
  }

  @Test
  void follow_json_isOneLineForEach() {
    streams("event: alert\ndata: " + changed + "\n\n");

    Result result = exonctl.run("alert", "list", "--follow", "-o", "json", "--group", "web");

    assertEquals(first + "\n" + changed + "\n", result.out());
  }

  @Test
  void follow_unchanged_isNotRepeated() {
    streams("event: alert\ndata: " + first + "\n\n", "event: alert\ndata: " + first + "\n\n");

    assertEquals("16\n17\n", exonctl.run("alert", "list", "--follow", "-o", "name").out());
  }

  @Test
  void follow_filters_applyToChanges() {
    streams("event: alert\ndata: " + changed + "\n\n");

    Result severe =
        exonctl.run("alert", "list", "--follow", "-o", "name", "--severity", "critical");

    assertEquals("", severe.out());
  }

  @Test
  void follow_serverAway_triesAgainLaterAndLater() {
    ApiServer.Response away =
        new ApiServer.Response(
            503, "{\"error\":{\"code\":\"unavailable\",\"message\":\"away\",\"field\":null}}");
    Deque<ApiServer.Response> responses =
        new ArrayDeque<>(List.of(stream(""), away, away, SIGNED_OUT));
    exonctl.server().answer("streamChanges", _ -> responses.removeFirst());

    exonctl.run("alert", "list", "--follow");

    assertEquals(
        List.of(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(4)),
        exonctl.pauses());
  }

  @Test
  void follow_firstConnectionRefused_failsAtOnce() {
    exonctl.server().refuse("streamChanges", 403, "forbidden", "viewers only");

    assertEquals(
        new Result(4, "", "exonctl: forbidden: viewers only\n"),
        exonctl.run("alert", "list", "--follow"));
    assertEquals(List.of(), exonctl.pauses());
  }

  private void streams(String... bodies) {
    Deque<ApiServer.Response> responses = new ArrayDeque<>();
    for (String body : bodies) {
      responses.add(stream(body));
    }
    responses.add(SIGNED_OUT);
    exonctl.server().answer("streamChanges", _ -> responses.removeFirst());
  }

  private static ApiServer.Response stream(String body) {
    return new ApiServer.Response(200, body, Map.of("Content-Type", "text/event-stream"));
  }
}
