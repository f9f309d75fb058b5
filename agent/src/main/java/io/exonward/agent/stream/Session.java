package io.exonward.agent.stream;

import io.exonward.v1.AgentMessage;
import io.exonward.v1.ServerMessage;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.ClientResponseObserver;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One connection with one stream. Owned by the stream's thread, to which gRPC's callbacks hand
 * everything over; the server may have four messages under way.
 */
final class Session {
  private static final int UNDER_WAY = 4;

  private final ManagedChannel channel;
  private final Identity identity;
  private final Loop loop;
  private final Listener listener;
  private @Nullable ClientCallStreamObserver<InputStream> out;
  private boolean isEnded;
  private int taken;

  /** Called on the stream's thread. */
  interface Listener {
    void received(Session session, ServerMessage message);

    /** There is room for more again. */
    void writable(Session session);

    /** The last call. */
    void ended(Session session, Status status, @Nullable Metadata trailers);
  }

  Session(ManagedChannel channel, Identity identity, Loop loop, Listener listener) {
    this.channel = channel;
    this.identity = identity;
    this.loop = loop;
    this.listener = listener;
  }

  ManagedChannel channel() {
    return channel;
  }

  Identity identity() {
    return identity;
  }

  /** Connects and sends the first message. */
  void open(AgentMessage hello) {
    ClientCalls.asyncBidiStreamingCall(
        channel.newCall(Connect.METHOD, CallOptions.DEFAULT), new Inbound());
    send(hello);
  }

  /** Whether a message would go out without waiting in memory. */
  boolean isWritable() {
    return !isEnded && out != null && out.isReady();
  }

  void send(AgentMessage message) {
    send(Connect.request(message));
  }

  /** Sends an encoded AgentMessage. */
  void send(InputStream message) {
    if (!isEnded && out != null) {
      out.onNext(message);
    }
  }

  /** Nothing more will be sent; what is under way still goes. */
  void finish() {
    if (!isEnded && out != null) {
      isEnded = true;
      out.onCompleted();
    }
    channel.shutdown();
  }

  /** Gives the connection up; {@code ended} is still called. */
  void cancel(String why) {
    if (out != null) {
      out.cancel(why, null);
    }
    channel.shutdownNow();
  }

  /** Waits for the connection's end for a while, then ends it. */
  void awaitEnd(long millis) {
    try {
      if (!channel.awaitTermination(millis, TimeUnit.MILLISECONDS)) {
        channel.shutdownNow();
      }
    } catch (InterruptedException _) {
      channel.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }

  private void hand(Runnable work) {
    if (!loop.after(Duration.ZERO, work)) {
      channel.shutdownNow(); // the stream has been closed
    }
  }

  private void end(Status status, @Nullable Metadata trailers) {
    isEnded = true;
    channel.shutdown();
    listener.ended(this, status, trailers);
  }

  private final class Inbound implements ClientResponseObserver<InputStream, ServerMessage> {
    @Override
    public void beforeStart(ClientCallStreamObserver<InputStream> stream) {
      out = stream; // on the stream's thread, inside open
      stream.disableAutoRequestWithInitial(UNDER_WAY);
      stream.setOnReadyHandler(() -> hand(() -> listener.writable(Session.this)));
    }

    @Override
    public void onNext(ServerMessage message) {
      hand(() -> {
        listener.received(Session.this, message);
        taken++;
        if (out != null && taken == UNDER_WAY / 2) {
          out.request(taken); // not each by itself: it wakes the connection's thread
          taken = 0;
        }
      });
    }

    @Override
    public void onError(Throwable error) {
      hand(() -> end(Status.fromThrowable(error), Status.trailersFromThrowable(error)));
    }

    @Override
    public void onCompleted() {
      hand(() -> end(Status.UNAVAILABLE.withDescription("the server ended the stream"), null));
    }
  }
}
