package io.exonward.server.cli.client;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Examples of the WHATWG HTML standard, 9.2.6, and then some. */
final class ServerEventParserTest {
  @Test
  void accept_severalDataLines_areJoined() {
    assertEquals(
        List.of(new ServerEvent("message", "YHOO\n+2\n10")),
        parse("data: YHOO", "data: +2", "data: 10", ""));
  }

  @Test
  void accept_commentsAndUnknownFields_areSkipped() {
    assertEquals(
        List.of(new ServerEvent("alert", "{}")),
        parse(": ping", "", "event: alert", "id: 7", "retry: 10", "color: red", "data:{}", ""));
  }

  @Test
  void accept_onlyFirstSpace_isRemoved() {
    assertEquals(List.of(new ServerEvent("message", " x: y")), parse("data:  x: y", ""));
  }

  @Test
  void accept_typeWithoutData_isForgotten() {
    assertEquals(List.of(new ServerEvent("message", "1")), parse("event: host", "", "data: 1", ""));
  }

  @Test
  void accept_incompleteEvent_isNotDelivered() {
    assertEquals(List.of(), parse("data: half"));
  }

  private static List<ServerEvent> parse(String... lines) {
    ServerEventParser parser = new ServerEventParser();
    return List.of(lines).stream().map(parser::accept).flatMap(Optional::stream).toList();
  }
}
