package io.exonward.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What this project's agent says of itself on its status socket, which wakes it up.
 *
 * @param executions that it handled since it started
 * @param lost events that it counted as lost since it started, by cause
 * @param spooled events that wait for the server
 */
record AgentCounters(long executions, Map<String, Long> lost, long spooled) {
  private static final int AT_MOST = 1 << 20;
  private static final Pattern NUMBER = Pattern.compile("\"([a-z_]+)\"\\s*:\\s*([0-9]+)");

  AgentCounters {
    lost = Map.copyOf(lost);
  }

  /** Asks the agent whose run folder is {@code data/run}. */
  static AgentCounters read(Path data) {
    ByteBuffer answer = ByteBuffer.allocate(AT_MOST);
    try (SocketChannel socket = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      socket.connect(UnixDomainSocketAddress.of(data.resolve("run/agent.sock")));
      while (socket.read(answer) >= 0) {
        // All of it: the agent closes the connection at the end.
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return parse(new String(answer.array(), 0, answer.position(), StandardCharsets.UTF_8));
  }

  static AgentCounters parse(String json) {
    return new AgentCounters(
        numbers(json, "counts").getOrDefault("executions", 0L),
        numbers(json, "losses"),
        numbers(json, "spool").getOrDefault("events", 0L));
  }

  private static Map<String, Long> numbers(String json, String object) {
    Matcher part = Pattern.compile('"' + object + "\"\\s*:\\s*\\{([^}]*)").matcher(json);
    if (!part.find()) {
      throw new IllegalStateException("the agent's status lacks " + object + ": " + json);
    }
    Map<String, Long> numbers = new TreeMap<>();
    Matcher number = NUMBER.matcher(part.group(1));
    while (number.find()) {
      numbers.put(number.group(1), Long.parseLong(number.group(2)));
    }
    return numbers;
  }

  /** Lost since {@code before}, by cause; only what is above zero. */
  Map<String, Long> lostSince(AgentCounters before) {
    Map<String, Long> more = new TreeMap<>();
    lost.forEach((cause, count) -> more.put(cause, count - before.lost.getOrDefault(cause, 0L)));
    more.values().removeIf(count -> count == 0);
    return more;
  }
}
