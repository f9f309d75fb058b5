package io.exonward.server.ingest;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A call that several parties may end: a failure in its handling, a ban, the server's stop. The
 * first one counts; what is sent afterwards is dropped. Thread-safe as far as gRPC asks for it.
 */
final class ClosedOnceCall<Q, A> extends SimpleForwardingServerCall<Q, A> {
  private final ReentrantLock lock = new ReentrantLock();

  @GuardedBy("lock")
  private boolean isClosed;

  ClosedOnceCall(ServerCall<Q, A> call) {
    super(call);
  }

  @Override
  public void sendHeaders(Metadata headers) {
    unlessClosed(() -> super.sendHeaders(headers));
  }

  @Override
  public void sendMessage(A message) {
    unlessClosed(() -> super.sendMessage(message));
  }

  @Override
  public void close(Status status, Metadata trailers) {
    lock.lock();
    try {
      if (!isClosed) {
        isClosed = true;
        super.close(status, trailers);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Sending only hands over to the transport: nothing blocks under the lock. */
  private void unlessClosed(Runnable action) {
    lock.lock();
    try {
      if (!isClosed) {
        action.run();
      }
    } finally {
      lock.unlock();
    }
  }
}
