package io.exonward.server.ingest;

import io.exonward.common.tls.CredentialException;
import io.exonward.common.wire.WireException;
import io.exonward.server.inventory.RefusedException;
import io.exonward.server.inventory.StoreUnavailableException;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCall.Listener;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one place where failures become gRPC statuses. Thread-safe. */
final class FailureInterceptor implements ServerInterceptor {
  private static final Logger LOG = LoggerFactory.getLogger(FailureInterceptor.class);

  private final IngestCounters counters;

  FailureInterceptor(IngestCounters counters) {
    this.counters = counters;
  }

  @Override
  public <Q, A> Listener<Q> interceptCall(
      ServerCall<Q, A> original, Metadata headers, ServerCallHandler<Q, A> next) {
    ServerCall<Q, A> call = new ClosedOnceCall<>(original);
    try {
      return new Guarded<>(next.startCall(call, headers), call);
    } catch (RuntimeException e) {
      close(call, e);
      return new Listener<>() {};
    }
  }

  private void close(ServerCall<?, ?> call, RuntimeException failure) {
    counters.countRefusal();
    Status status = statusOf(failure);
    if (status.getCode() == Status.Code.INTERNAL) {
      LOG.atError().setCause(failure).log("a call of an agent failed");
    } else {
      LOG.atDebug().addKeyValue("status", status.getCode()).log("a call of an agent was refused");
    }
    call.close(status, new Metadata());
  }

  private static Status statusOf(RuntimeException failure) {
    return switch (failure) {
      case ProtocolException protocol -> protocol.status();
      case WireException wire -> Status.INVALID_ARGUMENT.withDescription(wire.getMessage());
      case CredentialException credential ->
          Status.INVALID_ARGUMENT.withDescription(credential.getMessage());
      case RefusedException refused ->
          Status.PERMISSION_DENIED.withDescription(refused.getMessage());
      case StoreUnavailableException _ ->
          Status.UNAVAILABLE.withDescription("the server cannot store anything now, retry later");
      default -> Status.INTERNAL.withDescription("the server failed, see its log");
    };
  }

  /** One call, which is closed at its first failure. */
  private final class Guarded<Q> extends SimpleForwardingServerCallListener<Q> {
    private final ServerCall<Q, ?> call;
    private boolean isClosed;

    Guarded(Listener<Q> delegate, ServerCall<Q, ?> call) {
      super(delegate);
      this.call = call;
    }

    @Override
    public void onMessage(Q message) {
      guard(() -> super.onMessage(message));
    }

    @Override
    public void onHalfClose() {
      guard(super::onHalfClose);
    }

    @Override
    public void onReady() {
      guard(super::onReady);
    }

    /** Callbacks of one call never overlap. */
    private void guard(Runnable callback) {
      if (isClosed) {
        return;
      }
      try {
        callback.run();
      } catch (RuntimeException e) {
        isClosed = true;
        close(call, e);
        super.onCancel(); // lets go of what the call holds
      }
    }
  }
}
