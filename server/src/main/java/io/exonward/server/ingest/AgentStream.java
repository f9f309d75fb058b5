package io.exonward.server.ingest;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.exonward.common.hash.Sha256;
import io.exonward.common.wire.PolicyCodec;
import io.exonward.server.gene.AnalysisRequest;
import io.exonward.server.gene.Lineage;
import io.exonward.server.policy.PolicySnapshot;
import io.exonward.v1.ServerMessage;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The sending half of one agent's stream. Thread-safe.
 *
 * <p>What waits to be sent is bounded: one answer for each message that the agent sent, of which
 * the next is read only when the peer takes answers; the newest policy, which replaces an older one
 * that was not sent yet; and what code is related to, at most as much as one message holds.
 */
final class AgentStream {
  private final Agent agent;
  private final ServerCallStreamObserver<ServerMessage> out;
  private final long openedNanos = System.nanoTime();
  private final AskedRequests asked = new AskedRequests();
  private final ReentrantLock lock = new ReentrantLock();

  @GuardedBy("lock")
  private boolean isOpen = true;

  @GuardedBy("lock")
  private boolean isWelcomed;

  @GuardedBy("lock")
  private boolean isReadDue;

  @GuardedBy("lock")
  private boolean canExtract;

  /** What code is related to; the oldest goes when it is full. */
  @GuardedBy("lock")
  private final SequencedMap<Sha256, Lineage> waitingLineages = new LinkedHashMap<>();

  @GuardedBy("lock")
  private long sentPolicy;

  @GuardedBy("lock")
  private @Nullable PolicySnapshot waitingPolicy;

  AgentStream(Agent agent, ServerCallStreamObserver<ServerMessage> out) {
    this.agent = agent;
    this.out = out;
  }

  Agent agent() {
    return agent;
  }

  /** When it began, by the clock of this process. */
  long openedNanos() {
    return openedNanos;
  }

  boolean follows(String group) {
    return agent.host().group().equals(group);
  }

  /**
   * Sends the first message and, if the agent does not hold it, the policy.
   *
   * @param heldPolicy the version that the agent has
   * @param extractsGenes it can be asked for the genes of code
   */
  void welcome(ServerMessage welcome, long heldPolicy, boolean extractsGenes) {
    lock.lock();
    try {
      isWelcomed = true;
      canExtract = extractsGenes;
      sentPolicy = heldPolicy;
      send(welcome);
    } finally {
      lock.unlock();
    }
  }

  /** Sends an answer. */
  void answer(ServerMessage message) {
    lock.lock();
    try {
      send(message);
    } finally {
      lock.unlock();
    }
  }

  /** Sends a policy that is newer than what the agent has, as soon as it takes it. */
  void offer(PolicySnapshot policy) {
    lock.lock();
    try {
      long version = policy.policy().version();
      boolean isNews = waitingPolicy == null || version > waitingPolicy.policy().version();
      if (isNews && version != sentPolicy && version >= sentPolicy) {
        waitingPolicy = policy;
      }
      flush();
    } finally {
      lock.unlock();
    }
  }

  /** Whether it can be asked for the genes of code now. */
  boolean isAble() {
    lock.lock();
    try {
      return isOpen && isWelcomed && canExtract;
    } finally {
      lock.unlock();
    }
  }

  /** Whether the request is on its way; callers send few at a time. */
  boolean ask(AnalysisRequest request) {
    lock.lock();
    try {
      if (!isOpen || !isWelcomed || !canExtract) {
        return false;
      }
      asked.add(request.id());
      send(LineageMessages.request(request));
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** What it was asked and has not answered. */
  AskedRequests asked() {
    return asked;
  }

  /** Sends what code is related to, as soon as the agent takes it. */
  void tell(Lineage lineage) {
    lock.lock();
    try {
      if (waitingLineages.size() >= LineageMessages.MAX_ITEMS) {
        waitingLineages.pollFirstEntry();
      }
      waitingLineages.putLast(lineage.sha256(), lineage);
      flush();
    } finally {
      lock.unlock();
    }
  }

  /** Reads one more message once the peer takes what was sent. */
  void readNext() {
    lock.lock();
    try {
      isReadDue = true;
      flush();
    } finally {
      lock.unlock();
    }
  }

  /** The peer takes more. */
  void ready() {
    lock.lock();
    try {
      flush();
    } finally {
      lock.unlock();
    }
  }

  /** Ends the stream with an error. */
  void cut(Status status) {
    lock.lock();
    try {
      if (isOpen) {
        isOpen = false;
        out.onError(status.asRuntimeException());
      }
    } finally {
      lock.unlock();
    }
  }

  /** Ends the stream as the agent wished. */
  void complete() {
    lock.lock();
    try {
      if (isOpen) {
        isOpen = false;
        out.onCompleted();
      }
    } finally {
      lock.unlock();
    }
  }

  /** The call is over: nothing more is sent. */
  void closed() {
    lock.lock();
    try {
      isOpen = false;
    } finally {
      lock.unlock();
    }
  }

  @GuardedBy("lock")
  private void flush() {
    if (!isOpen || !out.isReady()) {
      return;
    }
    PolicySnapshot policy = waitingPolicy;
    if (policy != null && isWelcomed) {
      waitingPolicy = null;
      sentPolicy = policy.policy().version();
      send(
          ServerMessage.newBuilder()
              .setPolicy(PolicyCodec.encode(policy.policy(), policy.baseline()))
              .build());
    }
    if (!waitingLineages.isEmpty() && isWelcomed) {
      send(LineageMessages.classifications(waitingLineages.values()));
      waitingLineages.clear();
    }
    if (isReadDue) {
      isReadDue = false;
      out.request(1);
    }
  }

  @GuardedBy("lock")
  private void send(ServerMessage message) {
    if (isOpen) {
      out.onNext(message);
    }
  }
}
