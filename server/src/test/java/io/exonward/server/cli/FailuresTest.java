package io.exonward.server.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.exonward.server.cli.ExonctlFixture.Result;
import io.exonward.server.cli.client.Profile;
import io.exonward.server.cli.client.ServerUrl;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How commands fail: exit code, message, and advice. */
final class FailuresTest {
  @TempDir Path home;
  private ExonctlFixture exonctl;

  @BeforeEach
  void start() {
    exonctl = ExonctlFixture.signedIn(home);
  }

  @AfterEach
  void stop() {
    exonctl.close();
  }

  @ParameterizedTest
  @CsvSource({
    "403, forbidden, 4, 'forbidden: '",
    "404, not_found, 5, 'not found: '",
    "409, conflict, 1, 'the server refused: '",
    "422, not_acceptable, 1, 'the server refused: '",
    "429, too_many_attempts, 1, 'too many attempts: '",
    "500, internal, 1, 'the server failed: '",
    "503, unavailable, 1, 'the server is unavailable: '",
  })
  void refusal_isExplained(int status, String code, int exitCode, String start) {
    exonctl.server().refuse("readGroup", status, code, "a reason and what to do");

    assertEquals(
        new Result(exitCode, "", "exonctl: " + start + "a reason and what to do\n"),
        exonctl.run("group", "show", "web"));
  }

  @Test
  void refusal_401_saysHowToSignIn() {
    exonctl.server().refuse("readGroup", 401, "not_signed_in", "the token has expired");

    Result result = exonctl.run("group", "show", "web", "-o", "json");

    assertEquals(
        new Result(
            4,
            "",
            "exonctl: not signed in: the token has expired; exonctl login %s first\n"
                .formatted(exonctl.server().url())),
        result);
  }

  @Test
  void refusal_ofField_namesIt() {
    String body =
        "{\"error\":{\"code\":\"not_acceptable\",\"message\":\"at most 30d\",\"field\":\"lifetime\"}}";
    exonctl.server().answer("createJoinToken", _ -> new ApiServer.Response(422, body));

    Result result = exonctl.run("token", "create", "--group", "web", "--lifetime", "1000d");

    assertEquals(
        new Result(1, "", "exonctl: the server refused: at most 30d (field lifetime)\n"), result);
  }

  @ParameterizedTest
  @CsvSource({
    "502, <html>bad gateway</html>, status 502 without a reason",
    "200, <html>hello</html>, is not json",
    "200, [], is not a list",
  })
  void answer_notOfExonward_isSaid(int status, String body, String message) {
    exonctl.server().answer("listRules", _ -> new ApiServer.Response(status, body));

    Result result = exonctl.run("rule", "list");

    assertEquals(1, result.exitCode());
    assertTrue(result.err().contains(message), result.err());
  }

  @Test
  void redirect_isNotFollowed() {
    exonctl
        .server()
        .answer(
            "listRules",
            _ ->
                new ApiServer.Response(
                    302, "", Map.of("Location", exonctl.server().url() + "/api/v1/groups")));

    Result result = exonctl.run("rule", "list");

    assertEquals(1, result.exitCode());
    assertEquals(1, exonctl.server().requests().size());
  }

  @Test
  void server_down_isUnreachable() throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    store(new ServerUrl("https://localhost:" + port), ExonctlFixture.AUTHORITY.pem());

    Result result = exonctl.run("host", "list");

    assertEquals(
        new Result(
            3,
            "",
            "exonctl: cannot reach https://localhost:%d: connection refused; check that the server is running\n"
                .formatted(port)),
        result);
  }

  @Test
  void server_otherAuthority_isNotTrusted() {
    store(new ServerUrl(exonctl.server().url()), TestAuthority.forServer("localhost").pem());

    Result result = exonctl.run("host", "list");

    assertEquals(3, result.exitCode());
    assertTrue(result.err().contains("is not trusted"), result.err());
    assertTrue(result.err().contains("--ca-file FILE"), result.err());
    assertEquals(List.of(), exonctl.server().requests());
  }

  @Test
  void server_otherName_isNotTrusted() {
    TestAuthority elsewhere = TestAuthority.forServer("elsewhere.example");
    try (ApiServer impostor = new ApiServer(elsewhere)) {
      store(new ServerUrl(impostor.url()), elsewhere.pem());

      Result result = exonctl.run("host", "list");

      assertEquals(3, result.exitCode());
      assertEquals(List.of(), impostor.requests());
    }
  }

  @Test
  void server_optionForOther_keepsStoredToken() {
    Result result = exonctl.run("host", "list", "--server", "https://other.example:8443");

    assertEquals(2, result.exitCode());
    assertTrue(result.err().contains("add --token-file"), result.err());
  }

  @Test
  void options_serverAndTokenFile_needNoSignIn() throws IOException {
    Path token = Files.writeString(home.resolve("token"), "exa1.b3RoZXI\n");
    Path authority = Files.writeString(home.resolve("ca.pem"), ExonctlFixture.AUTHORITY.pem());
    exonctl.profileFile().delete();

    Result result =
        exonctl.run(
            "rule",
            "list",
            "-o",
            "name",
            "--server",
            exonctl.server().url(),
            "--token-file",
            token.toString(),
            "--ca-file",
            authority.toString());

    assertEquals(new Result(0, "4\n9\n", ""), result);
    assertEquals("Bearer exa1.b3RoZXI", exonctl.server().lastRequest().header("Authorization"));
  }

  @ParameterizedTest
  @CsvSource({
    "'', missing command",
    "host, missing command",
    "hots list, 'unknown command ''hots''; did you mean'",
    "alert list --stauts new, 'unknown option ''--stauts'''",
    "host show a b, 'unexpected ''b'''",
    "host show, Missing required parameter: 'HOST'",
    "host ban web-1 --yes, Missing required option: '--reason=TEXT'",
    "alert show seventeen, seventeen' is not a number",
    "code show abc, abc' is not 64 lower-case hexadecimal digits",
    "rule add maybe --group web --reason x, maybe' is not one of",
    "rule add allow --group web --reason x, say what the rule applies to",
    "alert allow 17 --reason x --expires soon, --expires is a duration",
    "-o xml host list, xml' is not one of",
    "host list --limit 0, --limit is a number",
    "token create --group web --uses many, --uses is a number",
    "alert list --follow --match x, --follow knows neither",
    "login ftp://host, not the address of a server",
    "operator create grace --role viewer, no terminal to ask for a password",
  })
  void usage_wrong_exitsWith2(String command, String message) {
    Result result = exonctl.run(command.isEmpty() ? new String[0] : command.split(" "));

    assertEquals(2, result.exitCode(), result.err());
    assertEquals("", result.out());
    assertTrue(result.err().contains(message), result.err());
    assertEquals(List.of(), exonctl.server().requests());
  }

  private void store(ServerUrl server, String authority) {
    exonctl
        .profileFile()
        .write(new Profile(server, authority, ExonctlFixture.TOKEN, ExonctlFixture.TOKEN_ID));
  }
}
