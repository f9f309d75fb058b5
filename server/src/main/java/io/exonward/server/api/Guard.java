package io.exonward.server.api;

import io.exonward.server.identity.ApiToken;
import io.exonward.server.identity.ApiTokens;
import io.exonward.server.identity.Role;
import io.exonward.server.identity.Session;
import io.exonward.server.identity.Sessions;
import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;

/**
 * Lets a request through to its operation: who is it, is the role enough, and does a change by a
 * session carry the CSRF token. A request with an Authorization header is judged by that alone.
 * Thread-safe.
 */
final class Guard {
  static final String COOKIE = "exonward_session";
  static final String CSRF_HEADER = "X-Exonward-Csrf";

  private static final String SCHEME = "Bearer ";

  private final Sessions sessions;
  private final ApiTokens apiTokens;

  Guard(Sessions sessions, ApiTokens apiTokens) {
    this.sessions = sessions;
    this.apiTokens = apiTokens;
  }

  void run(Route route, Context context) throws Exception {
    Role leastRole = route.leastRole();
    if (leastRole == null) {
      route.operation().run(new Call(context, null));
      return;
    }
    Caller caller = authenticate(context);
    Session session = caller.session();
    if (session != null && route.isChange() && !hasCsrfToken(context, session)) {
      throw new ProblemException(
          Problem.Kind.CSRF, "a change needs the header X-Exonward-Csrf with the csrf_token");
    }
    if (!caller.role().includes(leastRole)) {
      throw new ProblemException(
          Problem.Kind.FORBIDDEN,
          "this needs the role %s, yours is %s".formatted(leastRole.code(), caller.role().code()));
    }
    route.operation().run(new Call(context, caller));
  }

  /** Whether whoever began this request could still begin it. */
  boolean isStillAllowed(Context context, Caller caller) {
    Session session = caller.session();
    if (session != null) {
      return sessions.isLive(session);
    }
    String authorization = context.header("Authorization");
    return authorization != null && byToken(context, authorization).isPresent();
  }

  private Caller authenticate(Context context) {
    String authorization = context.header("Authorization");
    Optional<Caller> caller =
        authorization == null ? bySession(context) : byToken(context, authorization);
    return caller.orElseThrow(() ->
        new ProblemException(Problem.Kind.NOT_SIGNED_IN, "sign in, or send a valid API token"));
  }

  private Optional<Caller> bySession(Context context) {
    String id = context.cookie(COOKIE);
    return id == null
        ? Optional.empty()
        : sessions
            .find(id)
            .map(session ->
                new Caller(
                    session.operator(),
                    session.role(),
                    context.req().getRemoteAddr(),
                    session,
                    session.expiresAt()));
  }

  private Optional<Caller> byToken(Context context, String authorization) {
    if (!authorization.startsWith(SCHEME)) {
      return Optional.empty();
    }
    Optional<ApiToken> token = apiTokens.find(authorization.substring(SCHEME.length()).strip());
    return token.map(it ->
        new Caller(it.owner(), it.role(), context.req().getRemoteAddr(), null, it.expiresAt()));
  }

  private static boolean hasCsrfToken(Context context, Session session) {
    String given = context.header(CSRF_HEADER);
    return given != null
        && MessageDigest.isEqual(
            given.getBytes(StandardCharsets.UTF_8),
            session.csrfToken().getBytes(StandardCharsets.UTF_8));
  }
}
