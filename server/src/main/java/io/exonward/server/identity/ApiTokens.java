package io.exonward.server.identity;

import io.exonward.server.identity.SignInException.Code;
import io.exonward.server.inventory.Page;
import io.exonward.server.inventory.PageRequest;
import io.exonward.server.inventory.RefusedException;
import io.exonward.server.inventory.RefusedException.Kind;
import io.exonward.server.inventory.Transactions;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** API tokens: "exa1." and 32 random bytes, kept as their SHA-256. Thread-safe. */
public final class ApiTokens {
  private static final Duration LONGEST = Duration.ofDays(366);
  private static final Duration TOUCH_EVERY = Duration.ofMinutes(1);
  private static final int MAX_LABEL = 64;

  private final ApiTokenStore store;
  private final Transactions transactions;
  private final AuditLog audit;
  private final Clock clock;
  private final SecureRandom random;

  public ApiTokens(
      ApiTokenStore store,
      Transactions transactions,
      AuditLog audit,
      Clock clock,
      SecureRandom random) {
    this.store = store;
    this.transactions = transactions;
    this.audit = audit;
    this.clock = clock;
    this.random = random;
  }

  /** A new token and its text, which is kept nowhere. */
  public record Created(ApiToken token, String text) {}

  /** What is asked for. */
  public record Wish(String label, Role role, Duration lifetime) {}

  /**
   * Creates a token for {@code owner}.
   *
   * @param limit the role of who asks
   * @throws SignInException FORBIDDEN for a role above the limit
   * @throws RefusedException NOT_ACCEPTABLE for a bad value
   */
  public Created create(Actor actor, String owner, Role limit, Wish wish) {
    if (!limit.includes(wish.role())) {
      throw new SignInException(Code.FORBIDDEN, "a token has at most the role of who creates it");
    }
    if (wish.label().isBlank() || wish.label().length() > MAX_LABEL) {
      throw new RefusedException(Kind.NOT_ACCEPTABLE, "a label has 1 to 64 characters");
    }
    if (!wish.lifetime().isPositive() || wish.lifetime().compareTo(LONGEST) > 0) {
      throw new RefusedException(Kind.NOT_ACCEPTABLE, "a token lives at least 1s and at most 366d");
    }
    Secret secret = Secret.random(random);
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    ApiToken token =
        new ApiToken(
            UUID.randomUUID(),
            owner,
            wish.label(),
            wish.role(),
            now,
            now.plus(wish.lifetime()),
            null);
    transactions.run(() -> {
      store.insert(token, secret.hash());
      audit.record(actor, "api_token.create", "api_token/" + token.id(), describe(token));
    });
    return new Created(token, ApiToken.PREFIX + secret.text());
  }

  /** The live token with this text; its role is at most the owner's present one. */
  public Optional<ApiToken> find(String text) {
    if (!text.startsWith(ApiToken.PREFIX)) {
      return Optional.empty();
    }
    Instant now = clock.instant();
    Optional<ApiToken> token =
        store
            .find(Secret.hashOfText(text.substring(ApiToken.PREFIX.length())))
            .filter(t -> now.isBefore(t.expiresAt()));
    token.filter(t -> isTouchDue(t, now)).ifPresent(t -> store.touch(t.id(), now));
    return token;
  }

  /** Of one owner, newest first. */
  public Page<ApiToken> list(String owner, PageRequest page) {
    return store.list(owner, page);
  }

  /** Revokes an own token. */
  public void revoke(Actor actor, String owner, UUID id) {
    transactions.run(() -> {
      if (!store.revoke(owner, id, clock.instant())) {
        throw RefusedException.notFound("API token", id);
      }
      audit.record(actor, "api_token.revoke", "api_token/" + id, Map.of());
    });
  }

  private static boolean isTouchDue(ApiToken token, Instant now) {
    Instant used = token.lastUsedAt();
    return used == null || used.plus(TOUCH_EVERY).isBefore(now);
  }

  private static Map<String, String> describe(ApiToken token) {
    return Map.of(
        "label", token.label(),
        "owner", token.owner(),
        "role", token.role().code(),
        "expires_at", token.expiresAt().toString());
  }
}
