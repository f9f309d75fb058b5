package io.exonward.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.exonward.common.config.ConfigException;
import io.exonward.common.config.ConfigReader;
import io.exonward.common.config.HostPort;
import io.exonward.server.ServerConfig.DatabaseConfig;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ServerConfigTest {
  private static final ServerConfig DEFAULTS =
      new ServerConfig(
          Path.of("/var/lib/exonward-server"),
          new ServerConfig.Listen(
              new HostPort("127.0.0.1", 8443),
              new HostPort("127.0.0.1", 8444),
              new HostPort("127.0.0.1", 8445)),
          List.of(),
          new DatabaseConfig.Embedded(0),
          30,
          Duration.ofHours(24),
          ServerConfig.LogLevel.INFO);

  private static ServerConfig parse(String yaml) {
    return ConfigReader.parse(
        "server.yaml", yaml.getBytes(StandardCharsets.UTF_8), ServerConfig::build);
  }

  @Test
  void read_onlyWhatIsRequired_hasTheDefaults() {
    assertEquals(DEFAULTS, parse("data-dir: /var/lib/exonward-server"));
  }

  @Test
  void read_shippedExample_hasTheDefaults() {
    assertEquals(DEFAULTS, ServerConfig.read(Path.of("../packaging/config/server.yaml")));
  }

  @Test
  void read_shippedExampleWithCommentedKeys_isUnderstood() throws Exception {
    String example = Files.readString(Path.of("../packaging/config/server.yaml"));
    String all =
        example.replaceAll("(?m)^( *)#([a-z-]+: )", "$1$2").replaceAll("(?m)^ +port: 0$", "");

    ServerConfig config = parse(all);

    assertEquals(List.of("localhost", "127.0.0.1", "exonward.example.com"), config.serverNames());
    assertEquals(
        new DatabaseConfig.External(
            "jdbc:postgresql://db.example.com:5432/exonward?sslmode=verify-full",
            "exonward",
            Path.of("/etc/exonward/database-password")),
        config.database());
  }

  @Test
  void read_mistypedKey_namesTheNearest() {
    ConfigException refusal =
        assertThrows(
            ConfigException.class, () -> parse("data-dir: /d\nlisten: {consle: '127.0.0.1:1'}"));

    assertTrue(refusal.problems().getFirst().contains("did you mean console?"));
  }

  @Test
  void read_passwordFileWithoutUrl_isRefused() {
    assertThrows(ConfigException.class, () -> parse("data-dir: /d\ndatabase: {password-file: /p}"));
  }
}
