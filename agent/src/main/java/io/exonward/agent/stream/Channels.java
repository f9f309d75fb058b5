package io.exonward.agent.stream;

import io.exonward.common.config.HostPort;
import io.grpc.ManagedChannel;
import io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.NettyChannelBuilder;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.security.cert.X509Certificate;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManager;

/** Connections to the server. */
final class Channels {
  private static final int MAX_MESSAGE_BYTES = 5 << 20; // a policy has at most 4 MiB
  private static final int WINDOW_BYTES = 1 << 20;
  private static final long KEEPALIVE_SECONDS = 30;
  private static final long KEEPALIVE_TIMEOUT_SECONDS = 10;

  private Channels() {}

  /** As this agent, to a server that one of its authorities vouches for. */
  static ManagedChannel open(HostPort server, Identity identity) throws SSLException {
    return open(
        server,
        GrpcSslContexts.configure(SslContextBuilder.forClient(), SslProvider.OPENSSL)
            .keyManager(identity.key(), identity.chain().toArray(X509Certificate[]::new))
            .trustManager(identity.authorities().toArray(X509Certificate[]::new)));
  }

  /** As nobody, to a server that {@code trust} accepts. */
  static ManagedChannel open(HostPort server, TrustManager trust) throws SSLException {
    return open(
        server,
        GrpcSslContexts.configure(SslContextBuilder.forClient(), SslProvider.OPENSSL)
            .trustManager(trust));
  }

  private static ManagedChannel open(HostPort server, SslContextBuilder tls) throws SSLException {
    return NettyChannelBuilder.forAddress(server.host(), server.port())
        .sslContext(tls.protocols("TLSv1.3").build())
        .directExecutor()
        .disableRetry()
        .maxInboundMessageSize(MAX_MESSAGE_BYTES)
        // A fixed one, because one that adapts sends a ping with whatever arrives.
        .flowControlWindow(WINDOW_BYTES)
        .keepAliveTime(KEEPALIVE_SECONDS, TimeUnit.SECONDS)
        .keepAliveTimeout(KEEPALIVE_TIMEOUT_SECONDS, TimeUnit.SECONDS)
        .build();
  }
}
