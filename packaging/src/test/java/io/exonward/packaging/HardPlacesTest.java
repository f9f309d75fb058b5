package io.exonward.packaging;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** A program that nobody has seen, once from each place: reported once, by its exact bytes. */
@Tag("system")
class HardPlacesTest {
  private static final Map<Place, String> CONTENTS = new EnumMap<>(Place.class);

  private static final Map<Loading, String> LOADED = new EnumMap<>(Loading.class);

  private static Installation installation;

  @BeforeAll
  static void runEverywhere() throws IOException {
    installation = Installation.watching();
    Tester tester = new Tester(installation.data());
    Path testers = tester.folder();
    tester.compiled("memfd_exec");
    tester.compiled("deleted_exec");
    Files.copy(Path.of("tester/container.json"), testers.resolve("container.json"));
    Path marker = tester.compiled("marker", "static-marker", "-static");
    loadEverywhere(tester);
    for (Place place : Place.values()) {
      Path program = tester.variant(marker);
      Path folder = Files.createDirectory(testers.resolve(place.name()));
      CONTENTS.put(place, Tester.sha256(program));
      Command.run(
              List.of(
                  "sh",
                  "-ec",
                  place.script(),
                  "sh",
                  program.toString(),
                  folder.toString(),
                  testers.toString()))
          .orThrow();
    }
    // What comes after all of them is reported after all of them.
    Path last = tester.unseen("marker");
    Tester.run(last);
    String sha256 = Tester.sha256(last);
    Await.isTrue("the last is reported", () -> !installation.executions(sha256).isEmpty());
  }

  private static void loadEverywhere(Tester tester) throws IOException {
    Path library = tester.compiled("marker", "marker-library", "-shared", "-fPIC");
    for (Loading loading : Loading.values()) {
      Path code =
          switch (loading.kind()) {
            case "script" -> tester.script(loading.text());
            case "library" -> tester.variant(library);
            default -> tester.unseen("marker");
          };
      LOADED.put(loading, Tester.sha256(code));
      Command.run(List.of("sh", "-ec", loading.script(), "sh", code.toString())).orThrow();
    }
  }

  @AfterAll
  static void stop() {
    if (installation != null) {
      installation.close();
    }
  }

  @ParameterizedTest
  @EnumSource
  void place_isReportedOnceWithItsBytes(Place place) {
    String sha256 = Objects.requireNonNull(CONTENTS.get(place));

    List<JsonNode> executions = installation.executions(sha256);

    assertEquals(1, executions.size(), executions::toString);
    assertEquals(1, executions.getFirst().path("count").asInt());
  }

  @ParameterizedTest
  @EnumSource
  void loading_isReportedOnceWithItsBytes(Loading loading) {
    String sha256 = Objects.requireNonNull(LOADED.get(loading));

    // Who makes and checks the files, like this test, may open them too.
    List<JsonNode> loads =
        installation.loads(sha256).stream()
            .filter(load -> !load.path("kind").asString().equals("opened"))
            .toList();

    assertEquals(1, loads.size(), loads::toString);
    assertEquals(1, loads.getFirst().path("count").asInt());
    assertEquals(loading.kind(), loads.getFirst().path("kind").asString());
  }
}
