package io.exonward.packaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The benchmark works and counts; what it measures on a machine that runs tests is not judged. */
@Tag("system")
class BenchTest {
  private static final Duration LIMIT = Duration.ofMinutes(10);

  @TempDir private static Path output;
  private static Command.Result result;

  @BeforeAll
  static void oneRoundOfOneLoad() {
    String options =
        "--rounds 1 --loads tiny --peers none --executions 400 --idle 0 --no-hash --no-build --force --port-base %d --output %s"
            .formatted(Installation.freePorts(), output);
    result = Command.run(List.of("bash", "-c", "./bench " + options), LIMIT);
  }

  /** Rows of the results, each split into its columns. */
  private static List<List<String>> cells() throws IOException {
    return Files.readAllLines(output.resolve("cells.tsv")).stream()
        .skip(1)
        .map(line -> List.of(line.split("\t", -1)))
        .toList();
  }

  @Test
  void table_oneRound_hasFigures() throws IOException {
    assertEquals(0, result.code(), result.stderr());
    Optional<String> row =
        result.stdout().lines().filter(line -> line.startsWith("| exonward ")).findFirst();

    assertTrue(
        row.orElseThrow().matches("\\| exonward( +\\| -?[0-9]+\\.[0-9]+){4} +\\| 400 / 400 .*"),
        result.stdout());
    assertEquals(result.stdout(), Files.readString(output.resolve("report.md")));
  }

  @Test
  void cells_oneRound_agentCapturesEveryMarkerOnceBetweenCellsWithoutOne() throws IOException {
    List<List<String>> measured =
        cells().stream().filter(cell -> cell.getFirst().equals("1")).toList();

    assertEquals(
        List.of("none", "exonward", "none", "none"),
        measured.stream().map(cell -> cell.get(2)).toList());
    List<String> agent =
        measured.stream().filter(cell -> cell.get(2).equals("exonward")).findFirst().orElseThrow();
    assertEquals(List.of("0", "400", "400", "0"), agent.subList(12, 16));
  }
}
