package io.exonward.server.ingest;

import com.google.protobuf.ByteString;
import io.exonward.v1.AgentMessage;
import io.exonward.v1.AgentServiceGrpc;
import io.exonward.v1.Event;
import io.exonward.v1.EventBatch;
import io.exonward.v1.Hello;
import io.exonward.v1.HostFacts;
import io.exonward.v1.Policy;
import io.exonward.v1.ServerMessage;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.StreamObserver;
import io.netty.handler.ssl.SslContextBuilder;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** An agent on loopback that says what a test wants. */
final class TestAgent implements AutoCloseable {
  static final ByteString EPOCH = ByteString.copyFrom(new byte[16]);

  private static final int PATIENCE_SECONDS = 20;

  private final ManagedChannel channel;
  private final BlockingQueue<ServerMessage> received = new LinkedBlockingQueue<>();
  private final CompletableFuture<Status> end = new CompletableFuture<>();
  private final StreamObserver<AgentMessage> out;

  TestAgent(int port, TestDirectory.@Nullable Credential credential, List<X509Certificate> roots)
      throws SSLException {
    channel = channel(port, credential, roots);
    out = AgentServiceGrpc.newStub(channel).connect(new Answers());
  }

  static ManagedChannel channel(
      int port, TestDirectory.@Nullable Credential credential, List<X509Certificate> roots)
      throws SSLException {
    SslContextBuilder tls =
        GrpcSslContexts.forClient().trustManager(roots.toArray(X509Certificate[]::new));
    if (credential != null) {
      tls.keyManager(
          credential.keys().getPrivate(), credential.chain().toArray(X509Certificate[]::new));
    }
    return NettyChannelBuilder.forAddress("localhost", port).sslContext(tls.build()).build();
  }

  ManagedChannel channel() {
    return channel;
  }

  static Hello.Builder hello() {
    return Hello.newBuilder()
        .setProtocolMin(1)
        .setProtocolMax(1)
        .setAgentVersion("0.1.0")
        .setEpoch(EPOCH)
        .setHost(HostFacts.newBuilder().setHostname("liar").setMachineId("another machine"));
  }

  TestAgent greet() throws InterruptedException {
    send(AgentMessage.newBuilder().setHello(hello()).build());
    if (!next().hasWelcome()) {
      throw new AssertionError("no welcome");
    }
    return this;
  }

  void send(AgentMessage message) {
    out.onNext(message);
  }

  void sendEvents(Event... events) {
    send(
        AgentMessage.newBuilder()
            .setEvents(EventBatch.newBuilder().addAllEvents(List.of(events)))
            .build());
  }

  /** The next message, whatever it is. */
  ServerMessage next() throws InterruptedException {
    ServerMessage message = received.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    if (message == null) {
      throw new AssertionError("nothing came; the stream ended with " + end.getNow(Status.OK));
    }
    return message;
  }

  /** The next acknowledgement; policies before it are left out. */
  long nextAcknowledged() throws InterruptedException {
    ServerMessage message = next();
    while (message.hasPolicy()) {
      message = next();
    }
    return message.getAcknowledgement().getSequence();
  }

  /** The next policy; others before it are left out. */
  Policy nextPolicy() throws InterruptedException {
    ServerMessage message = next();
    while (!message.hasPolicy()) {
      message = next();
    }
    return message.getPolicy();
  }

  /** Why the stream ended, once it does. */
  Status end() throws Exception {
    return end.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  boolean hasReceivedAcknowledgement() {
    return received.stream().anyMatch(ServerMessage::hasAcknowledgement);
  }

  @Override
  public void close() {
    channel.shutdownNow();
  }

  private final class Answers implements StreamObserver<ServerMessage> {
    @Override
    public void onNext(ServerMessage message) {
      received.add(message);
    }

    @Override
    public void onError(Throwable failure) {
      end.complete(Status.fromThrowable(failure));
    }

    @Override
    public void onCompleted() {
      end.complete(Status.OK);
    }
  }
}
