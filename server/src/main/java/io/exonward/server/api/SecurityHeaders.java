package io.exonward.server.api;

import io.javalin.http.Context;

/** Headers on every answer. // OWASP HTTP Headers Cheat Sheet */
final class SecurityHeaders {
  private static final String STS = "max-age=31536000";

  private final String policy;
  private final boolean isLoopback;

  /**
   * @param isLoopback browsers must not learn that "localhost" is HTTPS for ever
   */
  SecurityHeaders(String importMapSource, boolean isLoopback) {
    this.policy =
        "default-src 'none'; script-src 'self'"
            + importMapSource
            + "; style-src 'self'; img-src 'self' data:; connect-src 'self'; font-src 'self';"
            + " frame-ancestors 'none'; base-uri 'none'; form-action 'self'";
    this.isLoopback = isLoopback;
  }

  void apply(Context context) {
    context
        .header("Content-Security-Policy", policy)
        .header("X-Content-Type-Options", "nosniff")
        .header("X-Frame-Options", "DENY")
        .header("Referrer-Policy", "no-referrer")
        .header("Cross-Origin-Opener-Policy", "same-origin")
        .header("Cross-Origin-Resource-Policy", "same-origin")
        .header("Cache-Control", "no-store");
    if (!isLoopback) {
      context.header("Strict-Transport-Security", STS);
    }
  }
}
