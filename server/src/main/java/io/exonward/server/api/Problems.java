package io.exonward.server.api;

import io.exonward.server.identity.SignInException;
import io.exonward.server.inventory.RefusedException;
import io.exonward.server.inventory.StoreUnavailableException;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns every failure into a {@link Problem}: the one place where status codes are chosen. */
final class Problems {
  private static final Logger LOG = LoggerFactory.getLogger(Problems.class);

  private Problems() {}

  static void install(RoutesConfig routes) {
    routes.exception(ProblemException.class, (e, context) -> answer(context, e));
    routes.exception(
        RefusedException.class,
        (e, context) -> answer(context, new ProblemException(kind(e), text(e))));
    routes.exception(
        SignInException.class,
        (e, context) -> answer(context, new ProblemException(kind(e), text(e))));
    routes.exception(
        StoreUnavailableException.class,
        (e, context) -> {
          LOG.atWarn().addKeyValue("path", context.path()).setCause(e).log("database away");
          answer(
              context,
              new ProblemException(
                  Problem.Kind.UNAVAILABLE, "the database is away; try again later"));
        });
    routes.exception(
        HttpResponseException.class,
        (e, context) -> answer(context, new ProblemException(kind(e), message(e))));
    routes.exception(
        Exception.class,
        (e, context) -> {
          LOG.atError()
              .addKeyValue("method", context.method().name())
              .addKeyValue("path", context.path())
              .setCause(e)
              .log("request failed");
          answer(
              context,
              new ProblemException(Problem.Kind.INTERNAL, "internal error; see the server's log"));
        });
  }

  private static void answer(Context context, ProblemException e) {
    if (context.res().isCommitted()) {
      return; // a stream that had begun
    }
    context
        .status(e.kind().status())
        .contentType("application/json")
        .result(Json.write(e.problem()));
  }

  private static Problem.Kind kind(RefusedException e) {
    return switch (e.kind()) {
      case MALFORMED -> Problem.Kind.INVALID_REQUEST;
      case NOT_FOUND -> Problem.Kind.NOT_FOUND;
      case CONFLICT -> Problem.Kind.CONFLICT;
      case NOT_ACCEPTABLE -> Problem.Kind.NOT_ACCEPTABLE;
    };
  }

  private static Problem.Kind kind(SignInException e) {
    return switch (e.code()) {
      case WRONG -> Problem.Kind.NOT_SIGNED_IN;
      case FORBIDDEN -> Problem.Kind.FORBIDDEN;
      case TOO_MANY_ATTEMPTS -> Problem.Kind.TOO_MANY_ATTEMPTS;
    };
  }

  /** Javalin's own answers: 404, 405 and what it finds malformed. */
  private static Problem.Kind kind(HttpResponseException e) {
    return switch (e.getStatus()) {
      case 404 -> Problem.Kind.NOT_FOUND;
      case 405 -> Problem.Kind.METHOD_NOT_ALLOWED;
      case 413 -> Problem.Kind.TOO_LARGE;
      case 503 -> Problem.Kind.UNAVAILABLE;
      default -> e.getStatus() < 500 ? Problem.Kind.INVALID_REQUEST : Problem.Kind.INTERNAL;
    };
  }

  private static String message(HttpResponseException e) {
    return switch (e.getStatus()) {
      case 404 -> "there is nothing under this path";
      case 405 -> "this path has no such method";
      default -> text(e);
    };
  }

  private static String text(Exception e) {
    return String.valueOf(e.getMessage());
  }
}
