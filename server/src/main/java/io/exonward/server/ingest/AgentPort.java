package io.exonward.server.ingest;

import io.exonward.common.wire.Limits;
import io.exonward.server.gene.Analyses;
import io.exonward.server.inventory.Hosts;
import io.exonward.server.policy.PolicySnapshots;
import io.grpc.Server;
import io.grpc.ServerInterceptors;
import io.grpc.netty.NettyServerBuilder;
import io.netty.handler.ssl.ClientAuth;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;

/** The port of agents: no handshake without a certificate that we issued. Thread-safe. */
public final class AgentPort implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final int CALLS_PER_CONNECTION = 8;
  // Above the protocol's limit, so that whoever breaks that is told so; gRPC only hangs up.
  private static final int TRANSPORT_BYTES = 2 * Limits.BATCH_BYTES;
  private static final int WINDOW_BYTES = 1 << 20;
  private static final Duration PING = Duration.ofSeconds(20);
  private static final Duration PING_ANSWER = Duration.ofSeconds(10);

  private final Server server;
  private final LiveAgents live;

  private AgentPort(Server server, LiveAgents live) {
    this.server = server;
    this.live = live;
  }

  /**
   * What the port needs beside its listener.
   *
   * @param serverVersion told to agents
   */
  public record Services(
      AgentDirectory directory,
      Intake intake,
      Hosts hosts,
      PolicySnapshots policies,
      LiveAgents live,
      Analyses analyses,
      IngestCounters counters,
      Clock clock,
      String serverVersion) {}

  /**
   * Begins to listen.
   *
   * @throws IllegalStateException if that fails
   */
  public static AgentPort open(Listener listener, Services services) {
    try {
      return new AgentPort(Listener.start(configure(listener, services)), services.live());
    } catch (SSLException e) {
      throw new IllegalStateException("no TLS for the agents' port: " + e.getMessage(), e);
    }
  }

  private static NettyServerBuilder configure(Listener listener, Services services)
      throws SSLException {
    X509Certificate[] roots = services.directory().authorities().toArray(X509Certificate[]::new);
    return listener
        .port(listener.tls().trustManager(roots).clientAuth(ClientAuth.REQUIRE))
        .maxInboundMessageSize(TRANSPORT_BYTES)
        // A fixed one, because one that adapts pings the agent with whatever it sends.
        .flowControlWindow(WINDOW_BYTES)
        .maxConcurrentCallsPerConnection(CALLS_PER_CONNECTION)
        .keepAliveTime(PING.toSeconds(), TimeUnit.SECONDS)
        .keepAliveTimeout(PING_ANSWER.toSeconds(), TimeUnit.SECONDS)
        .permitKeepAliveTime(1, TimeUnit.SECONDS)
        .addService(
            // The last one named sees a call first.
            ServerInterceptors.intercept(
                service(services),
                new PeerInterceptor(services.directory(), services.clock()),
                new FailureInterceptor(services.counters())));
  }

  private static AgentService service(Services services) {
    return new AgentService(
        services.directory(),
        services.intake(),
        services.hosts(),
        services.policies(),
        services.live(),
        services.analyses(),
        services.clock(),
        services.serverVersion());
  }

  /** Where it listens. */
  public int port() {
    return server.getPort();
  }

  @Override
  public void close() {
    live.drain();
    Listener.stop(server, PATIENCE);
  }
}
