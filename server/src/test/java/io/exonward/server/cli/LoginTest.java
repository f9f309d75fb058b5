package io.exonward.server.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.exonward.common.tls.Fingerprint;
import io.exonward.server.cli.ExonctlFixture.Result;
import io.exonward.server.cli.client.Profile;
import io.exonward.server.cli.client.ServerUrl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Signing in and out. */
final class LoginTest {
  private static final String STORED_ID = "5d6c3a52-7a0c-4c55-8a64-90f2b7a11e01";

  @TempDir Path home;
  private ExonctlFixture exonctl;
  private Path authority;

  @BeforeEach
  void start() throws IOException {
    exonctl = new ExonctlFixture(home);
    authority = Files.writeString(home.resolve("ca.pem"), ExonctlFixture.AUTHORITY.pem());
    exonctl
        .server()
        .answer(
            "createSession",
            _ ->
                new ApiServer.Response(
                    201,
                    ApiServer.recorded("createSession"),
                    Map.of("Set-Cookie", "exonward_session=s3; Secure; HttpOnly; Path=/")));
  }

  @AfterEach
  void stop() {
    exonctl.close();
  }

  @Test
  void login_caFile_storesTokenForOwnerOnly() throws IOException {
    Result result = login("--ca-file", authority.toString());

    Path file = home.resolve(".config/exonward/exonctl.json");
    assertEquals(
        new Result(0, "", "signed in to " + exonctl.server().url() + ", stored in " + file + "\n"),
        result);
    assertEquals(Optional.of(expectedProfile()), exonctl.profileFile().read());
    assertEquals("rw-------", mode(file));
    assertEquals("rwx------", mode(home.resolve(".config/exonward")));
  }

  @Test
  void login_exchangesPasswordForTokenAndEndsSession() {
    login("--ca-file", authority.toString(), "--label", "laptop", "--lifetime", "12h");

    List<ApiServer.Request> requests = exonctl.server().requests();
    assertEquals(
        List.of("createSession", "createApiToken", "deleteSession"),
        requests.stream().map(ApiServer.Request::operation).toList());
    assertEquals("{\"name\":\"ada\",\"password\":\"opensesame\"}", requests.get(0).body());
    assertEquals("{\"label\":\"laptop\",\"lifetime\":\"12h\"}", requests.get(1).body());
    assertEquals("exonward_session=s3", requests.get(1).header("Cookie"));
    assertEquals("csrf-1", requests.get(1).header("X-exonward-csrf"));
  }

  @Test
  void login_fingerprint_storesAuthorityThatServerPresents() {
    String hex = ExonctlFixture.AUTHORITY.fingerprint().toString().toUpperCase(Locale.ROOT);

    Result result = login("--ca-fingerprint", "SHA256:" + hex.replaceAll("..(?=.)", "$0:"));

    assertEquals(0, result.exitCode(), result.err());
    assertEquals(Optional.of(expectedProfile()), exonctl.profileFile().read());
  }

  @Test
  void login_otherFingerprint_sendsNothing() {
    Fingerprint other = TestAuthority.forServer("localhost").fingerprint();

    Result result = login("--ca-fingerprint", other.toString());

    assertEquals(3, result.exitCode());
    assertTrue(result.err().contains("has the fingerprint " + other), result.err());
    assertEquals(List.of(), exonctl.server().requests());
    assertEquals(Optional.empty(), exonctl.profileFile().read());
  }

  @Test
  void login_fingerprintOfOtherName_sendsNothing() {
    TestAuthority elsewhere = TestAuthority.forServer("elsewhere.example");
    try (ApiServer impostor = new ApiServer(elsewhere)) {
      Result result =
          exonctl
              .input("opensesame")
              .run(
                  "login",
                  impostor.url(),
                  "--name",
                  "ada",
                  "--password-file",
                  "-",
                  "--ca-fingerprint",
                  elsewhere.fingerprint().toString());

      assertEquals(3, result.exitCode());
      assertEquals(List.of(), impostor.requests());
    }
  }

