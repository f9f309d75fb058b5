package io.exonward.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What this project's agent says of itself on its status socket, which wakes it up.
 *
 * @param executions that it handled since it started
 * @param lost events that it counted as lost since it started, whatever the cause
 * @param spooled events that wait for the server
 */
record AgentCounters(long executions, long lost, long spooled) {
  private static final int AT_MOST = 1 << 20;

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
        sum(json, "\"counts\"\\s*:\\s*\\{([^}]*)", "\"executions\"\\s*:\\s*([0-9]+)"),
        sum(json, "\"losses\"\\s*:\\s*\\{([^}]*)", ":\\s*([0-9]+)"),
        sum(json, "\"spool\"\\s*:\\s*\\{([^}]*)", "\"events\"\\s*:\\s*([0-9]+)"));
  }

  private static long sum(String json, String object, String number) {
    Matcher part = Pattern.compile(object).matcher(json);
    if (!part.find()) {
      throw new IllegalStateException("the agent's status lacks " + object + ": " + json);
    }
    return Pattern.compile(number)
        .matcher(part.group(1))
        .results()
        .mapToLong(found -> Long.parseLong(found.group(1)))
        .sum();
  }
}
