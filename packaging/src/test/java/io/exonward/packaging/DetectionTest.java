package io.exonward.packaging;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** From a real execution to an alert that an operator settles. */
@Tag("system")
class DetectionTest {
  private static Installation installation;
  private static Tester tester;

  @BeforeAll
  static void start() throws IOException {
    installation = Installation.watching();
    tester = new Tester(installation.data());
  }

  @AfterAll
  static void stop() {
    if (installation != null) {
      installation.close();
    }
  }

  /**
   * Runs something else unknown and waits for its alert: whatever came before has been judged then.
   */
  private static void fence() throws IOException {
    Path other = tester.unseen("marker");
    Tester.run(other);
    installation.awaitAlert(Tester.sha256(other), "unknown-code");
  }

  private static JsonNode only(String sha256) {
    var alerts = installation.alerts(sha256);
    assertEquals(1, alerts.size(), () -> "one alert expected: " + alerts);
    return alerts.getFirst();
  }

  @Test
  void host_isConnectedWithFullCoverage() {
    JsonNode host = installation.host();

    assertEquals("connected", host.path("state").asString());
    assertEquals("full", host.path("level").asString());
  }

  @Test
  void unknownProgram_raisesOneAlertThatCounts() throws IOException {
    Path program = tester.unseen("marker");
    String sha256 = Tester.sha256(program);

    for (int run = 0; run < 100; run++) {
      Tester.run(program);
    }

    Await.isTrue(
        "100 occurrences",
        () ->
            installation.alerts(sha256).stream()
                .anyMatch(alert -> alert.path("occurrences").asLong() == 100));
    JsonNode alert = only(sha256);
    assertAll(
        () -> assertEquals("new", alert.path("status").asString()),
        () -> assertEquals(1, alert.path("host_count").asInt()),
        () -> assertEquals(program.toString(), alert.path("executable").asString()),
        () -> assertEquals("T1204.002", alert.path("techniques").get(0).path("id").asString()));
  }

  @Test
  void alert_showsEvidenceAndAncestry() throws IOException {
    Path program = tester.unseen("marker");
    Tester.run(program, "first", "--password=hunter2");
    JsonNode alert = installation.awaitAlert(Tester.sha256(program), "unknown-code");

    JsonNode detail = installation.json("alert", "show", alert.path("id").asString());

    JsonNode execution = detail.path("evidence").get(0).path("execution");
    assertAll(
        () -> assertEquals("first", execution.path("command_line").get(1).asString()),
        () -> assertFalse(execution.toString().contains("hunter2")),
        () -> assertEquals("root", execution.path("user").asString()),
        () ->
            assertTrue(
                execution.path("ancestry").get(0).path("executable").asString().endsWith("java")),
        () ->
            assertEquals(
                Path.of("").toAbsolutePath().toString(),
                execution.path("working_directory").asString()));
  }

  @Test
  void allowed_raisesNothingAgain() throws IOException {
    Path program = tester.unseen("marker");
    String sha256 = Tester.sha256(program);
    Tester.run(program);
    String id = installation.awaitAlert(sha256, "unknown-code").path("id").asString();

    installation.exonctl("alert", "allow", id, "--reason", "ours").orThrow();
    Tester.run(program);
    fence();

    JsonNode alert = only(sha256);
    assertEquals("resolved", alert.path("status").asString());
    assertEquals(1, alert.path("occurrences").asInt());
  }

  @Test
  void truePositive_nextRunReopens() throws IOException {
    Path program = tester.unseen("marker");
    String sha256 = Tester.sha256(program);
    Tester.run(program);
    String id = installation.awaitAlert(sha256, "unknown-code").path("id").asString();

    installation
        .exonctl("alert", "resolve", id, "--verdict", "true_positive", "--reason", "cleaned up")
        .orThrow();
    Tester.run(program);

    Await.isTrue("reopened", () -> only(sha256).path("status").asString().equals("new"));
    assertEquals(1, only(sha256).path("reopened").asInt());
  }

  @Test
  void denied_raisesHighAlert() throws IOException {
    Path program = tester.unseen("marker");
    String sha256 = Tester.sha256(program);
    Tester.run(program);
    String id = installation.awaitAlert(sha256, "unknown-code").path("id").asString();

    installation.exonctl("alert", "deny", id, "--reason", "incident").orThrow();
    Tester.run(program);

    JsonNode alert = installation.awaitAlert(sha256, "denied-code");
    assertEquals("high", alert.path("severity").asString());
    assertEquals("new", alert.path("status").asString());
  }

  @Test
  void memfd_alertsEvenWhenItsHashIsAllowed() throws IOException {
    Path program = tester.unseen("marker");
    String sha256 = Tester.sha256(program);
    installation
        .exonctl("rule", "add", "allow", "--group", "demo", "--sha256", sha256, "--reason", "ours")
        .orThrow();

    Tester.run(tester.compiled("memfd_exec"), program.toString(), "from memory");

    JsonNode alert =
        Await.until(
            "memfd alert",
            () ->
                installation
                    .json("alert", "list", "--limit", "500")
                    .path("items")
                    .valueStream()
                    .filter(a -> Installation.has(a, "memfd-execution"))
                    .findFirst());
    assertEquals("T1620", alert.path("techniques").get(0).path("id").asString());
    assertEquals("high", alert.path("severity").asString());
  }

  @Test
  void deletedFile_alerts() throws IOException {
    Path program = tester.unseen("marker");

    Tester.run(tester.compiled("deleted_exec"), program.toString(), "deleted");

    Await.isTrue(
        "deleted file alert",
        () ->
            installation
                .json("alert", "list", "--limit", "500")
                .path("items")
                .valueStream()
                .anyMatch(a ->
                    Installation.has(a, "deleted-file-execution")
                        && a.path("executable").asString("").startsWith(program.toString())));
  }

  @Test
  void packagedAndLearnedPrograms_areSilent() throws IOException {
    Tester.run(Path.of("/usr/bin/factor"), "42");
    Tester.run(Path.of("/usr/bin/tac"), "/etc/hostname");
    fence();

    assertTrue(installation.alerts(Tester.sha256(Path.of("/usr/bin/factor"))).isEmpty());
    assertTrue(installation.alerts(Tester.sha256(Path.of("/usr/bin/tac"))).isEmpty());
  }
}
