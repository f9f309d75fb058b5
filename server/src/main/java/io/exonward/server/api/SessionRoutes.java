package io.exonward.server.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.exonward.server.identity.Operator;
import io.exonward.server.identity.Operators;
import io.exonward.server.identity.Role;
import io.exonward.server.identity.Session;
import io.exonward.server.identity.Sessions;
import io.javalin.http.Cookie;
import io.javalin.http.SameSite;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Signing in and out. */
final class SessionRoutes {
  private static final int MAX_NAME = 64;
  private static final int MAX_PASSWORD = 256;
  // Ends with the browser; the server ends it at the latest.
  private static final int UNTIL_BROWSER_CLOSES = -1;

  private final Operators operators;
  private final Sessions sessions;

  SessionRoutes(Operators operators, Sessions sessions) {
    this.operators = operators;
    this.sessions = sessions;
  }

  List<Route> routes() {
    String path = "/api/v1/session";
    return List.of(
        Routes.post("createSession", path, null, this::create),
        Routes.get("readSession", path, Role.VIEWER, this::read),
        Routes.delete("deleteSession", path, Role.VIEWER, this::delete),
        Routes.put("changePassword", path + "/password", Role.VIEWER, this::changePassword));
  }

  private record SignIn(@Nullable String name, @Nullable String password) {}

  private record PasswordChange(
      @Nullable String current, @JsonProperty("new") @Nullable String changed) {}

  private record SessionView(
      String operator, String role, @Nullable String csrfToken, @Nullable Instant expiresAt) {}

  private void create(Call call) {
    SignIn body = call.body(SignIn.class);
    String name = Fields.text("name", body.name(), 1, MAX_NAME);
    String password = Fields.text("password", body.password(), 1, MAX_PASSWORD);
    Operator operator = operators.authenticate(name, password, call.address());
    Sessions.Opened opened = sessions.open(operator, call.address());
    call.context().cookie(cookie(opened.id(), UNTIL_BROWSER_CLOSES));
    call.json(201, view(opened.session()));
  }

  private void read(Call call) {
    Caller caller = call.caller();
    Session session = caller.session();
    call.ok(
        session != null
            ? view(session)
            : new SessionView(caller.operator(), caller.role().code(), null, caller.expiresAt()));
  }

  private void delete(Call call) {
    Session session = call.caller().session();
    if (session == null) {
      throw new ProblemException(
          Problem.Kind.CONFLICT, "this is an API token, not a session; revoke it to end it");
    }
    sessions.close(call.caller().actor(), session);
    call.context().cookie(cookie("", 0));
    call.noContent();
  }

  private void changePassword(Call call) {
    PasswordChange body = call.body(PasswordChange.class);
    String current = Fields.text("current", body.current(), 1, MAX_PASSWORD);
    String changed =
        Fields.text("new", body.changed(), Operators.MIN_PASSWORD, Operators.MAX_PASSWORD);
    operators.changePassword(call.caller().actor(), current, changed, call.caller().session());
    call.noContent();
  }

  private static SessionView view(Session session) {
    return new SessionView(
        session.operator(), session.role().code(), session.csrfToken(), session.expiresAt());
  }

  private static Cookie cookie(String value, int maxAge) {
    Cookie cookie = new Cookie(Guard.COOKIE, value);
    cookie.setPath("/");
    cookie.setMaxAge(maxAge);
    cookie.setSecure(true);
    cookie.setHttpOnly(true);
    cookie.setSameSite(SameSite.STRICT);
    return cookie;
  }
}
