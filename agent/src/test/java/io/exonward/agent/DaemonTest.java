package io.exonward.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DaemonTest {
  @Test
  void plainRun_aloneOrWithFile_isRecognized() {
    Optional<Path> alone = Daemon.plainRun(new String[] {"run"});
    Optional<Path> withFile = Daemon.plainRun(new String[] {"run", "--config", "/x/agent.yaml"});

    assertEquals(Optional.of(AgentConfig.DEFAULT_FILE), alone);
    assertEquals(Optional.of(Path.of("/x/agent.yaml")), withFile);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "--help",
        "status",
        "run --help",
        "run --config",
        "run --output json",
        "run --config a b",
        "status --config a"
      })
  void plainRun_anythingElse_isForTheCommandLine(String line) {
    Optional<Path> found = Daemon.plainRun(line.isEmpty() ? new String[0] : line.split(" ", -1));

    assertEquals(Optional.empty(), found);
  }
}
