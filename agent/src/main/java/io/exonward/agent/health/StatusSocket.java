package io.exonward.agent.health;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.function.Supplier;
import jdk.net.ExtendedSocketOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves the status over a Unix socket: whoever connects gets one JSON object and the end of the
 * stream. Only root and the agent's own user are answered. Its thread serves one peer at a time and
 * never waits for one: an answer fits into the socket's buffer, and what does not fit is cut off.
 */
public final class StatusSocket implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(StatusSocket.class);

  private final Path path;
  private final ServerSocketChannel server;
  private final Supplier<AgentStatus> status;
  private final UserPrincipal root;
  private final UserPrincipal self;
  private final Thread thread = new Thread(this::serve, "status");

  private StatusSocket(Path path, ServerSocketChannel server, Supplier<AgentStatus> status)
      throws IOException {
    this.path = path;
    this.server = server;
    this.status = status;
    this.root = Files.getOwner(Path.of("/proc/sys"));
    this.self = Files.getOwner(path);
    thread.setDaemon(true);
  }

  /**
   * Binds {@code path}, in place of a socket that an earlier run left, and serves.
   *
   * @throws IOException if it cannot be bound
   */
  public static StatusSocket open(Path path, Supplier<AgentStatus> status) throws IOException {
    Files.deleteIfExists(path);
    ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      server.bind(UnixDomainSocketAddress.of(path), 8);
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
      StatusSocket socket = new StatusSocket(path, server, status);
      socket.thread.start();
      return socket;
    } catch (IOException | RuntimeException e) {
      server.close();
      throw e;
    }
  }

  private void serve() {
    while (server.isOpen()) {
      try (SocketChannel peer = server.accept()) {
        if (isAllowed(peer)) {
          peer.configureBlocking(false);
          ByteBuffer answer = ByteBuffer.wrap(StatusJson.encode(status.get()));
          while (answer.hasRemaining() && peer.write(answer) > 0) {}
        }
      } catch (AsynchronousCloseException _) {
        return;
      } catch (IOException | RuntimeException e) {
        log.atWarn().addKeyValue("error", e).log("status not served");
      }
    }
  }

  private boolean isAllowed(SocketChannel peer) throws IOException {
    UserPrincipal user = peer.getOption(ExtendedSocketOptions.SO_PEERCRED).user();
    return user.equals(self) || user.equals(root);
  }

  @Override
  public void close() {
    try {
      server.close();
      Files.deleteIfExists(path);
    } catch (IOException e) {
      log.atWarn().addKeyValue("error", e).log("status socket not closed");
    }
  }
}
