package io.exonward.packaging;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Server and agent on this machine, started by {@code packaging/up} in a folder of their own. */
final class Installation implements AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Path PACKAGING = Path.of("").toAbsolutePath();

  private final Path data;
  private final int port;

  private Installation(Path data, int port) {
    this.data = data;
    this.port = port;
  }

  /** Starts everything and waits until the group has learned and watches. */
  static Installation watching() throws IOException {
    Path data =
        Files.createTempDirectory(
            Path.of("/var/tmp"),
            "exonward-test",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
    Installation installation = new Installation(data, freePorts());
    try {
      installation.configureAgent();
      installation.up();
      Await.isTrue(
          "the group watches",
          () ->
              installation.json("group", "show", "demo").path("mode").asString().equals("monitor"));
    } catch (RuntimeException | AssertionError e) {
      installation.close();
      throw e;
    }
    return installation;
  }

  /**
   * As {@code packaging/up} would, but on a machine that tests keep busy the agent must not give up
   * command lines to stay below its share of the processor: tests count them.
   */
  private void configureAgent() throws IOException {
    Files.writeString(
        data.resolve("agent.yaml"),
        """
        server:
          address: localhost:%d
          enrollment: localhost:%d
        state-dir: %s/agent
        run-dir: %s/run
        limits:
          cpu-percent: 1000
        """
            .formatted(port + 1, port + 2, data, data));
  }

  /** Starts what does not run. */
  void up() {
    command(
            "up",
            "--no-build",
            "--no-demo",
            "--detach",
            "--learn-for",
            "5s",
            "--port-base",
            "" + port)
        .orThrow();
  }

  private Command.Result command(String name, String... arguments) {
    List<String> command =
        new ArrayList<>(List.of(PACKAGING.resolve(name).toString(), "--data", data.toString()));
    command.addAll(List.of(arguments));
    return Command.run(command);
  }

  Command.Result exonctl(String... arguments) {
    return command("exonctl", arguments);
  }

  /** What exonctl answers in JSON. */
  JsonNode json(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("-o", "json"));
    return JSON.readTree(exonctl(all.toArray(String[]::new)).orThrow().stdout());
  }

  /** All alerts about one content, newest first. */
  List<JsonNode> alerts(String sha256) {
    return json("alert", "list", "--limit", "500")
        .path("items")
        .valueStream()
        .filter(alert -> sha256.equals(alert.path("sha256").asString("")))
        .toList();
  }

  /** All executions of one content on the host, newest first. */
  List<JsonNode> executions(String sha256) {
    return ofContent("executions", sha256);
  }

  /** All ways in which one content was loaded on the host, newest first. */
  List<JsonNode> loads(String sha256) {
    return ofContent("loads", sha256);
  }

  private List<JsonNode> ofContent(String what, String sha256) {
    String host = host().path("id").asString();
    return json("host", what, host, "--sha256", sha256, "--limit", "all")
        .path("items")
        .valueStream()
        .toList();
  }

  /**
   * How often each first argument was given to executions of one content on the host; "" where the
   * server has only their number.
   */
  Map<String, Long> runs(String sha256) {
    Map<String, Long> runs = new HashMap<>();
    for (JsonNode execution : executions(sha256)) {
      long described = 0;
      for (JsonNode run : execution.path("runs")) {
        described += run.path("count").asLong();
        runs.merge(firstArgument(run), run.path("count").asLong(), Long::sum);
      }
      long others = execution.path("count").asLong() - described;
      if (others > 0) {
        runs.merge(firstArgument(execution), others, Long::sum);
      }
    }
    return runs;
  }

  private static String firstArgument(JsonNode execution) {
    return execution.path("command_line").path(1).asString("");
  }

  /** Waits for an alert about the content that has the detection. */
  JsonNode awaitAlert(String sha256, String detection) {
    return Await.until(
        detection + " alert for " + sha256,
        () -> alerts(sha256).stream().filter(alert -> has(alert, detection)).findFirst());
  }

  static boolean has(JsonNode alert, String detection) {
    return alert.path("detections").valueStream().anyMatch(d -> d.asString().equals(detection));
  }

  /** The one host of this installation. */
  JsonNode host() {
    return json("host", "list").path("items").get(0);
  }

  String url() {
    return "https://localhost:" + port;
  }

  Path data() {
    return data;
  }

  String administratorPassword() throws IOException {
    return Files.readString(data.resolve("server/first-administrator-password")).strip();
  }

  /** Kills the server or the agent without warning and waits for its end. */
  void kill(String name) throws IOException {
    long pid = Long.parseLong(Files.readString(data.resolve("run/" + name + ".pid")).strip());
    Optional<ProcessHandle> process = ProcessHandle.of(pid);
    process.orElseThrow().destroyForcibly();
    Await.isTrue(name + " is gone", () -> !process.get().isAlive());
  }

  /** The first of three that nobody listens on. */
  static int freePorts() {
    for (int attempt = 0; attempt < 100; attempt++) {
      int base = ThreadLocalRandom.current().nextInt(20_000, 30_000);
      if (isFree(base) && isFree(base + 1) && isFree(base + 2)) {
        return base;
      }
    }
    throw new AssertionError("no three free ports between 20000 and 30000");
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public void close() {
    command("up", "--stop");
    keepLogs();
    try (Stream<Path> files = Files.walk(data)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** Leaves the logs of the last installation where a failed build can be looked at. */
  private void keepLogs() {
    for (String name : List.of("server.log", "agent.log")) {
      try {
        Path kept = PACKAGING.resolve("target/logs/" + data.getFileName() + "-" + name);
        Files.createDirectories(kept.getParent());
        Files.copy(data.resolve("log/" + name), kept);
      } catch (IOException e) {
        System.err.println("no " + name + " to keep: " + e);
      }
    }
  }
}
