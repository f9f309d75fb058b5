package io.exonward.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.exonward.common.config.ConfigException;
import io.exonward.common.config.ConfigReader;
import io.exonward.common.config.HostPort;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class AgentConfigTest {
  private static final AgentConfig DEFAULTS =
      new AgentConfig(
          new HostPort("server.example.net", 8444),
          new HostPort("server.example.net", 8445),
          Path.of("/var/lib/exonward-agent"),
          Path.of("/run/exonward"),
          64L << 20,
          512L << 20,
          20,
          5,
          new AgentConfig.Sensors(
              true, true, true, AgentConfig.Fanotify.NOTIFY, Duration.ofMillis(50), true, true),
          AgentConfig.LogLevel.INFO);

  private static AgentConfig parse(String yaml) {
    return ConfigReader.parse(
        "agent.yaml", yaml.getBytes(StandardCharsets.UTF_8), AgentConfig::build);
  }

  @Test
  void read_onlyTheServer_hasDefaults() {
    assertEquals(DEFAULTS, parse("server: {address: 'server.example.net:8444'}"));
  }

  @Test
  void read_shippedExample_saysTheDefaults() {
    assertEquals(DEFAULTS, AgentConfig.read(Path.of("../packaging/config/agent.yaml")));
  }

  @Test
  void read_fanotify_takesTheOlderBooleans() {
    assertEquals(AgentConfig.Fanotify.OFF, fanotify("off"));
    assertEquals(AgentConfig.Fanotify.OFF, fanotify("false"));
    assertEquals(AgentConfig.Fanotify.NOTIFY, fanotify("true"));
    assertEquals(AgentConfig.Fanotify.PERMISSION, fanotify("permission"));
  }

  private static AgentConfig.Fanotify fanotify(String value) {
    return parse("server: {address: 'a:1'}\nsensors: {fanotify: " + value + "}\n")
        .sensors()
        .fanotify();
  }

  @Test
  void read_unknownKey_namesTheNearest() {
    var problem =
        assertThrows(ConfigException.class, () -> parse("server: {address: 'a:1'}\nspol: {}\n"));

    assertTrue(problem.problems().getFirst().contains("agent.yaml:2:1"));
    assertTrue(problem.problems().getFirst().contains("spool"));
  }
}
