package io.exonward.server.api;

import io.exonward.server.identity.AddressRange;
import io.exonward.server.identity.JoinTokens;
import io.exonward.server.identity.Role;
import io.exonward.server.identity.StoredJoinToken;
import io.exonward.server.policy.Groups;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Join tokens. */
final class JoinTokenRoutes {
  private static final Duration DEFAULT_LIFETIME = Duration.ofHours(1);

  private final JoinTokens tokens;
  private final Groups groups;

  JoinTokenRoutes(JoinTokens tokens, Groups groups) {
    this.tokens = tokens;
    this.groups = groups;
  }

  List<Route> routes() {
    String path = "/api/v1/join-tokens";
    return List.of(
        Routes.get("listJoinTokens", path, Role.ADMINISTRATOR, this::list),
        Routes.post("createJoinToken", path, Role.ADMINISTRATOR, this::create),
        Routes.delete("revokeJoinToken", path + "/{token_id}", Role.ADMINISTRATOR, this::revoke));
  }

  private record JoinTokenCreate(
      @Nullable String group,
      @Nullable Integer uses,
      @Nullable String lifetime,
      @Nullable String addressRange,
      @Nullable Boolean replace) {}

  private record JoinTokenView(
      UUID id,
      String group,
      int usesLeft,
      Instant expiresAt,
      @Nullable String addressRange,
      boolean replace,
      String createdBy,
      Instant createdAt,
      @Nullable Instant revokedAt) {
    static JoinTokenView of(StoredJoinToken it) {
      AddressRange range = it.addressRange();
      return new JoinTokenView(
          it.id(),
          it.group(),
          it.usesLeft(),
          it.expiresAt(),
          range == null ? null : range.toString(),
          it.replace(),
          it.createdBy(),
          it.createdAt(),
          it.revokedAt());
    }
  }

  private record JoinTokenCreated(JoinTokenView token, String text) {}

  private void list(Call call) {
    call.allowParameters(Set.of("limit", "after"));
    call.list(tokens.list(call.page()), JoinTokenView::of);
  }

  private void create(Call call) {
    JoinTokenCreate body = call.body(JoinTokenCreate.class);
    String group = Fields.require("group", body.group());
    if (groups.find(group).isEmpty()) {
      throw ProblemException.notAcceptable("group", "there is no such host group; create it first");
    }
    Duration lifetime = Fields.duration("lifetime", body.lifetime());
    JoinTokens.Wish wish =
        new JoinTokens.Wish(
            group,
            body.uses() == null ? 1 : body.uses(),
            lifetime == null ? DEFAULT_LIFETIME : lifetime,
            body.addressRange() == null ? null : range(body.addressRange()),
            Boolean.TRUE.equals(body.replace()));
    JoinTokens.Created created = tokens.create(call.caller().actor(), wish);
    call.json(
        201, new JoinTokenCreated(JoinTokenView.of(created.token()), created.secret().text()));
  }

  private static AddressRange range(String text) {
    try {
      return AddressRange.parse(text);
    } catch (IllegalArgumentException e) {
      throw ProblemException.malformed("address_range", String.valueOf(e.getMessage()));
    }
  }

  private void revoke(Call call) {
    tokens.revoke(call.caller().actor(), call.uuid("token_id"));
    call.noContent();
  }
}
