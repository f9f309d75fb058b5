package io.exonward.server.api;

import org.jspecify.annotations.Nullable;

/** Body of every answer that is an error. */
record Problem(Detail error) {
  /**
   * @param code stable, for programs
   * @param message what is wrong and what to do
   * @param field the member or parameter at fault; null if it is none in particular
   */
  record Detail(String code, String message, @Nullable String field) {}

  static Problem of(Kind kind, @Nullable String field, String message) {
    return new Problem(new Detail(kind.code, message, field));
  }

  /** The stable codes and their status. // RFC 9110 section 15 */
  enum Kind {
    INVALID_REQUEST("invalid_request", 400),
    NOT_SIGNED_IN("not_signed_in", 401),
    FORBIDDEN("forbidden", 403),
    CSRF("csrf", 403),
    NOT_FOUND("not_found", 404),
    METHOD_NOT_ALLOWED("invalid_request", 405),
    CONFLICT("conflict", 409),
    TOO_LARGE("too_large", 413),
    NOT_ACCEPTABLE("not_acceptable", 422),
    TOO_MANY_ATTEMPTS("too_many_attempts", 429),
    INTERNAL("internal", 500),
    UNAVAILABLE("unavailable", 503);

    private final String code;
    private final int status;

    Kind(String code, int status) {
      this.code = code;
      this.status = status;
    }

    int status() {
      return status;
    }
  }
}
