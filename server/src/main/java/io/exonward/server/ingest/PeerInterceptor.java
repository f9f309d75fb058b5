package io.exonward.server.ingest;

import io.exonward.server.inventory.Host;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCall.Listener;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/**
 * Says who calls, by the certificate of the handshake alone, and refuses who is not to be served.
 * Thread-safe.
 */
final class PeerInterceptor implements ServerInterceptor {
  static final Context.Key<Agent> AGENT = Context.key("agent");

  private final AgentDirectory directory;
  private final Clock clock;

  PeerInterceptor(AgentDirectory directory, Clock clock) {
    this.directory = directory;
    this.clock = clock;
  }

  @Override
  public <Q, A> Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    X509Certificate shown = certificate(call);
    // A connection outlives its handshake: what was valid then may not be any more.
    Instant now = clock.instant();
    if (now.isAfter(shown.getNotAfter().toInstant())) {
      throw unauthenticated("the certificate has expired: renew it");
    }
    Host host =
        directory
            .findHost(shown)
            .orElseThrow(() ->
                new ProtocolException(
                    Status.PERMISSION_DENIED.withDescription(
                        "this identity is not served: it is unknown, banned or replaced")));
    Agent agent = new Agent(host, shown, PeerAddress.of(call).getHostAddress());
    return Contexts.interceptCall(Context.current().withValue(AGENT, agent), call, headers, next);
  }

  private static X509Certificate certificate(ServerCall<?, ?> call) {
    SSLSession session = call.getAttributes().get(Grpc.TRANSPORT_ATTR_SSL_SESSION);
    try {
      if (session != null
          && session.getPeerCertificates()[0] instanceof X509Certificate certificate) {
        return certificate;
      }
    } catch (SSLPeerUnverifiedException _) {
      // answered below, as if there were no session
    }
    throw unauthenticated("an agent shows a certificate");
  }

  private static ProtocolException unauthenticated(String description) {
    return new ProtocolException(Status.UNAUTHENTICATED.withDescription(description));
  }
}
