package io.exonward.server.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.exonward.common.config.HostPort;
import io.exonward.server.api.ApiFixture.Credentials;
import io.exonward.server.identity.Actor;
import io.exonward.server.identity.ApiTokens;
import io.exonward.server.identity.AuditEntry;
import io.exonward.server.identity.Role;
import io.exonward.server.inventory.PageRequest;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ApiServerTest {
  @TempDir private Path folder;
  private ApiFixture fixture;

  @BeforeEach
  void open() throws Exception {
    fixture = new ApiFixture(folder);
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  private HttpResponse<String> signIn(String password) throws Exception {
    return fixture.send(
        "POST",
        "/api/v1/session",
        Credentials.NONE,
        "{\"name\":\"viewer\",\"password\":\"" + password + "\"}");
  }

  @Test
  void signIn_givesACookieThatScriptsAndOtherSitesCannotUse() throws Exception {
    HttpResponse<String> response = signIn(ApiFixture.PASSWORD);

    String cookie = response.headers().firstValue("Set-Cookie").orElseThrow();
    assertEquals(201, response.statusCode());
    for (String attribute : List.of("HttpOnly", "Secure", "SameSite=Strict", "Path=/")) {
      assertTrue(cookie.contains(attribute), cookie);
    }
  }

  @Test
  void signOut_endsTheSession() throws Exception {
    Credentials session = fixture.session(Role.VIEWER, true);

    assertEquals(200, fixture.get("/api/v1/session", session).statusCode());
    assertEquals(204, fixture.send("DELETE", "/api/v1/session", session, "").statusCode());
    assertEquals(401, fixture.get("/api/v1/session", session).statusCode());
  }

  @Test
  void session_unusedForEightHours_is401() throws Exception {
    Credentials session = fixture.session(Role.VIEWER, true);

    fixture.identity.clock.advance(Duration.ofHours(8));

    assertEquals(401, fixture.get("/api/v1/session", session).statusCode());
  }

  @Test
  void signIn_guessing_isSlowed() throws Exception {
    for (int i = 0; i < 5; i++) {
      assertEquals(401, signIn("wrong password").statusCode());
    }

    HttpResponse<String> refused = signIn(ApiFixture.PASSWORD);

    assertEquals(429, refused.statusCode());
    assertTrue(refused.body().contains("too_many_attempts"));
  }

  @Test
  void everyAnswer_hasTheSecurityHeaders() throws Exception {
    for (String path : List.of("/", "/api/v1/health", "/api/v1/groups", "/nope")) {
      Map<String, List<String>> headers = fixture.get(path, Credentials.NONE).headers().map();

      assertTrue(
          headers
              .getOrDefault("content-security-policy", List.of(""))
              .getFirst()
              .startsWith("default-src 'none'"),
          path);
      assertEquals(List.of("nosniff"), headers.get("x-content-type-options"), path);
      assertFalse(headers.containsKey("server"), path);
      assertFalse(headers.containsKey("strict-transport-security"), path);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"nane\":\"web\"}                      | 400 | did you mean name?",
        "{\"name\":\"web\",\"name\":\"web2\"}    | 400 | not JSON",
        "{\"name\":\"web\"} {}                   | 400 | invalid_request",
        "{\"name\":1}                            | 400 | another type",
        "{\"name\":\"web\"                       | 400 | not JSON",
        "[]                                      | 400 | invalid_request",
        "null                                    | 400 | must be a JSON object",
        "{}                                      | 400 | required, but absent",
        "{\"name\":\"Web\"}                      | 422 | not_acceptable",
        "{\"name\":\"web\",\"mode\":\"LEARN\"}   | 400 | must be one of learn, monitor",
        "{\"name\":\"web\",\"learn_for\":\"7\"}  | 400 | expected a duration",
        "{\"name\":\"default\"}                  | 409 | conflict",
      })
  void createGroup_badBody_saysWhatIsWrong(String body, int status, String message)
      throws Exception {
    HttpResponse<String> response =
        fixture.send("POST", "/api/v1/groups", fixture.token(Role.ADMINISTRATOR), body);

    assertEquals(status, response.statusCode(), response.body());
    assertTrue(response.body().contains(message), response.body());
  }

  @Test
  void body_tooLarge_isRefused() throws Exception {
    String large = "{\"name\":\"" + "a".repeat(Call.MAX_BODY) + "\"}";

    HttpResponse<String> response =
        fixture.send("POST", "/api/v1/groups", fixture.token(Role.ADMINISTRATOR), large);

    assertEquals(413, response.statusCode());
  }

  @ParameterizedTest
  @CsvSource({
    "GET,    /api/v1/alerts?status=open,             400",
    "GET,    /api/v1/alerts?limit=501,               400",
    "GET,    /api/v1/alerts?after=%25%25,            400",
    "GET,    /api/v1/alerts?sort=id,                 400",
    "GET,    /api/v1/alerts?group=a&group=b,         400",
    "GET,    /api/v1/hosts?after=bm9wZQ,             400",
    "GET,    /api/v1/audit?after=bm9wZQ,             400",
    "GET,    /api/v1/join-tokens?after=bm9wZQ,       400",
    "GET,    /api/v1/hosts/1,                        400",
    "GET,    /api/v1/code/abc,                       400",
    "GET,    /api/v1/alerts/99999999999999999999,    400",
    "GET,    /api/v1/alerts?status=new&severity=high&q=x, 200",
    "GET,    /api/v1/hosts,                          200",
    "GET,    /api/v1/join-tokens,                    200",
    "GET,    /api/v1/api-tokens,                     200",
    "GET,    /metrics,                               200",
    "GET,    /api/v1/audit/verification,             200",
    "GET,    /api/v1/nope,                           404",
    "PATCH,  /api/v1/groups,                         405",
    "DELETE, /api/v1/groups/default,                 405",
    "GET,    /webjars/lit/3.3.2/index.js,            200",
    "GET,    /webjars/lit/3.3.2/development/index.js, 404",
    "GET,    /webjars/lit/3.3.2/package.json,        404",
    "GET,    /logback.xml,                           404",
  })
  void request_isAnsweredWith(String method, String path, int status) throws Exception {
    HttpResponse<String> response =
        fixture.send(method, path, fixture.token(Role.ADMINISTRATOR), "");

    assertEquals(status, response.statusCode(), response.body());
  }

  @Test
  void list_pagesThroughEverythingOnce() throws Exception {
    Credentials admin = fixture.token(Role.ADMINISTRATOR);
    for (int i = 0; i < 5; i++) {
      fixture.send("POST", "/api/v1/join-tokens", admin, "{\"group\":\"default\"}");
    }

    List<String> ids = new ArrayList<>();
    String after = "";
    do {
      String body = fixture.get("/api/v1/join-tokens?limit=2" + after, admin).body();
      Pattern.compile("\"id\":\"([^\"]+)\"")
          .matcher(body)
          .results()
          .forEach(it -> ids.add(it.group(1)));
      Matcher next = Pattern.compile("\"next\":\"([^\"]+)\"").matcher(body);
      after = next.find() ? "&after=" + next.group(1) : "";
    } while (!after.isEmpty());

    assertEquals(5, ids.size());
    assertEquals(5, ids.stream().distinct().count());
  }

  @Test
  void change_isInTheAuditLogWithActorAddressAndReason() throws Exception {
    fixture.send(
        "PUT",
        "/api/v1/groups/default/mode",
        fixture.session(Role.ADMINISTRATOR, true),
        "{\"mode\":\"monitor\",\"reason\":\"learned\"}");

    AuditEntry line =
        fixture.identity.audit.list(null, "group.mode", PageRequest.first(1)).items().getFirst();
    assertEquals("administrator", line.actor().name());
    assertEquals("127.0.0.1", line.actor().address());
    assertEquals("group/default", line.target());
    assertEquals("learned", line.detail().get("reason"));
  }

  @Test
  void health_whenInTrouble_is503() throws Exception {
    assertEquals(200, fixture.get("/api/v1/health", Credentials.NONE).statusCode());

    fixture.trouble.set(Optional.of("the database is away"));

    HttpResponse<String> response = fixture.get("/api/v1/health", Credentials.NONE);
    assertEquals(503, response.statusCode());
    assertTrue(response.body().contains("the database is away"));
  }

  @Test
  void stream_sendsChangesUntilTheServerCloses() throws Exception {
    HttpResponse<InputStream> response =
        fixture
            .client()
            .send(
                fixture.request("GET", "/api/v1/stream", fixture.session(Role.VIEWER, false), ""),
                HttpResponse.BodyHandlers.ofInputStream());
    try (var lines =
        new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
      assertEquals(": connected", lines.readLine());
      assertEquals("", lines.readLine());

      var _ = fixture.identity.hosts.enroll(UUID.randomUUID(), "<b>web</b>", "default", "m1");

      assertEquals("event: host", lines.readLine());
      assertTrue(String.valueOf(lines.readLine()).contains("\"hostname\":\"<b>web</b>\""));
      assertEquals("", lines.readLine());
      fixture.operations.stream().close();
      assertNull(lines.readLine());
    }
  }

  @Test
  void stream_ofARevokedToken_endsWithTheNextHeartbeat() throws Exception {
    Actor setup = Actor.system("test");
    String owner = Role.VIEWER.code();
    ApiTokens.Created token =
        fixture.identity.apiTokens.create(
            setup, owner, Role.VIEWER, new ApiTokens.Wish("t", Role.VIEWER, Duration.ofDays(1)));
    var who = new ApiFixture.Credentials(Map.of("Authorization", "Bearer " + token.text()));
    HttpResponse<InputStream> response =
        fixture
            .client()
            .send(
                fixture.request("GET", "/api/v1/stream", who, ""),
                HttpResponse.BodyHandlers.ofInputStream());
    try (var lines =
        new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
      assertEquals(": connected", lines.readLine());
      assertEquals("", lines.readLine());

      fixture.identity.apiTokens.revoke(setup, owner, token.token().id());

      assertNull(lines.readLine());
    }
  }

  @Test
  void start_portInUse_saysSo() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      HostPort address = new HostPort("127.0.0.1", taken.getLocalPort());
      SSLContext tls = SSLContext.getDefault();

      ListenException refusal =
          assertThrows(
              ListenException.class, () -> ApiServer.start(address, tls, fixture.operations));

      assertTrue(String.valueOf(refusal.getMessage()).contains("in use"), refusal::getMessage);
    }
  }
}
