package io.exonward.server.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.exonward.server.cli.ExonctlFixture.Result;
import io.exonward.server.cli.client.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What commands send, and what they ask before. */
final class RequestsTest {
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
  @CsvSource(
      delimiter = '|',
      value = {
        "alert resolve 17 --verdict benign --reason ours | resolveAlert"
            + " | {\"reason\":\"ours\",\"verdict\":\"benign\"}",
        "alert allow 17 --reason ours --expires 7d | allowAlert"
            + " | {\"reason\":\"ours\",\"expires_at\":\"2026-11-30T15:00:00Z\"}",
        "alert deny 17 --reason bad --expires 2027-01-31T00:00:00Z | denyAlert"
            + " | {\"reason\":\"bad\",\"expires_at\":\"2027-01-31T00:00:00Z\"}",
        "group create web --mode learn --learn-for 20s | createGroup"
            + " | {\"name\":\"web\",\"mode\":\"learn\",\"learn_for\":\"20s\"}",
        "group set-mode web learn --reason new --learn-for 7d | setGroupMode"
            + " | {\"reason\":\"new\",\"mode\":\"learn\",\"learn_for\":\"7d\"}",
        "rule add deny --group web --package nginx --path /x --reason r | createRule"
            + " | {\"reason\":\"r\",\"group\":\"web\",\"effect\":\"deny\","
            + "\"selector\":{\"package\":\"nginx\",\"path\":\"/x\"}}",
        "token create --group web --uses 3 --lifetime 2h --address-range 10.0.0.0/8 --replace"
            + " | createJoinToken | {\"group\":\"web\",\"uses\":3,\"lifetime\":\"2h\","
            + "\"address_range\":\"10.0.0.0/8\",\"replace\":true}",
        "family rename mirai gafgyt | updateFamily | {\"name\":\"gafgyt\"}",
        "operator set-role ada analyst | updateOperator | {\"role\":\"analyst\"}",
        "operator disable ada | updateOperator | {\"disabled\":true}",
        "api-token create backup --role viewer --lifetime 12h | createApiToken"
            + " | {\"label\":\"backup\",\"role\":\"viewer\",\"lifetime\":\"12h\"}",
      })
  void change_sendsBody(String command, String operation, String body) {
    Result result = exonctl.run(command.split(" "));

    assertEquals(0, result.exitCode(), result.err());
    assertEquals(operation, exonctl.server().lastRequest().operation());
    assertEquals(Json.parse(body), Json.parse(exonctl.server().lastRequest().body()));
    assertEquals(
        "Bearer " + ExonctlFixture.TOKEN, exonctl.server().lastRequest().header("Authorization"));
  }

  @Test
  void list_filters_areSent() {
    exonctl.run(
        "alert",
        "list",
        "--status",
        "new,in_progress",
        "--severity",
        "high",
        "--group",
        "web",
        "--match",
        "a&b=c d",
        "--limit",
        "7");

    assertEquals(
        Map.of(
            "status",
            "new,in_progress",
            "severity",
            "high",
            "group",
            "web",
            "q",
            "a&b=c d",
            "limit",
            "7"),
        exonctl.server().lastRequest().query());
  }

  @Test
  void list_limitAll_readsEveryPage() {
    answerRulesInPages();

    Result result = exonctl.run("rule", "list", "--limit", "all", "-o", "name");

    assertEquals(new Result(0, "4\n9\n4\n9\n4\n9\n", ""), result);
    assertEquals(
        List.of("500", "500", "500"),
        exonctl.server().requests().stream().map(r -> r.query().get("limit")).toList());
  }

  @Test
  void list_limitWithinPages_stopsAndSaysThatMoreExist() {
    answerRulesInPages();

    Result table = exonctl.run("rule", "list", "--limit", "3");
    Result json = exonctl.run("rule", "list", "--limit", "3", "-o", "json");

    assertEquals("more exist: --limit N or --limit all\n", table.err());
    assertEquals("1", exonctl.server().lastRequest().query().get("limit"));
    assertEquals("page 2&=", exonctl.server().requests().get(1).query().get("after"));
    assertTrue(json.out().endsWith("\"next\":\"page 3\"}\n"), json.out());
  }

