package io.exonward.packaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** More executions than anybody could look at, without a pause: each reaches the server. */
@Tag("system")
class StormTest {
  private static final int WORKERS = 2;
  private static final int RUNS = 10_000;

  private static Installation installation;
  private static Tester tester;

  @BeforeAll
  static void start() throws IOException {
    installation = Installation.watching();
    tester = new Tester(installation.data());
    tester.compiled("burst");
  }

  @AfterAll
  static void stop() {
    if (installation != null) {
      installation.close();
    }
  }

  /** One storm for each program, all at the same time. */
  private static List<Process> storms(List<Path> programs) throws IOException {
    List<Process> storms = new ArrayList<>();
    for (Path program : programs) {
      storms.add(
          new ProcessBuilder(
                  tester.compiled("burst").toString(), "" + RUNS, program.toString(), "0")
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start());
    }
    return storms;
  }

  private static List<Path> programs() throws IOException {
    List<Path> programs = new ArrayList<>();
    for (int worker = 0; worker < WORKERS; worker++) {
      programs.add(tester.unseen("marker"));
    }
    return programs;
  }

  private static long sum(String sha256) {
    return installation.runs(sha256).values().stream().mapToLong(Long::longValue).sum();
  }

  private static Map<String, Long> eachOnce() {
    Map<String, Long> each = new HashMap<>();
    for (int run = 1; run <= RUNS; run++) {
      each.put("" + run, 1L);
    }
    return each;
  }

  /** Events that the host is known to have lost while its agent ran. */
  private static long lost() {
    return installation
        .json("host", "show", installation.host().path("id").asString())
        .path("losses")
        .valueStream()
        .filter(loss -> !loss.path("cause").asString().equals("agent_down"))
        .mapToLong(loss -> loss.path("count").asLong())
        .sum();
  }

  @Test
  void everyRunOfEveryWorkerArrivesOnce() throws Exception {
    List<Path> programs = programs();

    for (Process storm : storms(programs)) {
      assertEquals(0, storm.waitFor());
    }

    for (Path program : programs) {
      String sha256 = Tester.sha256(program);
      Await.isTrue("all of " + program, () -> sum(sha256) >= RUNS);
      assertEquals(eachOnce(), installation.runs(sha256));
    }
  }

  /** What the kernel cannot hand over while the agent stands still is counted by the kernel. */
  @Test
  void agentStopped_whatDidNotFitIsReportedLost() throws Exception {
    List<Path> programs = programs();
    long before = lost();
    signal("STOP");
    try {
      for (Process storm : storms(programs)) {
        assertEquals(0, storm.waitFor());
      }
    } finally {
      signal("CONT");
    }

    Path last = tester.unseen("marker");
    Tester.run(last);
    installation.awaitAlert(Tester.sha256(last), "unknown-code");
    long seen = 0;
    for (Path program : programs) {
      seen += sum(Tester.sha256(program));
    }
    long missing = (long) WORKERS * RUNS - seen;
    long reported = lost() - before;

    assertTrue(missing > 0, "the storm was too small for the kernel's buffer");
    assertTrue(reported >= missing, missing + " are missing, " + reported + " reported lost");
  }

  private static void signal(String name) throws IOException {
    String agent = Files.readString(installation.data().resolve("run/agent.pid")).strip();
    Command.run(List.of("kill", "-" + name, agent)).orThrow();
  }
}
