package io.exonward.server.cli.client;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads a stream of server-sent events line by line. Ids and retry times are not used: exonctl
 * lists again after a break. // WHATWG HTML, 9.2.6 Interpreting an event stream
 *
 * <p>Not thread-safe.
 */
final class ServerEventParser {
  private final List<String> data = new ArrayList<>();
  private String type = "";

  /** Takes one line without its end; an event when the line completes one. */
  Optional<ServerEvent> accept(String line) {
    if (line.isEmpty()) {
      return dispatch();
    }
    int colon = line.indexOf(':');
    String field = colon < 0 ? line : line.substring(0, colon);
    String value = colon < 0 ? "" : line.substring(colon + 1);
    if (value.startsWith(" ")) {
      value = value.substring(1);
    }
    if (field.equals("data")) {
      data.add(value);
    } else if (field.equals("event")) {
      type = value;
    }
    return Optional.empty();
  }

  private Optional<ServerEvent> dispatch() {
    Optional<ServerEvent> event =
        data.isEmpty()
            ? Optional.empty()
            : Optional.of(
                new ServerEvent(type.isEmpty() ? "message" : type, String.join("\n", data)));
    data.clear();
    type = "";
    return event;
  }
}
