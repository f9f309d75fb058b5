package io.exonward.server.api;

import io.exonward.server.identity.ApiToken;
import io.exonward.server.identity.ApiTokens;
import io.exonward.server.identity.Role;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The caller's own API tokens. */
final class ApiTokenRoutes {
  private static final int MAX_LABEL = 64;
  private static final Duration DEFAULT_LIFETIME = Duration.ofDays(90);

  private final ApiTokens tokens;

  ApiTokenRoutes(ApiTokens tokens) {
    this.tokens = tokens;
  }

  List<Route> routes() {
    String path = "/api/v1/api-tokens";
    return List.of(
        Routes.get("listApiTokens", path, Role.VIEWER, this::list),
        Routes.post("createApiToken", path, Role.VIEWER, this::create),
        Routes.delete("revokeApiToken", path + "/{token_id}", Role.VIEWER, this::revoke));
  }

  private record ApiTokenCreate(
      @Nullable String label, @Nullable String role, @Nullable String lifetime) {}

  private record ApiTokenView(
      UUID id,
      String label,
      String role,
      Instant createdAt,
      Instant expiresAt,
      @Nullable Instant lastUsedAt) {
    static ApiTokenView of(ApiToken it) {
      return new ApiTokenView(
          it.id(), it.label(), it.role().code(), it.createdAt(), it.expiresAt(), it.lastUsedAt());
    }
  }

  private record ApiTokenCreated(ApiTokenView token, String text) {}

  private void list(Call call) {
    call.allowParameters(Set.of("limit", "after"));
    call.list(tokens.list(call.caller().operator(), call.page()), ApiTokenView::of);
  }

  private void create(Call call) {
    ApiTokenCreate body = call.body(ApiTokenCreate.class);
    Caller caller = call.caller();
    Duration lifetime = Fields.duration("lifetime", body.lifetime());
    ApiTokens.Wish wish =
        new ApiTokens.Wish(
            Fields.text("label", body.label(), 1, MAX_LABEL),
            body.role() == null ? caller.role() : Fields.choice("role", body.role(), Role.class),
            lifetime == null ? DEFAULT_LIFETIME : lifetime);
    ApiTokens.Created created =
        tokens.create(caller.actor(), caller.operator(), caller.role(), wish);
    call.json(201, new ApiTokenCreated(ApiTokenView.of(created.token()), created.text()));
  }

  private void revoke(Call call) {
    Caller caller = call.caller();
    tokens.revoke(caller.actor(), caller.operator(), call.uuid("token_id"));
    call.noContent();
  }
}
