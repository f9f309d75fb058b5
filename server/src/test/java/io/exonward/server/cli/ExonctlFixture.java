package io.exonward.server.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.exonward.server.cli.client.Profile;
import io.exonward.server.cli.client.ProfileFile;
import io.exonward.server.cli.client.ServerUrl;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Runs exonctl as main does, against a server on loopback, with a home, a terminal and a clock of
 * its own.
 */
final class ExonctlFixture implements AutoCloseable {
  static final String TOKEN = "exa1.dGVzdA";
  static final String TOKEN_ID = "5d6c3a52-7a0c-4c55-8a64-90f2b7a11eff";
  static final Instant NOW = Instant.parse("2026-11-23T15:00:00Z");

  /** One key pair and chain for all tests: making them is slow. */
  static final TestAuthority AUTHORITY = TestAuthority.forServer("localhost");

  private final ApiServer server = new ApiServer(AUTHORITY);
  private final Path home;
  private final Map<String, String> environment = new HashMap<>();
  private final List<Duration> pauses = new ArrayList<>();
  private Optional<Terminal.Prompt> prompt = Optional.empty();
  private String input = "";

  /** What a run wrote and ended with. */
  record Result(int exitCode, String out, String err) {}

  ExonctlFixture(Path home) {
    this.home = home;
  }

  /** With a stored sign-in. */
  static ExonctlFixture signedIn(Path home) {
    ExonctlFixture fixture = new ExonctlFixture(home);
    ServerUrl url = new ServerUrl(fixture.server.url());
    fixture.profileFile().write(new Profile(url, AUTHORITY.pem(), TOKEN, TOKEN_ID));
    return fixture;
  }

  ApiServer server() {
    return server;
  }

  ProfileFile profileFile() {
    return ProfileFile.byDefault(environment, home);
  }

  List<Duration> pauses() {
    return pauses;
  }

  ExonctlFixture environment(String name, String value) {
    environment.put(name, value);
    return this;
  }

  ExonctlFixture input(String text) {
    input = text;
    return this;
  }

  /** Output is a terminal, and the operator answers so. */
  ExonctlFixture answering(String... answers) {
    Deque<String> queue = new ArrayDeque<>(List.of(answers));
    prompt =
        Optional.of(
            new Terminal.Prompt() {
              @Override
              public String readLine(String question) {
                return queue.isEmpty() ? "" : queue.removeFirst();
              }

              @Override
              public String readPassword(String question) {
                return readLine(question);
              }
            });
    return this;
  }

  Result run(String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Terminal terminal =
        new Terminal(
            new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            prompt);
    Surroundings surroundings =
        new Surroundings(
            terminal, environment, home, Clock.fixed(NOW, ZoneOffset.UTC), pauses::add);
    int exitCode = Exonctl.run(surroundings, arguments);
    return new Result(
        exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  /** Ends the server; fails if a request did not follow the API's description. */
  @Override
  public void close() {
    server.close();
    assertEquals(List.of(), server.violations());
  }
}
