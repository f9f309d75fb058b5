package io.exonward.server.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.exonward.server.api.ApiFixture.Credentials;
import io.exonward.server.identity.Role;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The table of routes against the document, and against the real server for every role. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RoutesTest {
  private static final List<String> METHODS = List.of("get", "post", "put", "delete", "patch");

  private ApiFixture fixture;

  @BeforeAll
  void open(@TempDir Path folder) throws Exception {
    fixture = new ApiFixture(folder);
  }

  @AfterAll
  void close() {
    fixture.close();
  }

  private static String line(Object method, Object path, Object operationId, Object role) {
    return "%s %s %s %s".formatted(method, path, operationId, role);
  }

  private static Map<?, ?> map(@Nullable Object value) {
    return (Map<?, ?>) Objects.requireNonNull(value);
  }

  private static String role(@Nullable Role role) {
    return role == null ? "none" : role.code();
  }

  @Test
  void table_isExactlyWhatTheDocumentSays() {
    TreeSet<String> documented = new TreeSet<>();
    Map<?, ?> document = map(SystemRoutes.readOpenApi());
    for (Map.Entry<?, ?> path : map(document.get("paths")).entrySet()) {
      for (Map.Entry<?, ?> method : map(path.getValue()).entrySet()) {
        if (METHODS.contains(method.getKey())) {
          Map<?, ?> operation = map(method.getValue());
          documented.add(
              line(
                  method.getKey(),
                  path.getKey(),
                  String.valueOf(operation.get("operationId")),
                  String.valueOf(operation.get("x-role"))));
        }
      }
    }

    TreeSet<String> offered = new TreeSet<>();
    for (Route route : fixture.operations.routes().all()) {
      String method = route.method().name().toLowerCase(Locale.ROOT);
      offered.add(line(method, route.path(), route.operationId(), role(route.leastRole())));
    }

    assertEquals(String.join("\n", documented), String.join("\n", offered));
    assertTrue(documented.size() > 30);
  }

  /** A path of this route that names nothing which exists, so that no call changes anything. */
  private static String path(Route route) {
    return route
        .path()
        .replaceAll("\\{(alert|rule)_id}", "999999")
        .replaceAll("\\{(host|token)_id}", "00000000-0000-0000-0000-000000000001")
        .replace("{sha256}", "0".repeat(64))
        .replace("{group}", "no-such-group")
        .replace("{name}", "no-such-operator");
  }

  /** The status; of the stream, which does not end, only the head is asked for. */
  private int status(Route route, Credentials who) throws Exception {
    boolean isStream = route.operationId().equals("streamChanges");
    String method = isStream ? "HEAD" : route.method().name();
    HttpResponse<String> response = fixture.send(method, path(route), who, "");
    if (response.statusCode() >= 400 && !isStream) {
      assertTrue(response.body().startsWith("{\"error\":{\"code\":\""), response.body());
    }
    return response.statusCode();
  }

  @Test
  void everyRoute_everyRole_isLetThroughOrRefused() throws Exception {
    List<String> wrong = new ArrayList<>();
    for (Route route : fixture.operations.routes().all()) {
      Role least = route.leastRole();
      expect(wrong, route, "nobody", least == null ? 0 : 401, Credentials.NONE);
      for (Role role : Role.values()) {
        int expected = least == null || role.includes(least) ? 0 : 403;
        expect(wrong, route, "token " + role, expected, fixture.token(role));
        expect(wrong, route, "session " + role, expected, fixture.session(role, true));
        if (route.isChange() && least != null) {
          expect(wrong, route, "no CSRF " + role, 403, fixture.session(role, false));
        }
      }
    }

    assertEquals(List.of(), wrong);
  }

  /**
   * @param expected status; 0: let through, whatever the operation then says
   */
  private void expect(
      List<String> wrong, Route route, String who, int expected, Credentials credentials)
      throws Exception {
    int status = status(route, credentials);
    boolean isLetThrough = status != 401 && status != 403 && status < 500;
    if (expected == 0 ? !isLetThrough : status != expected) {
      wrong.add(route.operationId() + " as " + who + ": " + status);
    }
  }

  @Test
  void everyRoute_badCredentials_areNobody() throws Exception {
    String secret = "A".repeat(43);
    List<Credentials> bad =
        List.of(
            new Credentials(Map.of("Authorization", "Bearer exa1." + secret)),
            new Credentials(Map.of("Authorization", "Basic YWRtaW46eA==")),
            new Credentials(Map.of("Cookie", "exonward_session=" + secret)));

    for (Route route : fixture.operations.routes().all()) {
      if (route.leastRole() != null) {
        for (Credentials who : bad) {
          assertEquals(401, status(route, who), route.operationId());
        }
      }
    }
  }
}
