package io.exonward.server.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.exonward.server.cli.ExonctlFixture.Result;
import io.exonward.server.cli.client.Json;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Every command in every form: exact standard output, nothing on standard error that is not a
 * message.
 */
final class OutputFormsTest {
  private static final String HOST = "0b0a7c1e-3f55-4d8e-9a53-2d1f0c9a1b01";
  private static final String SHA256 =
      "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

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

  @Test
  void hostList_table() {
    Result result = exonctl.run("host", "list");

    assertEquals(
        new Result(
            0,
            """
            ID                                    HOST   GROUP      STATE      LEVEL  OS                   ALERTS  SEEN
            0b0a7c1e-3f55-4d8e-9a53-2d1f0c9a1b02  db-1   databases  silent     -      -                         0  -
            0b0a7c1e-3f55-4d8e-9a53-2d1f0c9a1b01  web-1  web        connected  full   Debian GNU/Linux 13       1  2s ago
            """,
            ""),
        result);
  }

  @Test
  void groupList_utc_timesAreAbsolute() {
    Result result = exonctl.run("--utc", "group", "list");

    assertEquals(
        new Result(
            0,
            """
            GROUP      MODE     LEARNS UNTIL          FROZEN                HOSTS  RULES  POLICY
            databases  monitor  -                     2026-11-10T15:00:00Z      1      0       3
            web        learn    2026-11-30T15:00:00Z  -                         2      1      12
            """,
            ""),
        result);
  }

  @ParameterizedTest
  @CsvSource({
    "readAlert, alert show 17",
    "readHost, host show " + HOST,
    "readGroup, group show web",
    "readCode, code show " + SHA256,
    "readCodeGenes, code genes " + SHA256,
    "readFamily, family show mirai",
    "updateFamily, family rename mirai gafgyt",
    "verifyAudit, audit verify",
    "startAlert, alert start 17",
    "resolveAlert, alert resolve 17 --verdict benign --reason x",
    "allowAlert, alert allow 17 --reason x",
    "denyAlert, alert deny 17 --reason x",
    "banHost, host ban " + HOST + " --reason x --yes",
    "createGroup, group create web",
    "setGroupMode, group set-mode web monitor --reason x",
    "freezeBaseline, baseline freeze web --reason x --yes",
    "createRule, rule add allow --group web --path /x --reason x",
    "createJoinToken, token create --group web",
    "createApiToken, api-token create backup",
    "updateOperator, operator set-role ada viewer",
  })
  void one_json_isExactlyTheBody(String operation, String command) {
    Result result = exonctl.run((command + " -o json").split(" "));

    assertEquals(0, result.exitCode(), result.err());
    assertEquals(ApiServer.recorded(operation), result.out());
  }

  @ParameterizedTest
  @CsvSource({
    "listAlerts, alert list",
    "listHosts, host list",
    "listExecutions, host executions web-1",
    "listCodeLoads, host loads web-1",
    "listActions, host actions web-1",
    "readCoverage, host coverage web-1",
    "listGroups, group list",
    "listFamilies, family list",
    "readBaseline, baseline status web",
    "listRules, rule list",
    "listJoinTokens, token list",
    "listApiTokens, api-token list",
    "listOperators, operator list",
    "listAudit, audit list",
  })
  void list_jsonAndYaml_areTheEnvelope(String operation, String command) {
    Result json = exonctl.run((command + " -o json").split(" "));
    Result yaml = exonctl.run((command + " -o yaml").split(" "));

    assertEquals(new Result(0, ApiServer.recorded(operation), ""), json);
    assertEquals(0, yaml.exitCode());
    assertEquals(Json.parse(ApiServer.recorded(operation)), parseYaml(yaml.out()));
  }

  @ParameterizedTest
  @CsvSource({
    "17;16, alert list",
    "17, alert show 17",
    "9, alert allow 17 --reason x",
    "4;9, rule list",
    HOST + ", host show web-1",
    "databases;web, group list",
    "web, group show web",
    SHA256 + ", code show " + SHA256,
    SHA256 + ", code genes " + SHA256,
    "mirai;pkg:bash, family list",
    "mirai, family show mirai",
    SHA256 + ", baseline status web",
    "ada, operator list",
    "5d6c3a52-7a0c-4c55-8a64-90f2b7a11e01, token list",
    "42, audit list",
  })
  void name_printsIdsOnly(String ids, String command) {
    Result result = exonctl.run(("-o name " + command).split(" "));

    assertEquals(0, result.exitCode(), result.err());
    assertEquals(ids.replace(';', '\n') + "\n", result.out());
  }

  @ParameterizedTest
  @CsvSource({
    "alert start 17, assigned to you",
    "alert deny 17 --reason x, 'rule written, alert 17 resolved'",
    "group create web, created",
    "rule rm 9, removed",
    "family remove mirai --yes, removed; known code is compared again",
    "token revoke " + HOST + ", revoked",
    "operator disable ada, disabled",
    "operator enable ada, enabled",
  })
  void change_saysOnStandardErrorWhatHappened(String command, String message) {
    Result result = exonctl.run(command.split(" "));

    assertEquals(0, result.exitCode());
    assertEquals(message + "\n", result.err());
  }

  @Test
  void list_empty_saysSoOnStandardError() {
    exonctl
        .server()
        .answer("listAlerts", _ -> new ApiServer.Response(200, "{\"items\":[],\"next\":null}"));

    assertEquals(
        new Result(
            0,
            "",
            """
            no alerts
            coverage: 0 of 2 hosts fully covered in the last 24 h; 31 lost events; \
            1 host blind to: bytes of network files; 1 host not heard
            """),
        exonctl.run("alert", "list"));
  }

  @Test
  void list_narrowTerminal_cutsTextsButNeverIds() {
    exonctl.environment("COLUMNS", "70");

    Result result = exonctl.run("alert", "list");

    assertEquals(
        """
        ALERT  SEVERITY  STATUS       GROUP      HOSTS  COUNT  LAST    TITLE
           17  high      new          web            2      5  3m ago  Unknown cod…
           16  medium    in_progress  databases      1      1  2d ago  Agent silen…
        """,
        result.out());
  }

  @Test
  void table_terminal_colorsUnlessRefused() {
    exonctl.answering();

    String colored = exonctl.run("alert", "list").out();
    String byOption = exonctl.run("alert", "list", "--no-color").out();
    String byEnvironment = exonctl.environment("NO_COLOR", "1").run("alert", "list").out();

    assertTrue(colored.contains("\u001b[31mhigh\u001b[0m      new"), colored);
    assertEquals(byOption, byEnvironment);
    assertTrue(!byOption.contains("\u001b"), byOption);
  }

  @Test
  void auditVerify_broken_fails() {
    String broken = "{\"intact\":false,\"entries\":42,\"first_broken_sequence\":7}";
    exonctl.server().answer("verifyAudit", _ -> new ApiServer.Response(200, broken));

    Result result = exonctl.run("audit", "verify");

    assertEquals(1, result.exitCode());
    assertEquals(
        "Audit log\n  intact        false\n  entries       42\n  first broken  7\n", result.out());
    assertTrue(result.err().contains("was changed from entry 7 on"), result.err());
  }

  private static JsonNode parseYaml(String yaml) {
    Map<?, ?> tree = (Map<?, ?>) new Load(LoadSettings.builder().build()).loadFromString(yaml);
    return JsonMapper.builder().build().valueToTree(tree);
  }
}
