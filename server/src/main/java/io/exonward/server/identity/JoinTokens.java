package io.exonward.server.identity;

import io.exonward.common.enroll.JoinToken;
import io.exonward.common.hash.Sha256;
import io.exonward.common.tls.Fingerprint;
import io.exonward.server.inventory.Page;
import io.exonward.server.inventory.PageRequest;
import io.exonward.server.inventory.RefusedException;
import io.exonward.server.inventory.RefusedException.Kind;
import io.exonward.server.inventory.Transactions;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The secrets with which agents obtain their identity. Thread-safe. */
public final class JoinTokens {
  private static final int MAX_USES = 10_000;
  private static final Duration LONGEST = Duration.ofDays(30);

  private final JoinTokenStore store;
  private final Transactions transactions;
  private final AuditLog audit;
  private final Clock clock;
  private final SecureRandom random;
  private final Fingerprint authority;

  /**
   * @param authority root certificate that agents shall trust; stands in every token
   */
  public JoinTokens(
      JoinTokenStore store,
      Transactions transactions,
      AuditLog audit,
      Clock clock,
      SecureRandom random,
      Fingerprint authority) {
    this.store = store;
    this.transactions = transactions;
    this.audit = audit;
    this.clock = clock;
    this.random = random;
    this.authority = authority;
  }

  /** What is asked for; the caller has checked that the group exists. */
  public record Wish(
      String group,
      int uses,
      Duration lifetime,
      @Nullable AddressRange addressRange,
      boolean replace) {
    public Wish {
      if (uses < 1 || uses > MAX_USES) {
        throw new RefusedException(Kind.NOT_ACCEPTABLE, "a join token has 1 to 10000 uses");
      }
      if (!lifetime.isPositive() || lifetime.compareTo(LONGEST) > 0) {
        throw new RefusedException(
            Kind.NOT_ACCEPTABLE, "a join token lives longer than 0s and at most 30d");
      }
    }
  }

  /** A new token, and the only place where its secret stands. */
  public record Created(StoredJoinToken token, JoinToken secret) {}

  public Created create(Actor actor, Wish wish) {
    JoinToken secret = JoinToken.create(random, authority);
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    StoredJoinToken token =
        new StoredJoinToken(
            UUID.randomUUID(),
            wish.group(),
            wish.uses(),
            wish.addressRange(),
            wish.replace(),
            actor.name(),
            now,
            now.plus(wish.lifetime()),
            null);
    transactions.run(() -> {
      store.insert(token, secret.secretHash());
      audit.record(actor, "join_token.create", target(token.id()), describe(token));
    });
    return new Created(token, secret);
  }

  /** Newest first. */
  public Page<StoredJoinToken> list(PageRequest page) {
    return store.list(page);
  }

  public void revoke(Actor actor, UUID id) {
    transactions.run(() -> {
      if (!store.revoke(id, clock.instant())) {
        throw RefusedException.notFound("join token", id);
      }
      audit.record(actor, "join_token.revoke", target(id), Map.of());
    });
  }

  /**
   * The usable token with this secret, locked until the transaction ends. Looking it up by the hash
   * of 256 random bits takes no time that depends on a part of the secret.
   */
  Optional<StoredJoinToken> lock(byte[] secret, InetAddress from) {
    Instant now = clock.instant();
    return store
        .lock(Sha256.digest(secret))
        .filter(token -> token.revokedAt() == null)
        .filter(token -> token.usesLeft() > 0)
        .filter(token -> now.isBefore(token.expiresAt()))
        .filter(token -> token.addressRange() == null || token.addressRange().contains(from));
  }

  /** Takes one use from a token that {@link #lock} gave. */
  void use(StoredJoinToken token) {
    store.use(token.id());
  }

  static String target(UUID id) {
    return "join_token/" + id;
  }

  private static Map<String, String> describe(StoredJoinToken token) {
    Map<String, String> detail = new TreeMap<>();
    detail.put("group", token.group());
    detail.put("uses", Integer.toString(token.usesLeft()));
    detail.put("expires_at", token.expiresAt().toString());
    detail.put("replace", Boolean.toString(token.replace()));
    if (token.addressRange() != null) {
      detail.put("address_range", token.addressRange().toString());
    }
    return detail;
  }
}
