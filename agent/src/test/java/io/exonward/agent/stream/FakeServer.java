package io.exonward.agent.stream;

import com.google.protobuf.ByteString;
import io.exonward.common.config.HostPort;
import io.exonward.common.tls.CertificateRequest;
import io.exonward.common.tls.Certificates;
import io.exonward.common.tls.Keys;
import io.exonward.common.wire.EventCodec;
import io.exonward.common.wire.WireException;
import io.exonward.v1.Acknowledgement;
import io.exonward.v1.AgentMessage;
import io.exonward.v1.AgentServiceGrpc;
import io.exonward.v1.EnrollRequest;
import io.exonward.v1.EnrollResponse;
import io.exonward.v1.EnrollmentServiceGrpc;
import io.exonward.v1.Event;
import io.exonward.v1.Hello;
import io.exonward.v1.LossCause;
import io.exonward.v1.RenewRequest;
import io.exonward.v1.RenewResponse;
import io.exonward.v1.ServerMessage;
import io.exonward.v1.Welcome;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A server over real TLS on loopback that keeps what it gets, once, and acknowledges it. */
final class FakeServer implements AutoCloseable {
  final TestAuthority authority = new TestAuthority();
  final SortedMap<Long, Event> events = new ConcurrentSkipListMap<>();
  final List<AgentMessage> received = new CopyOnWriteArrayList<>();
  final List<Hello> hellos = new CopyOnWriteArrayList<>();
  final AtomicInteger copies = new AtomicInteger();
  final AtomicInteger renewals = new AtomicInteger();
  final List<StreamObserver<ServerMessage>> streams = new CopyOnWriteArrayList<>();
  final AtomicInteger open = new AtomicInteger();
  volatile @Nullable Status refuseWith;
  volatile boolean isAcknowledging = true;
  volatile long welcomeSequence = -1;

  /** As the real server: what comes before it is kept, then the stream ends. */
  volatile long refusedSequence;

  private final Server server;
  private final HostPort address;

  FakeServer(boolean isForAgents) throws Exception {
    this(isForAgents, 0);
  }

  FakeServer(boolean isForAgents, int port) throws Exception {
    KeyPair keys = Keys.generate(new SecureRandom());
    Instant now = Instant.now();
    X509Certificate leaf =
        authority.issue(keys.getPublic(), now.minusSeconds(60), now.plusSeconds(36_000));
    var tls = SslContextBuilder.forServer(keys.getPrivate(), leaf, authority.root());
    if (isForAgents) {
      tls.clientAuth(ClientAuth.REQUIRE).trustManager(authority.root());
    }
    server =
        NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
            .sslContext(GrpcSslContexts.configure(tls, SslProvider.OPENSSL).build())
            .addService(isForAgents ? new Agents() : new Enrollments())
            .build()
            .start();
    address = new HostPort("127.0.0.1", server.getPort());
  }

  HostPort address() {
    return address;
  }

  Identity identity(Instant from, Instant to) {
    KeyPair keys = Keys.generate(new SecureRandom());
    return new Identity(
        "6b1c2ad0-5e0a-4f6b-8c3d-1f2e3d4c5b6a",
        keys.getPrivate(),
        List.of(authority.issue(keys.getPublic(), from, to)),
        List.of(authority.root()));
  }

  void send(ServerMessage message) {
    streams.getLast().onNext(message);
  }

  void breakStream(Status status) {
    streams.getLast().onError(status.asRuntimeException());
  }

  private final class Enrollments extends EnrollmentServiceGrpc.EnrollmentServiceImplBase {
    @Override
    public void enroll(EnrollRequest request, StreamObserver<EnrollResponse> out) {
      if (refuseWith != null) {
        out.onError(refuseWith.asRuntimeException());
        return;
      }
      Instant now = Instant.now();
      var leaf =
          authority.issue(
              CertificateRequest.verify(request.getCertificateRequest().toByteArray()),
              now.minusSeconds(60),
              now.plusSeconds(3600));
      out.onNext(
          EnrollResponse.newBuilder()
              .setAgentId(ByteString.copyFrom(new byte[16]))
              .addCertificateChain(ByteString.copyFrom(Certificates.encode(leaf)))
              .addCertificateAuthorities(ByteString.copyFrom(Certificates.encode(authority.root())))
              .build());
      out.onCompleted();
    }
  }

  private final class Agents extends AgentServiceGrpc.AgentServiceImplBase {
    @Override
    public void renew(RenewRequest request, StreamObserver<RenewResponse> out) {
      Instant now = Instant.now();
      var leaf =
          authority.issue(
              CertificateRequest.verify(request.getCertificateRequest().toByteArray()),
              now.minusSeconds(60),
              now.plusSeconds(36_000));
      renewals.incrementAndGet();
      out.onNext(
          RenewResponse.newBuilder()
              .addCertificateChain(ByteString.copyFrom(Certificates.encode(leaf)))
              .addCertificateAuthorities(ByteString.copyFrom(Certificates.encode(authority.root())))
              .build());
      out.onCompleted();
    }

    @Override
    public StreamObserver<AgentMessage> connect(StreamObserver<ServerMessage> out) {
      open.incrementAndGet();
      return new StreamObserver<>() {
        @Override
        public void onNext(AgentMessage message) {
          handle(message, out);
        }

        @Override
        public void onError(Throwable error) {
          open.decrementAndGet();
        }

        @Override
        public void onCompleted() {
          open.decrementAndGet();
          out.onCompleted();
        }
      };
    }
  }

  private synchronized void handle(AgentMessage message, StreamObserver<ServerMessage> out) {
    received.add(message);
    switch (message.getKindCase()) {
      case HELLO -> {
        hellos.add(message.getHello());
        if (refuseWith != null) {
          out.onError(refuseWith.asRuntimeException());
          return;
        }
        streams.add(out);
        long last = events.isEmpty() ? 0 : events.lastKey();
        out.onNext(
            ServerMessage.newBuilder()
                .setWelcome(
                    Welcome.newBuilder()
                        .setProtocol(1)
                        .setHeartbeatIntervalMillis(200)
                        .setAcknowledgedSequence(welcomeSequence >= 0 ? welcomeSequence : last))
                .build());
      }
      case EVENTS -> {
        boolean isRefused = false;
        for (Event event : message.getEvents().getEventsList()) {
          isRefused |= isRefused(event);
          if (!isRefused && events.put(event.getSequence(), event) != null) {
            copies.incrementAndGet();
          }
        }
        if (isAcknowledging && !events.isEmpty()) {
          out.onNext(
              ServerMessage.newBuilder()
                  .setAcknowledgement(Acknowledgement.newBuilder().setSequence(events.lastKey()))
                  .build());
        }
        if (isRefused) {
          out.onError(Status.INVALID_ARGUMENT.asRuntimeException());
        }
      }
      default -> {}
    }
  }

  private boolean isRefused(Event event) {
    try {
      var _ = EventCodec.decode(event);
      return event.getSequence() == refusedSequence
          && event.getLoss().getCause() != LossCause.LOSS_CAUSE_SPOOL_DAMAGED;
    } catch (WireException _) {
      return true;
    }
  }

  List<Long> sequences() {
    return new ArrayList<>(events.keySet());
  }

  @Override
  public void close() {
    server.shutdownNow();
    try {
      server.awaitTermination();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