  @Test
  void login_noAuthorityNamed_isNotTrusted() {
    Result result = login();

    assertEquals(3, result.exitCode());
    assertTrue(result.err().contains("--ca-file FILE"), result.err());
    assertEquals(List.of(), exonctl.server().requests());
  }

  @Test
  void login_terminal_asksForNameAndPassword() {
    Result result =
        exonctl
            .answering("ada", "opensesame")
            .run("login", exonctl.server().url(), "--ca-file", authority.toString());

    assertEquals(0, result.exitCode(), result.err());
    assertEquals(
        "{\"name\":\"ada\",\"password\":\"opensesame\"}",
        exonctl.server().requests().getFirst().body());
  }

  @Test
  void login_again_keepsAuthorityOfSameServer() {
    login("--ca-file", authority.toString());

    assertEquals(0, login().exitCode());
  }

  @Test
  void login_wrongPassword_storesNothing() {
    exonctl.server().refuse("createSession", 401, "not_signed_in", "name or password is wrong");

    Result result = login("--ca-file", authority.toString());

    assertEquals(4, result.exitCode());
    assertTrue(result.err().contains("name or password is wrong"), result.err());
    assertEquals(Optional.empty(), exonctl.profileFile().read());
  }

  @Test
  void login_signOutFails_keepsToken() {
    exonctl.server().refuse("deleteSession", 503, "unavailable", "try again");

    assertEquals(0, login("--ca-file", authority.toString()).exitCode());
    assertTrue(exonctl.profileFile().read().isPresent());
  }

  @Test
  void login_xdgConfigHome_isHonored() {
    exonctl.environment("XDG_CONFIG_HOME", home.resolve("xdg").toString());

    login("--ca-file", authority.toString());

    assertTrue(Files.exists(home.resolve("xdg/exonward/exonctl.json")));
  }

  @Test
  void logout_revokesAndForgets() {
    login("--ca-file", authority.toString());

    Result result = exonctl.run("logout");

    assertEquals(new Result(0, "", "signed out of " + exonctl.server().url() + "\n"), result);
    assertEquals("/api/v1/api-tokens/" + STORED_ID, exonctl.server().lastRequest().path());
    assertEquals(Optional.empty(), exonctl.profileFile().read());
  }

  @Test
  void logout_serverFails_forgetsAndWarns() {
    login("--ca-file", authority.toString());
    exonctl.server().refuse("revokeApiToken", 503, "unavailable", "database away");

    Result result = exonctl.run("logout");

    assertEquals(1, result.exitCode());
    assertTrue(result.err().contains("still valid"), result.err());
    assertTrue(result.err().contains("api-token revoke " + STORED_ID), result.err());
    assertEquals(Optional.empty(), exonctl.profileFile().read());
  }

  @Test
  void logout_tokenExpired_isDone() {
    login("--ca-file", authority.toString());
    exonctl.server().refuse("revokeApiToken", 401, "not_signed_in", "expired");

    assertEquals(0, exonctl.run("logout").exitCode());
  }

  @Test
  void profile_text_hidesToken() {
    assertTrue(!expectedProfile().toString().contains("exa1."));
  }

  private Result login(String... more) {
    String[] arguments = new String[more.length + 6];
    System.arraycopy(
        new String[] {"login", exonctl.server().url(), "--name", "ada", "--password-file", "-"},
        0,
        arguments,
        0,
        6);
    System.arraycopy(more, 0, arguments, 6, more.length);
    return exonctl.input("opensesame\n").run(arguments);
  }

  private Profile expectedProfile() {
    return new Profile(
        new ServerUrl(exonctl.server().url()),
        ExonctlFixture.AUTHORITY.pem(),
        "exa1.bmV3",
        STORED_ID);
  }

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
