package io.exonward.server.ingest;

import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCall.Listener;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;

/** Says from which address a call comes. Proxies' headers are not looked at. Thread-safe. */
final class PeerAddress implements ServerInterceptor {
  private static final Context.Key<InetAddress> ADDRESS = Context.key("address");

  @Override
  public <Q, A> Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    Context context = Context.current().withValue(ADDRESS, of(call));
    return Contexts.interceptCall(context, call, headers, next);
  }

  /** Of the call that is being handled. */
  static InetAddress current() {
    return ADDRESS.get();
  }

  /** Of the other end of a call's connection. */
  static InetAddress of(ServerCall<?, ?> call) {
    SocketAddress remote = call.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR);
    if (remote instanceof InetSocketAddress inet) {
      return inet.getAddress();
    }
    throw new ProtocolException(
        Status.UNAUTHENTICATED.withDescription("a call comes over the network"));
  }
}
