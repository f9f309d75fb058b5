package io.exonward.agent.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.exonward.agent.health.AgentStatus;
import io.exonward.agent.health.CpuGovernor;
import io.exonward.agent.health.SelfUsage;
import io.exonward.agent.health.StatusSocket;
import io.exonward.agent.spool.SpoolUsage;
import io.exonward.common.event.Coverage;
import io.exonward.common.event.Coverage.SensorLevel;
import io.exonward.common.event.Coverage.SensorState;
import io.exonward.common.event.Coverage.SensorStatus;
import io.exonward.common.policy.Mode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.json.JsonMapper;

class StatusCommandTest {
  private static final Instant AT = Instant.parse("2026-11-01T00:00:00.123456789Z");

  @TempDir Path directory;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private static AgentStatus status(AgentStatus.ConnectionState state, SensorLevel level) {
    return new AgentStatus(
        "0.1.0",
        AT,
        new AgentStatus.Identity("6b1c", AT),
        new AgentStatus.Connection("s:8444", state, "broken\u001b[2J", AT),
        new AgentStatus.PolicyState("web", 12, Mode.MONITOR),
        new Coverage(
            level,
            List.of(new SensorStatus("ebpf", SensorState.UNAVAILABLE, "bpf: EPERM", 0, 3)),
            List.of("scripts are seen as their interpreter"),
            AT),
        new SpoolUsage(7, 1 << 20, 64 << 20, 1, 0, 7),
        new SelfUsage(50 << 20, 1234),
        new CpuGovernor.Usage(5, 1.25, 0, 0),
        99,
        Map.of("executions", 5L),
        Map.of("agent_queue", 2L));
  }

  private int run(String... arguments) {
    CommandLine command = ExonAgent.commandLine();
    command.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    return command.execute(arguments);
  }

  private int status(AgentStatus status, String form) throws IOException {
    Path path = directory.resolve("agent.sock");
    try (StatusSocket _ = StatusSocket.open(path, () -> status)) {
      assertEquals(
          PosixFilePermissions.fromString("rw-------"), Files.getPosixFilePermissions(path));
      return run("status", "--socket", path.toString(), "-o", form);
    }
  }

  @Test
  void status_well_isZeroAndSaysWhatIsSeen() throws IOException {
    int code = status(status(AgentStatus.ConnectionState.CONNECTED, SensorLevel.FULL), "table");

    assertEquals(0, code);
    assertTrue(out.toString().contains("every execution"));
    assertTrue(out.toString().contains("running since 2026-11-01T00:00:00Z"), out.toString());
    assertTrue(out.toString().contains("coverage     FULL: every execution"), out.toString());
    assertTrue(out.toString().contains("not seen\n  scripts are seen"), out.toString());
    assertTrue(out.toString().contains("1.3 % of one processor now, limit 5 %"), out.toString());
    assertTrue(out.toString().contains("bpf: EPERM"));
    assertTrue(out.toString().contains("agent queue 2"));
    assertTrue(out.toString().contains("group web, version 12, mode monitor"));
    assertTrue(out.toString().indexOf('\u001b') < 0);
    assertEquals("", err.toString());
  }

  @Test
  void status_json_isOneObject() throws IOException {
    int code = status(status(AgentStatus.ConnectionState.REFUSED, SensorLevel.NONE), "json");

    assertEquals(1, code);
    var json = JsonMapper.shared().readTree(out.toString());
    assertEquals("refused", json.path("connection").path("state").asString());
    assertEquals(7, json.path("spool").path("events").asInt());
    assertEquals("none", json.path("coverage").path("level").asString());
  }

  @Test
  void status_yaml_saysTheSame() throws IOException {
    int code = status(status(AgentStatus.ConnectionState.CONNECTED, SensorLevel.REDUCED), "yaml");

    assertEquals(0, code);
    assertTrue(out.toString().contains("  level: reduced\n"), out.toString());
    assertTrue(out.toString().contains("  - scripts are seen as their interpreter\n"));
  }

  @Test
  void status_noAgent_isThree() {
    int code = run("status", "--socket", directory.resolve("nothing").toString());

    assertEquals(3, code);
    assertEquals("", out.toString());
    assertTrue(err.toString().contains("cannot reach the agent"));
  }

  @Test
  void check_badConfiguration_isTwoWithPlaces() throws IOException {
    Path file = Files.writeString(directory.resolve("a.yaml"), "server: {address: nowhere}\n");

    int code = run("check", "-c", file.toString());

    assertEquals(2, code);
    assertTrue(err.toString().contains("a.yaml:1:19"), err.toString());
  }

  @Test
  void enroll_badToken_isTwoAndDoesNotRepeatIt() throws IOException {
    Path token = Files.writeString(directory.resolve("token"), "verysecret");
    Path file =
        Files.writeString(
            directory.resolve("a.yaml"),
            "server: {address: 'localhost:1'}\nstate-dir: " + directory + "\n");

    int code = run("enroll", "-c", file.toString(), "--token-file", token.toString());

    assertEquals(2, code);
    assertTrue(err.toString().contains("not a join token"));
    assertTrue(!err.toString().contains("verysecret"));
  }

  @Test
  void wrongUsage_isTwo() {
    assertEquals(2, run("nonsense"));
  }

  @Test
  void enroll_tokenFileIsMissing_saysSo() throws IOException {
    Path config = directory.resolve("agent.yaml");
    Files.writeString(
        config,
        """
        server: {address: localhost:1, enrollment: localhost:2}
        state-dir: %s
        """
            .formatted(directory.resolve("state")));
    Path token = directory.resolve("no-such-token");

    int code = run("enroll", "--config", config.toString(), "--token-file", token.toString());

    assertEquals(1, code);
    assertEquals("exon-agent: " + token + " does not exist\n", err.toString());
  }
}
