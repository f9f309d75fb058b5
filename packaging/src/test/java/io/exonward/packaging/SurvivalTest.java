package io.exonward.packaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Server and agent are killed in the middle of a burst; what arrived is counted. */
@Tag("system")
class SurvivalTest {
  private static final int RUNS = 5_000;
  private static final int PAUSE_MICROSECONDS = 3_000;

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

  private static Process burst(Path program) throws IOException {
    return new ProcessBuilder(
            tester.compiled("burst").toString(),
            "" + RUNS,
            program.toString(),
            "" + PAUSE_MICROSECONDS)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  /** Waits until the server has counted some runs. */
  private static void awaitSome(String sha256) {
    Await.isTrue(
        "the burst arrives",
        () ->
            installation.alerts(sha256).stream()
                .anyMatch(alert -> alert.path("occurrences").asInt() > RUNS / 20));
  }

  /** The numbers of the runs that the server has; fails if one is there twice. */
  private static Set<Integer> arrived(String sha256) {
    Set<Integer> numbers = new TreeSet<>();
    Set<Integer> twice = new HashSet<>();
    installation
        .runs(sha256)
        .forEach((argument, count) -> {
          int number = Integer.parseInt(argument);
          numbers.add(number);
          if (count != 1) {
            twice.add(number);
          }
        });
    assertEquals(Set.of(), twice, "runs that the server has twice");
    return numbers;
  }

  @Test
  void serverKilledInABurst_everyExecutionArrivesOnce() throws Exception {
    Path program = tester.unseen("marker");
    String sha256 = Tester.sha256(program);

    Process burst = burst(program);
    awaitSome(sha256);
    assertTrue(burst.isAlive(), "the server is killed in the middle");
    installation.kill("server");
    installation.up();
    assertEquals(0, burst.waitFor());

    Await.isTrue("all " + RUNS + " arrived", () -> arrived(sha256).size() == RUNS);
  }

  @Test
  void agentKilledInABurst_gapIsReportedAndNothingArrivesTwice() throws Exception {
    Path program = tester.unseen("marker");
    String sha256 = Tester.sha256(program);

    Process burst = burst(program);
    awaitSome(sha256);
    installation.kill("agent");
    assertTrue(burst.isAlive(), "the agent is killed in the middle");
    Set<Integer> before = arrived(sha256);
    installation.up();
    assertEquals(0, burst.waitFor());
    Path last = tester.unseen("marker");
    Tester.run(last);
    installation.awaitAlert(Tester.sha256(last), "unknown-code");

    Set<Integer> after = arrived(sha256);
    assertTrue(after.containsAll(before), "what was acknowledged stays");
    assertTrue(after.size() < RUNS, "what ran without an agent cannot have arrived");
    assertTrue(isOneGap(after), () -> "missing runs are one interval: " + missing(after));
    List<String> causes =
        installation
            .json("host", "show", installation.host().path("id").asString())
            .path("losses")
            .valueStream()
            .map(loss -> loss.path("cause").asString())
            .toList();
    assertTrue(causes.contains("agent_down"), () -> "the gap is reported: " + causes);
  }

  private static Set<Integer> missing(Set<Integer> arrived) {
    Set<Integer> missing = new TreeSet<>();
    for (int number = 1; number <= RUNS; number++) {
      if (!arrived.contains(number)) {
        missing.add(number);
      }
    }
    return missing;
  }

  private static boolean isOneGap(Set<Integer> arrived) {
    var missing = new TreeSet<>(missing(arrived));
    return missing.last() - missing.first() + 1 == missing.size();
  }
}
