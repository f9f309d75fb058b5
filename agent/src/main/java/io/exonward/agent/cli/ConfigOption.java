package io.exonward.agent.cli;

import io.exonward.agent.AgentConfig;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Where the configuration is. */
public final class ConfigOption {
  @Option(
      names = {"-c", "--config"},
      paramLabel = "FILE",
      description = "Configuration file (default: /etc/exonward/agent.yaml).")
  private Path file = AgentConfig.DEFAULT_FILE;

  /** The file. */
  Path file() {
    return file;
  }

  /**
   * Reads it.
   *
   * @throws io.exonward.common.config.ConfigException if there is anything wrong with it
   */
  public AgentConfig read() {
    return AgentConfig.read(file);
  }
}