  @Test
  void list_serverRepeatsPage_fails() {
    String page = ApiServer.recorded("listRules").replace("\"next\":null", "\"next\":\"again\"");
    exonctl.server().answer("listRules", _ -> new ApiServer.Response(200, page));

    Result result = exonctl.run("rule", "list", "--limit", "all");

    assertEquals(1, result.exitCode());
    assertTrue(result.err().contains("repeats a page"), result.err());
  }

  @Test
  void path_hostileArgument_staysOneSegment() {
    exonctl.server().refuse("readGroup", 404, "not_found", "no such group");

    exonctl.run("group", "show", "../hosts?x=1#y");
    exonctl.run("group", "show", "..");

    assertEquals(
        List.of("/api/v1/groups/..%2Fhosts%3Fx%3D1%23y", "/api/v1/groups/%2E%2E"),
        exonctl.server().requests().stream().map(ApiServer.Request::path).toList());
  }

  @Test
  void host_severalOfOneName_asksForId() {
    String twins = ApiServer.recorded("listHosts").replace("db-1", "web-1");
    exonctl.server().answer("listHosts", _ -> new ApiServer.Response(200, twins));

    Result result = exonctl.run("host", "show", "web-1");

    assertEquals(2, result.exitCode());
    assertTrue(result.err().startsWith("exonctl: 2 hosts are named web-1, give an id: 0b0a7c1e"));
  }

  @Test
  void host_unknownName_isNotFound() {
    assertEquals(
        new Result(5, "", "exonctl: not found: no host is named web; see exonctl host list\n"),
        exonctl.run("host", "show", "web"));
  }

  @Test
  void ban_confirmed_bans() {
    Result result = exonctl.answering("yes").run("host", "ban", "web-1", "--reason", "stolen");

    assertEquals(0, result.exitCode());
    assertEquals("banHost", exonctl.server().lastRequest().operation());
    assertEquals("{\"reason\":\"stolen\"}", exonctl.server().lastRequest().body());
  }

  @Test
  void freeze_declined_changesNothing() {
    Result result = exonctl.answering("y").run("baseline", "freeze", "web", "--reason", "x");

    assertEquals(new Result(2, "", "exonctl: not confirmed, nothing was changed\n"), result);
    assertEquals(List.of(), exonctl.server().requests());
  }

  @Test
  void freeze_noTerminal_advisesYes() {
    Result result = exonctl.run("baseline", "freeze", "web", "--reason", "x");

    assertEquals(2, result.exitCode());
    assertTrue(result.err().endsWith("; no terminal to ask, so add --yes\n"), result.err());
    assertEquals(List.of(), exonctl.server().requests());
  }

  @Test
  void tokenCreate_out_writesPrivateFileAndKeepsSecretOffStandardOutput() throws Exception {
    Path file = home.resolve("join-token");

    Result result = exonctl.run("token", "create", "--group", "web", "--out", file.toString());

    assertEquals("exj1.c2VjcmV0\n", Files.readString(file));
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    assertTrue(!result.out().contains("exj1."), result.out());
  }

  @Test
  void tokenCreate_table_printsTextAlone() {
    assertEquals("exj1.c2VjcmV0\n", exonctl.run("token", "create", "--group", "web").out());
  }

  @Test
  void operatorCreate_passwordFromStandardInput_isSent() {
    exonctl
        .input("correct horse battery\n")
        .run("operator", "create", "grace", "--role", "viewer", "--password-file", "-");

    assertEquals(
        "{\"name\":\"grace\",\"role\":\"viewer\",\"password\":\"correct horse battery\"}",
        exonctl.server().lastRequest().body());
  }

  @Test
  void operatorCreate_passwordsDiffer_isRefused() {
    Result result =
        exonctl.answering("one", "two").run("operator", "create", "grace", "--role", "viewer");

    assertEquals(new Result(2, "", "exonctl: the two passwords differ; try again\n"), result);
    assertEquals(List.of(), exonctl.server().requests());
  }

  private void answerRulesInPages() {
    exonctl
        .server()
        .answer(
            "listRules",
            request -> {
              String next =
                  switch (request.query().getOrDefault("after", "")) {
                    case "" -> "\"page 2&=\"";
                    case "page 2&=" -> "\"page 3\"";
                    default -> "null";
                  };
              String page =
                  ApiServer.recorded("listRules").replace("\"next\":null", "\"next\":" + next);
              return new ApiServer.Response(200, page);
            });
  }
}
