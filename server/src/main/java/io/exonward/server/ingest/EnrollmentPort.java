package io.exonward.server.ingest;

import io.grpc.Server;
import io.grpc.ServerInterceptors;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.net.ssl.SSLException;

/**
 * The port of machines that have no identity yet: TLS without client certificates, one small call
 * and little time for it. Thread-safe.
 */
public final class EnrollmentPort implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final int MESSAGE_BYTES = 16 * 1024;
  private static final int CALLS_PER_CONNECTION = 2;
  private static final Duration IDLE = Duration.ofSeconds(15);
  private static final Duration LIFETIME = Duration.ofMinutes(1);

  private final Server server;

  private EnrollmentPort(Server server) {
    this.server = server;
  }

  /**
   * Begins to listen.
   *
   * @param authorities roots that enrolled agents shall trust
   * @throws IllegalStateException if that fails
   */
  public static EnrollmentPort open(
      Listener listener,
      Enroller enroller,
      Supplier<List<X509Certificate>> authorities,
      IngestCounters counters) {
    try {
      return new EnrollmentPort(
          Listener.start(
              listener
                  .port(listener.tls())
                  .maxInboundMessageSize(MESSAGE_BYTES)
                  .maxConcurrentCallsPerConnection(CALLS_PER_CONNECTION)
                  .maxConnectionIdle(IDLE.toSeconds(), TimeUnit.SECONDS)
                  .maxConnectionAge(LIFETIME.toSeconds(), TimeUnit.SECONDS)
                  .addService(
                      // The last one named sees a call first.
                      ServerInterceptors.intercept(
                          new EnrollmentService(enroller, authorities),
                          new PeerAddress(),
                          new FailureInterceptor(counters)))));
    } catch (SSLException e) {
      throw new IllegalStateException("no TLS for the enrollment port: " + e.getMessage(), e);
    }
  }

  /** Where it listens. */
  public int port() {
    return server.getPort();
  }

  @Override
  public void close() {
    Listener.stop(server, PATIENCE);
  }
}
