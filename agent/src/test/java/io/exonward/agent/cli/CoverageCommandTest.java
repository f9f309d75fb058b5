package io.exonward.agent.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.exonward.agent.TestClock;
import io.exonward.agent.health.CoverageLedger;
import io.exonward.common.event.Coverage;
import io.exonward.common.event.Coverage.SensorLevel;
import io.exonward.common.event.Coverage.SensorState;
import io.exonward.common.event.Coverage.SensorStatus;
import io.exonward.common.event.Event;
import io.exonward.common.event.LossCause;
import io.exonward.common.event.ObservedEvent;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.json.JsonMapper;

class CoverageCommandTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir Path directory;

  private Path config = Path.of("");

  @BeforeEach
  void write() throws IOException {
    config =
        Files.writeString(
            directory.resolve("agent.yaml"),
            "server: {address: 'localhost:1'}\nstate-dir: %s\nrun-dir: %s\n"
                .formatted(directory, directory));
  }

  private void record() throws IOException {
    TestClock clock = new TestClock();
    Instant at = clock.instant();
    try (CoverageLedger ledger = CoverageLedger.open(directory.resolve("coverage"), clock)) {
      Coverage coverage =
          new Coverage(
              SensorLevel.FULL,
              List.of(new SensorStatus("ebpf", SensorState.RUNNING, null, 1, 2)),
              List.of("one", "two"),
              at);
      ledger.accept(new ObservedEvent(at, at, new Event.CoverageChange(coverage)));
      ledger.accept(
          new ObservedEvent(
              at, at, new Event.Loss(LossCause.KERNEL_BUFFER, at, at.plusSeconds(2), 5, "ebpf")));
      clock.advance(Duration.ofSeconds(75));
    }
  }

  private int run(String... arguments) {
    CommandLine command = ExonAgent.commandLine();
    command.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    return command.execute(arguments);
  }

  @Test
  void coverage_table_isOneLineAPeriod() throws IOException {
    record();

    int code = run("coverage", "-c", config.toString());

    assertEquals(0, code);
    assertEquals(
        """
        FROM                  TO                         FOR  LEVEL     SENSORS                       BLIND  LOST
        2026-11-01T00:00:00Z  2026-11-01T00:01:15Z    1m 15s  full      ebpf                              2  5 by kernel buffer of ebpf
        2026-11-01T00:01:15Z  now                             OFF                                       all  the agent was stopped
        """,
        out.toString());
    assertEquals("", err.toString());
  }

  @Test
  void coverage_json_isAListOfItems() throws IOException {
    record();

    int code = run("coverage", "-c", config.toString(), "-o", "json", "--last", "1");

    assertEquals(0, code);
    var items = JsonMapper.shared().readTree(out.toString()).path("items");
    assertEquals(1, items.size());
    assertEquals("off", items.path(0).path("level").asString());
    assertTrue(items.path(0).path("to").isNull());
  }

  @Test
  void coverage_noLedger_saysSo() {
    int code = run("coverage", "-c", config.toString());

    assertEquals(0, code);
    assertTrue(err.toString().contains("has not run"), err.toString());
  }
}
