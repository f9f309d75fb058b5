package io.exonward.agent;

import io.exonward.common.config.ConfigReader;
import io.exonward.common.config.ConfigSection;
import io.exonward.common.config.HostPort;
import java.nio.file.Path;
import java.time.Duration;

/**
 * The agent's configuration.
 *
 * @param server where agents connect
 * @param enrollment where a join token is exchanged for an identity
 * @param stateDirectory identity, policy and spool
 * @param runDirectory status socket
 * @param spoolBytes limit of the spool on disk
 * @param maxFileBytes larger files are not hashed
 * @param cpuPercent of one processor, on an average of some ten seconds; above it the agent sheds
 *     detail
 * @param analysisPercent of one processor, for genes of code that the server asks for; 0: none
 */
public record AgentConfig(
    HostPort server,
    HostPort enrollment,
    Path stateDirectory,
    Path runDirectory,
    long spoolBytes,
    long maxFileBytes,
    int cpuPercent,
    int analysisPercent,
    Sensors sensors,
    LogLevel logLevel) {
  /** Where it is, unless said otherwise. */
  public static final Path DEFAULT_FILE = Path.of("/etc/exonward/agent.yaml");

  private static final int ENROLLMENT_PORT = 8445;

  /** Thousands of executions a second; a build on two processors stays below. */
  private static final int CPU_PERCENT = 20;

  /** Genes of a host's few hundred programs are wanted once, and nobody waits for them. */
  private static final int ANALYSIS_PERCENT = 5;

  private static final long MIB = 1 << 20;
  private static final long GIB = 1 << 30;

  /**
   * Which sensors may be tried.
   *
   * @param fanotifyAnswer how long an execution may wait for its answer, under {@code PERMISSION}
   * @param interpretedFiles whether {@code actions} reports the files that interpreters open
   */
  public record Sensors(
      boolean ebpf,
      boolean connector,
      boolean procfs,
      Fanotify fanotify,
      Duration fanotifyAnswer,
      boolean actions,
      boolean interpretedFiles) {}

  /** Whether and how fanotify is used. */
  public enum Fanotify {
    OFF,
    /** The kernel tells of executions. */
    NOTIFY,
    /** The kernel asks before each execution. */
    PERMISSION
  }

  /** The least that is logged. */
  public enum LogLevel {
    ERROR,
    WARN,
    INFO,
    DEBUG
  }

  /**
   * Reads a configuration file.
   *
   * @throws io.exonward.common.config.ConfigException if there is anything wrong with it
   */
  public static AgentConfig read(Path file) {
    return ConfigReader.read(file, AgentConfig::build);
  }

  static AgentConfig build(ConfigSection root) {
    ConfigSection server = root.section("server");
    HostPort address = server.address("address");
    ConfigSection sensors = root.section("sensors");
    ConfigSection limits = root.section("limits");
    return new AgentConfig(
        address,
        server.address("enrollment", new HostPort(address.host(), ENROLLMENT_PORT)),
        root.path("state-dir", Path.of("/var/lib/exonward-agent")),
        root.path("run-dir", Path.of("/run/exonward")),
        root.section("spool").bytes("max-size", 64 * MIB, 4 * MIB, 64 * GIB),
        root.section("inspect").bytes("max-file-size", 512 * MIB, MIB, 16 * GIB),
        limits.integer("cpu-percent", CPU_PERCENT, 1, 10_000),
        limits.integer("analysis-cpu-percent", ANALYSIS_PERCENT, 0, 100),
        new Sensors(
            sensors.bool("ebpf", true),
            sensors.bool("connector", true),
            sensors.bool("procfs", true),
            sensors.choice("fanotify", Fanotify.NOTIFY, Fanotify.NOTIFY, Fanotify.OFF),
            sensors.duration(
                "fanotify-answer",
                Duration.ofMillis(50),
                Duration.ofMillis(5),
                Duration.ofSeconds(5)),
            sensors.bool("actions", true),
            sensors.bool("interpreted-files", true)),
        root.choice("log-level", LogLevel.INFO));
  }

  /** Where the identity is kept. */
  public Path identityDirectory() {
    return stateDirectory.resolve("identity");
  }

  /** Where the last good policy is kept. */
  public Path policyFile() {
    return stateDirectory.resolve("policy");
  }

  /** Where the ledger of past coverage is kept. */
  public Path coverageDirectory() {
    return stateDirectory.resolve("coverage");
  }

  /** Where the running agent tells its status. */
  public Path statusSocket() {
    return runDirectory.resolve("agent.sock");
  }
}
