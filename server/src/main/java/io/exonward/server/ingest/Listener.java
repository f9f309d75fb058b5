package io.exonward.server.ingest;

import io.grpc.Server;
import io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.NettyServerBuilder;
import io.netty.handler.ssl.SslContextBuilder;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLException;

/**
 * Where a port listens and what it shows.
 *
 * @param keys the server's certificate; may show a newer one to each handshake
 */
public record Listener(InetSocketAddress address, KeyManager keys) {
  private static final Duration HANDSHAKE = Duration.ofSeconds(10);
  private static final int METADATA_BYTES = 8 * 1024;

  /** TLS with our certificate; BoringSSL is on the class path. */
  SslContextBuilder tls() throws SSLException {
    return GrpcSslContexts.configure(SslContextBuilder.forServer(keys)).protocols("TLSv1.3");
  }

  /** A port with what both have in common: one virtual thread for each callback. */
  NettyServerBuilder port(SslContextBuilder tls) throws SSLException {
    return NettyServerBuilder.forAddress(address)
        .sslContext(tls.build())
        .executor(Executors.newVirtualThreadPerTaskExecutor())
        .handshakeTimeout(HANDSHAKE.toSeconds(), TimeUnit.SECONDS)
        .maxInboundMetadataSize(METADATA_BYTES);
  }

  /** Lets calls end, then ends them. */
  static void stop(Server server, Duration patience) {
    server.shutdown();
    try {
      if (!server.awaitTermination(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        server.shutdownNow();
      }
    } catch (InterruptedException e) {
      server.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }

  /** Starts listening. */
  static Server start(NettyServerBuilder builder) {
    try {
      return builder.build().start();
    } catch (IOException e) {
      throw new IllegalStateException("cannot listen: " + e.getMessage(), e);
    }
  }
}
