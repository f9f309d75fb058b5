package io.exonward.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is measured: nothing at all, this project's agent, or another one. Started and stopped by
 * its script in {@code packaging/benchmark/subjects}.
 */
final class Subject {
  /** The one that all others are compared with. */
  static final String NONE = "none";

  private static final String AGENT = "exonward";

  private final String name;
  private final Options options;
  private final Commands commands;
  private final Path folder;
  private final @Nullable Reports server;

  /**
   * @param server where this project's agent sends its reports
   */
  Subject(String name, Options options, Commands commands, Reports server) {
    this.name = name;
    this.options = options;
    this.commands = commands;
    this.folder = options.work().resolve("subjects").resolve(name);
    this.server = isAgent() ? server : null;
  }

  String name() {
    return name;
  }

  boolean isNone() {
    return name.equals(NONE);
  }

  /** Is it this project's agent, however configured? */
  boolean isAgent() {
    return name.startsWith(AGENT);
  }

  /** Does this load say anything about it? The agent that is asked differs in latency alone. */
  boolean takes(Load load) {
    return load.isLatency() || !name.equals(AGENT + "-asked");
  }

  /**
   * Starts it and waits until it works.
   *
   * @return where its reports are; empty if it makes none
   * @throws IllegalStateException if it does not start
   */
  Optional<Reports> start() {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Commands.Result result =
        commands.result(command("start"), Map.of("EXONWARD_DATA", options.data().toString()));
    if (result.code() != 0) {
      throw new IllegalStateException(name + " did not start: " + result.output().strip());
    }
    if (server != null) {
      return Optional.of(server);
    }
    List<Path> files =
        commands
            .run(command("files"))
            .lines()
            .filter(line -> !line.isBlank())
            .map(Path::of)
            .toList();
    return files.isEmpty() ? Optional.empty() : Optional.of(new FileReports(files));
  }

  /** Ends it; without effect if it does not run. */
  void stop() {
    commands.finish(command("stop"), Map.of("EXONWARD_DATA", options.data().toString()));
  }

  private List<String> command(String verb) {
    return List.of(
        options.scripts().resolve("subjects").resolve(name).toString(), verb, folder.toString());
  }

  List<String> pids() {
    try {
      return new ArrayList<>(Files.readAllLines(folder.resolve("pids")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
