package io.exonward.server.cli.client;

import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Exchanges name and password for an API token: session, token, end of the session. */
public final class SignIn {
  private static final String COOKIE = "exonward_session=";
  private static final Target SESSION = Target.of("session");

  private final ServerUrl server;
  private final SSLContext trust;

  public SignIn(ServerUrl server, SSLContext trust) {
    this.server = server;
    this.trust = trust;
  }

  /**
   * A new API token.
   *
   * @param wanted label, and role and lifetime where they are not the server's defaults
   * @return what the API answers: token and text
   */
  public JsonNode createToken(String name, String password, ObjectNode wanted) {
    try (HttpClient http = Api.http(trust)) {
      Credential session =
          openSession(new Api(http, server, new Credential.None()), name, password);
      Api api = new Api(http, server, session);
      try {
        return api.post(Target.of("api-tokens"), wanted).json();
      } finally {
        end(api);
      }
    }
  }

  private static void end(Api api) {
    try {
      api.delete(SESSION);
    } catch (Failure e) {
      // The token must not be lost for this: the session expires by itself.
    }
  }

  private Credential openSession(Api api, String name, String password) {
    ObjectNode body = Json.object().put("name", name).put("password", password);
    HttpResponse<String> response = api.exchange("POST", SESSION, body);
    String cookie = sessionCookie(response.headers().allValues("Set-Cookie"));
    String csrfToken = Json.text(api.answer(response).json(), "csrf_token");
    if (cookie == null || csrfToken == null) {
      throw new Failure(
          ExitCode.REFUSED, server + " opened no session; check that it is an Exonward server");
    }
    return new Credential.Session(cookie, csrfToken);
  }

  /** RFC 6265 5.2: name and value end at the first semicolon. */
  private static @Nullable String sessionCookie(List<String> headers) {
    return headers.stream()
        .filter(header -> header.startsWith(COOKIE))
        .map(header -> header.split(";", 2)[0].trim())
        .findFirst()
        .orElse(null);
  }
}
