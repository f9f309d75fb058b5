package io.exonward.server.api;

import org.jspecify.annotations.Nullable;

/** A request that is answered with a {@link Problem}. */
final class ProblemException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final Problem.Kind kind;
  private final @Nullable String field;

  ProblemException(Problem.Kind kind, @Nullable String field, String message) {
    super(message);
    this.kind = kind;
    this.field = field;
  }

  ProblemException(Problem.Kind kind, String message) {
    this(kind, null, message);
  }

  static ProblemException malformed(@Nullable String field, String message) {
    return new ProblemException(Problem.Kind.INVALID_REQUEST, field, message);
  }

  static ProblemException notAcceptable(String field, String message) {
    return new ProblemException(Problem.Kind.NOT_ACCEPTABLE, field, message);
  }

  Problem.Kind kind() {
    return kind;
  }

  Problem problem() {
    return Problem.of(kind, field, String.valueOf(getMessage()));
  }
}
