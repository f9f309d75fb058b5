package io.exonward.server.identity;

import io.exonward.common.hash.Sha256;
import io.exonward.server.inventory.Transactions;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/**
 * Sessions of operators in the console: 256-bit ids, kept as their hash, idle for 8 hours and used
 * for 24 at most. The CSRF token is a hash of the id under a fixed label: a page of another origin
 * knows neither, and the token tells nothing of the id. Thread-safe.
 */
public final class Sessions {
  /** How long one may lie unused, and how long it lasts in any case. */
  public static final Duration IDLE = Duration.ofHours(8);

  public static final Duration ABSOLUTE = Duration.ofHours(24);

  // Writing each use would turn every read of the console into a database write.
  private static final Duration TOUCH_EVERY = Duration.ofMinutes(1);

  private final OperatorStore operators;
  private final SessionStore store;
  private final Transactions transactions;
  private final AuditLog audit;
  private final Clock clock;
  private final SecureRandom random;

  public Sessions(
      IdentityStores stores,
      Transactions transactions,
      AuditLog audit,
      Clock clock,
      SecureRandom random) {
    this.operators = stores.operators();
    this.store = stores.sessions();
    this.transactions = transactions;
    this.audit = audit;
    this.clock = clock;
    this.random = random;
  }

  /** A new session and the id for its cookie, which is kept nowhere. */
  public record Opened(String id, Session session) {}

  /** Opens a session for an operator who has just proved to be that. */
  public Opened open(Operator operator, String address) {
    Secret id = Secret.random(random);
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    transactions.run(() -> {
      store.deleteExpired(now.minus(ABSOLUTE), now.minus(IDLE));
      store.insert(id.hash(), operator.name(), now);
      operators.recordSignIn(operator.name(), now);
      audit.record(
          Actor.operator(operator.name(), address),
          "session.create",
          "operator/" + operator.name(),
          Map.of());
    });
    SessionStore.Stored stored =
        new SessionStore.Stored(operator.name(), operator.role(), now, now);
    return new Opened(id.text(), session(id.text(), stored));
  }

  /** The live session with this id. */
  public Optional<Session> find(String id) {
    Sha256 hash = Secret.hashOfText(id);
    Instant now = clock.instant();
    Optional<SessionStore.Stored> stored = store.find(hash).filter(s -> isLive(s, now));
    if (stored.isPresent() && stored.get().usedAt().plus(TOUCH_EVERY).isBefore(now)) {
      store.touch(hash, now);
    }
    return stored.map(s -> session(id, s));
  }

  /** Whether the session still lives; does not count as a use. */
  public boolean isLive(Session session) {
    Instant now = clock.instant();
    return store.find(session.idHash()).filter(s -> isLive(s, now)).isPresent();
  }

  /** Ends it. */
  public void close(Actor actor, Session session) {
    transactions.run(() -> {
      if (store.delete(session.idHash())) {
        audit.record(actor, "session.delete", "operator/" + session.operator(), Map.of());
      }
    });
  }

  private static boolean isLive(SessionStore.Stored stored, Instant now) {
    return now.isBefore(end(stored));
  }

  private static Instant end(SessionStore.Stored stored) {
    Instant idle = stored.usedAt().plus(IDLE);
    Instant absolute = stored.createdAt().plus(ABSOLUTE);
    return idle.isBefore(absolute) ? idle : absolute;
  }

  private static Session session(String id, SessionStore.Stored stored) {
    return new Session(
        Secret.hashOfText(id), stored.operator(), stored.role(), csrfToken(id), end(stored));
  }

  private static String csrfToken(String id) {
    MessageDigest digest = Sha256.newDigest();
    digest.update("exonward csrf\0".getBytes(StandardCharsets.UTF_8));
    digest.update(id.getBytes(StandardCharsets.UTF_8));
    return Base64.getUrlEncoder().withoutPadding().encodeToString(digest.digest());
  }
}
