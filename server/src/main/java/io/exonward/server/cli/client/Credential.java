package io.exonward.server.cli.client;

import java.net.http.HttpRequest;

/** Who the caller is, as the API wants to be told. */
sealed interface Credential {
  /** Nobody yet. */
  record None() implements Credential {}

  /** An API token. */
  record Token(String text) implements Credential {
    @Override
    public String toString() {
      return "Token";
    }
  }

  /** A session of a console: cookie, and the token without which no change is accepted. */
  record Session(String cookie, String csrfToken) implements Credential {
    @Override
    public String toString() {
      return "Session";
    }
  }

  /** Adds the headers. */
  default void authorize(HttpRequest.Builder request) {
    switch (this) {
      case None _ -> {}
      case Token(String text) -> request.header("Authorization", "Bearer " + text);
      case Session(String cookie, String csrfToken) ->
          request.header("Cookie", cookie).header("X-Exonward-Csrf", csrfToken);
    }
  }
}
