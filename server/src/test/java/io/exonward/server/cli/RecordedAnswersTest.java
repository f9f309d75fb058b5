package io.exonward.server.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.exonward.server.cli.client.Json;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the tests answer must be what the API's description says, field by field. */
final class RecordedAnswersTest {
  private final OpenApi api = OpenApi.read();

  static List<String> operations() throws IOException, URISyntaxException {
    Path one =
        Path.of(
            Objects.requireNonNull(RecordedAnswersTest.class.getResource("readHost.json")).toURI());
    try (Stream<Path> files = Files.list(Objects.requireNonNull(one.getParent()))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".json"))
          .map(name -> name.substring(0, name.length() - ".json".length()))
          .sorted()
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("operations")
  void recorded_followsDescription(String operation) {
    List<String> problems =
        api.problemsOfAnswer(api.operation(operation), Json.parse(ApiServer.recorded(operation)));

    assertEquals(List.of(), problems);
  }

  @Test
  void check_fieldMissingOrUnknownOrMistyped_isFound() {
    String body = ApiServer.recorded("verifyAudit");
    String wrong = body.replace("\"intact\":true", "\"whole\":true").replace("42", "\"42\"");

    List<String> problems = api.problemsOfAnswer(api.operation("verifyAudit"), Json.parse(wrong));

    assertFalse(problems.isEmpty());
    assertEquals(3, problems.size(), problems.toString());
  }
}
