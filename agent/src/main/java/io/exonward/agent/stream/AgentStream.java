package io.exonward.agent.stream;

import io.exonward.agent.health.AgentStatus.Connection;
import io.exonward.agent.health.AgentStatus.ConnectionState;
import io.exonward.agent.health.Counters.Counter;
import io.exonward.common.hash.Sha256;
import io.exonward.common.tls.CredentialException;
import io.exonward.v1.AnalysisRequest;
import io.exonward.v1.ServerMessage;
import io.exonward.v1.Welcome;
import io.grpc.Metadata;
import io.grpc.Status;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one session with the server, and sends what is in the spool. After a failure it waits with
 * full jitter, or for as long as the server asks; a server that refuses this agent is asked again
 * every five minutes. A renewed certificate gets a second connection: what is under way on the
 * first is settled, then the second takes over, then the first ends.
 *
 * <p>Its one thread owns all state; {@link #connection} and {@link #identity} are thread-safe.
 */
public final class AgentStream implements AutoCloseable, Session.Listener {
  private static final Logger log = LoggerFactory.getLogger(AgentStream.class);
  private static final Duration WELCOME_WITHIN = Duration.ofSeconds(15);
  private static final Duration ACKNOWLEDGE_WITHIN = Duration.ofSeconds(60);
  private static final Duration SETTLE_WITHIN = Duration.ofSeconds(2);
  private static final Duration ASK_AGAIN_AFTER_REFUSAL = Duration.ofMinutes(5);
  private static final Duration LOOK_FOR_IDENTITY = Duration.ofSeconds(2);
  private static final long STOP_MILLIS = 500;

  private final StreamParts parts;
  private final Messages messages;
  private final Backoff backoff;
  private final ConnectionJournal journal;
  private final AtomicBoolean isPumpDue = new AtomicBoolean();
  private final Loop loop = new Loop(this::dropConnection);
  private final Rotation rotation;
  private final Refusals refusals = new Refusals();

  // Confined to the loop.
  private @Nullable Session current;
  private @Nullable Session next;
  private @Nullable Feed feed;
  private int beatNumber;
  private int lookNumber;
  private Duration heartbeatInterval = Duration.ofSeconds(5);

  private volatile @Nullable Identity identity;

  public AgentStream(StreamParts parts) {
    this.parts = parts;
    this.messages = new Messages(parts);
    this.backoff = new Backoff(Duration.ofMillis(500), Duration.ofSeconds(30), parts.random());
    this.journal = new ConnectionJournal(parts.server().toString(), parts.clock());
    this.rotation = new Rotation(parts, loop, this::renewed);
  }

  /** Connects, and goes on until closed. */
  public void start() {
    parts.spool().onDurable(this::pumpSoon);
    loop.execute(this::connect);
  }

  /** How it stands with the server. */
  public Connection connection() {
    return journal.now();
  }

  /** Who this agent is; empty before enrollment. */
  public Optional<Identity> identity() {
    return Optional.ofNullable(identity);
  }

  private void connect() {
    if (current != null || next != null) {
      return;
    }
    Identity mine = readIdentity();
    if (mine == null) {
      loop.after(LOOK_FOR_IDENTITY, this::connect);
      return;
    }
    if (journal.now().state() != ConnectionState.WAITING) {
      journal.become(ConnectionState.CONNECTING, null);
    }
    next = open(mine);
  }

  private @Nullable Identity readIdentity() {
    try {
      Optional<Identity> found = parts.identities().read();
      Identity before = identity;
      identity = found.orElse(null);
      if (before != null && found.isPresent() && isAnother(found.get(), before)) {
        parts.orders().enrolledAnew();
      }
      if (found.isEmpty()) {
        journal.become(ConnectionState.NOT_ENROLLED, "run: exon-agent enroll");
        return null;
      }
      Instant end = found.orElseThrow().expiresAt();
      if (end.isBefore(parts.clock().instant())) {
        journal.become(
            ConnectionState.EXPIRED, "the certificate ended at " + end + ": enroll again");
        return null;
      }
      return found.orElseThrow();
    } catch (IOException | IllegalArgumentException | CredentialException e) {
      journal.become(ConnectionState.NOT_ENROLLED, "identity not readable: " + e.getMessage());
      return null;
    }
  }

  private @Nullable Session open(Identity mine) {
    try {
      Session session = new Session(Channels.open(parts.server(), mine), mine, loop, this);
      session.open(messages.hello());
      loop.after(
          WELCOME_WITHIN,
          () -> {
            if (session == next) {
              session.cancel("no welcome within " + WELCOME_WITHIN);
            }
          });
      return session;
    } catch (IOException | IllegalArgumentException e) {
      journal.become(ConnectionState.WAITING, "TLS not set up: " + e.getMessage());
      loop.after(backoff.next(), this::connect);
      return null;
    }
  }

  @Override
  public void received(Session session, ServerMessage message) {
    switch (message.getKindCase()) {
      case WELCOME -> welcomed(session, message.getWelcome());
      case ACKNOWLEDGEMENT -> acknowledged(session, message.getAcknowledgement().getSequence());
      case POLICY -> parts.orders().policy(message.getPolicy().toByteArray());
      case ANALYSIS -> analyze(session, message.getAnalysis());
      case RESPONSE -> {
        parts.counters().add(Counter.RESPONSES_REFUSED, 1);
        log.atWarn().log("response order refused: this agent has no operator's key");
      }
      // Classifications say nothing that this agent acts on; a newer server may say more.
      case CLASSIFICATIONS, KIND_NOT_SET -> {}
    }
  }

  /** What comes after the session's end is for nobody: the server asks again. */
  private void analyze(Session session, AnalysisRequest request) {
    long id = request.getId();
    if (!request.getAnalysis().equals("genes") || request.getSha256().size() != Sha256.BYTES) {
      session.send(Messages.refusal(id, "not supported"));
      return;
    }
    Instant expiresAt = Instant.ofEpochSecond(request.getExpiresAt().getSeconds());
    parts
        .analyst()
        .analyze(
            new Analyst.Question(Sha256.of(request.getSha256().toByteArray()), expiresAt),
            answer -> loop.execute(() -> send(session, id, answer)));
  }

  private static void send(Session session, long id, Analyst.Answer answer) {
    switch (answer) {
      case Analyst.Answer.Genes genes -> Messages.genes(id, genes.encoded()).forEach(session::send);
      case Analyst.Answer.Refused refused -> session.send(Messages.refusal(id, refused.why()));
    }
  }

  private void welcomed(Session session, Welcome welcome) {
    if (session != next) {
      return;
    }
    Session before = current;
    if (before != null) {
      before.finish();
    }
    closeFeed();
    current = session;
    next = null;
    identity = session.identity();
    backoff.reset();
    parts.counters().add(Counter.CONNECTIONS, 1);
    if (welcome.getHeartbeatIntervalMillis() > 0) {
      heartbeatInterval =
          Duration.ofMillis(Math.clamp(welcome.getHeartbeatIntervalMillis(), 200, 600_000));
    }
    beatAfterInterval();
    journal.become(ConnectionState.CONNECTED, null);
    long stored = welcome.getAcknowledgedSequence();
    acknowledge(stored);
    feed = new Feed(session, parts, stored, refusals);
    feed.pump();
  }

  private void acknowledged(Session session, long sequence) {
    acknowledge(sequence);
    if (session == current && feed != null) {
      feed.acknowledged(sequence);
      feed.pump();
    }
  }

  private void acknowledge(long sequence) {
    refusals.acknowledged(sequence);
    if (!parts.spool().acknowledge(sequence)) {
      log.atError().addKeyValue("sequence", sequence).log("the spool is an old copy of itself");
      parts.orders().spoolIsOutdated();
    }
  }

  @Override
  public void writable(Session session) {
    if (session == current && feed != null) {
      feed.pump();
    }
  }

  @Override
  public void ended(Session session, Status status, @Nullable Metadata trailers) {
    rotation.ended(session);
    if (session == current) {
      if (feed != null) {
        feed.lastUnacknowledged().ifPresent(last -> refusals.ended(status, last));
      }
      closeFeed();
      current = null;
    } else if (session == next) {
      next = null;
    } else {
      return;
    }
    if (current != null && feed != null) {
      feed.resume();
    } else if (next == null && !loop.isClosed()) {
      retry(status, Failure.retryAfter(trailers));
    }
  }

  private void retry(Status status, Optional<Duration> retryAfter) {
    boolean isRefusal =
        switch (status.getCode()) {
          case PERMISSION_DENIED, FAILED_PRECONDITION, UNIMPLEMENTED -> true;
          default -> false;
        };
    journal.become(
        isRefusal ? ConnectionState.REFUSED : ConnectionState.WAITING, Failure.text(status));
    Duration jittered = backoff.next();
    Duration wait =
        retryAfter
            .map(asked -> asked.plus(jittered))
            .orElse(isRefusal ? ASK_AGAIN_AFTER_REFUSAL : jittered);
    loop.after(wait, this::connect);
    lookNumber++;
    if (isRefusal) {
      lookForNewIdentity(lookNumber);
    }
  }

  /** Whoever was refused may be enrolled anew before it would ask again. */
  private void lookForNewIdentity(int number) {
    loop.after(
        LOOK_FOR_IDENTITY,
        () -> {
          if (number != lookNumber || journal.now().state() != ConnectionState.REFUSED) {
            return;
          }
          if (hasNewIdentity()) {
            connect();
          } else {
            lookForNewIdentity(number);
          }
        });
  }

  private boolean hasNewIdentity() {
    Identity before = identity;
    try {
      return before != null
          && parts.identities().read().filter(found -> isAnother(found, before)).isPresent();
    } catch (IOException | IllegalArgumentException | CredentialException _) {
      return false; // it is being written, or not usable: connecting says so later
    }
  }

  private static boolean isAnother(Identity found, Identity before) {
    return !found.chain().equals(before.chain());
  }

  private void beat() {
    Session session = current;
    if (session != null) {
      session.send(messages.heartbeat());
      if (feed != null && feed.isStuck(ACKNOWLEDGE_WITHIN)) {
        session.cancel("no acknowledgement within " + ACKNOWLEDGE_WITHIN);
      } else {
        rotation.renewIfDue(session);
      }
    }
    beatAfterInterval();
  }

  /** From now on; an earlier chain of beats ends. */
  private void beatAfterInterval() {
    int number = ++beatNumber;
    loop.after(
        heartbeatInterval,
        () -> {
          if (number == beatNumber) {
            beat();
          }
        });
  }

  private void renewed(Identity fresh) {
    identity = fresh;
    if (current != null && next == null && feed != null) {
      feed.pause();
      switchWhenSettled(current, fresh, parts.clock().instant().plus(SETTLE_WITHIN));
    }
  }

  private void switchWhenSettled(Session session, Identity fresh, Instant end) {
    if (session != current || feed == null || next != null) {
      return; // the connection failed meanwhile: the next one takes the new certificate
    }
    if (feed.isSettled() || parts.clock().instant().isAfter(end)) {
      next = open(fresh);
      if (next == null) {
        feed.resume();
      }
    } else {
      loop.after(Duration.ofMillis(20), () -> switchWhenSettled(session, fresh, end));
    }
  }

  private void pumpSoon() {
    if (!loop.isClosed() && isPumpDue.compareAndSet(false, true)) {
      loop.after(
          Duration.ZERO,
          () -> {
            isPumpDue.set(false);
            if (feed != null) {
              feed.pump();
            }
          });
    }
  }

  private void dropConnection() {
    Session session = current != null ? current : next;
    if (session != null) {
      session.cancel("fault in the agent");
    } else if (!loop.isClosed()) {
      loop.after(backoff.next(), this::connect); // nobody else would
    }
  }

  private void closeFeed() {
    if (feed != null) {
      feed.close();
      feed = null;
    }
  }

  /** Sends what is left for half a second, says goodbye and ends the connection. */
  @Override
  public void close() {
    CountDownLatch left = new CountDownLatch(1);
    Instant end = parts.clock().instant().plusMillis(STOP_MILLIS);
    if (loop.after(Duration.ZERO, () -> leave(end, left))) {
      try {
        if (!left.await(2 * STOP_MILLIS, TimeUnit.MILLISECONDS)) {
          log.atWarn().log("the stream did not end in time");
        }
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      }
    }
    loop.close();
  }

  private void leave(Instant end, CountDownLatch left) {
    Session session = current;
    if (session != null && feed != null && parts.clock().instant().isBefore(end)) {
      feed.pump();
      if (!feed.isSettled()) {
        loop.after(Duration.ofMillis(10), () -> leave(end, left));
        return;
      }
    }
    if (next != null) {
      next.cancel("the agent stops");
    }
    if (session != null) {
      session.send(messages.goodbye());
      session.finish();
      session.awaitEnd(STOP_MILLIS / 2);
    }
    closeFeed();
    journal.become(ConnectionState.STOPPED, null);
    left.countDown();
  }
}
