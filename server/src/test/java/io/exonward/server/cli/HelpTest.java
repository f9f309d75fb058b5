package io.exonward.server.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.exonward.server.cli.ExonctlFixture.Result;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Help, and completion for bash. */
final class HelpTest {
  @TempDir Path home;
  private ExonctlFixture exonctl;

  @BeforeEach
  void start() {
    exonctl = new ExonctlFixture(home);
  }

  @AfterEach
  void stop() {
    exonctl.close();
  }

  @Test
  void help_root_listsNounsAndExitCodes() {
    Result result = exonctl.run("--help");

    assertEquals(0, result.exitCode());
    assertEquals("", result.err());
    assertTrue(
        result
            .out()
            .endsWith(
                """
                Commands:
                  login       Sign in: create an API token and store it, with the trusted authority, for this user
                                only
                  logout      Sign out: revoke the stored API token and delete it
                  alert       Detections grouped for triage
                  host        Hosts that an agent runs on
                  group       Host groups, which share one policy and one baseline
                  baseline    What a host group was observed to run while learning
                  rule        Rules that allow or deny code
                  code        Code objects: known to the server, or files of this machine
                  family      Families: named origins that code is compared with
                  token       Join tokens, with which agents enroll
                  api-token   Your own API tokens, for scripts
                  operator    People who use console and exonctl
                  audit       The log of every action of an operator
                  completion  Print completion for bash

                Exit codes:
                  0   done
                  1   the server refused or failed, or a local file could not be read or written
                  2   wrong usage, or a confirmation is missing
                  3   the server cannot be reached, or its certificate is not trusted
                  4   not signed in, or the role does not suffice
                  5   what was named does not exist
                  6   code analyze found malicious code
                """),
        result.out());
  }

  @Test
  void help_verb_isExact() {
    Result result = exonctl.run("rule", "rm", "-h");

    assertEquals(
        new Result(
            0,
            """
            Usage: exonctl rule rm [-h] [-o=table|json|yaml|name] [--limit=N|all] [--utc] [--no-color]
                                   [--server=URL] [--token-file=FILE] [--ca-file=FILE] [--config=FILE] RULE
            Remove a rule
                  RULE                Number of the rule
              -o, --output=table|json|yaml|name
                                      Form of the output; default table
                  --limit=N|all       Most items of a list; default 50
                  --utc               Times in UTC, not relative
                  --no-color          No colors, as NO_COLOR in the environment does
                  --server=URL        Another server; needs --token-file
                  --token-file=FILE   API token from a file, - for stdin
                  --ca-file=FILE      Authority to trust, PEM
                  --config=FILE       Where the sign-in is stored
              -h, --help              Show this help
            """,
            ""),
        result);
  }

  @ParameterizedTest
  @CsvSource({
    "login, 1",
    "logout, 1",
    "alert, 6",
    "host, 7",
    "group, 4",
    "baseline, 2",
    "rule, 3",
    "code, 5",
    "family, 5",
    "token, 3",
    "api-token, 3",
    "operator, 5",
    "audit, 2",
    "completion, 1",
  })
  void help_everyCommand_hasOne(String noun, int verbs) {
    List<String> names = verbsOf(noun);

    assertEquals(verbs, Math.max(1, names.size()));
    for (String verb : names) {
      Result result = exonctl.run(noun, verb, "--help");
      assertEquals(0, result.exitCode());
      assertTrue(result.out().startsWith("Usage: exonctl " + noun + " " + verb + " "));
    }
  }

  @Test
  void completion_isBashThatKnowsTheCommands() throws Exception {
    String script = exonctl.run("completion").out();

    assertTrue(script.contains("host ban"), script.substring(0, 200));
    assertEquals(0, bashSyntaxCheck(script));
  }

  private List<String> verbsOf(String noun) {
    List<String> names = new ArrayList<>();
    boolean isList = false;
    for (String line : exonctl.run(noun, "--help").out().split("\n", -1)) {
      if (isList && line.matches("  [a-z].*")) {
        names.add(line.strip().split(" ", 2)[0]);
      }
      isList |= line.equals("Commands:");
    }
    return names;
  }

  private static int bashSyntaxCheck(String script) throws IOException, InterruptedException {
    Process bash = new ProcessBuilder("bash", "-n").redirectErrorStream(true).start();
    try (OutputStream input = bash.getOutputStream()) {
      input.write(script.getBytes(StandardCharsets.UTF_8));
    }
    bash.getInputStream().readAllBytes();
    return bash.waitFor();
  }
}
