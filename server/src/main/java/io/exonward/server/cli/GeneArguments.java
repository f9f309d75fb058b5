package io.exonward.server.cli;

import io.exonward.server.cli.client.ExitCode;
import io.exonward.server.cli.client.Failure;
import io.exonward.server.cli.gene.GeneWork;
import io.exonward.server.cli.gene.LocalIndex;
import io.exonward.server.cli.gene.Progress;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** What commands that work on code of this machine have in common. */
final class GeneArguments {
  private GeneArguments() {}

  /** Where there are families of the server as well. */
  static OptionSpec index() {
    return Arguments.option("--index", "DIR", "Use the index in this directory, and no server");
  }

  /** Where there is nothing else. */
  static OptionSpec requiredIndex() {
    return Arguments.requiredOption("--index", "DIR", "Directory of the index of families");
  }

  /** The index that was named; null if none was. */
  static @Nullable LocalIndex local(OptionSpec option) {
    String directory = Arguments.value(option);
    return directory == null ? null : new LocalIndex(path(directory));
  }

  static LocalIndex index(OptionSpec option) {
    return new LocalIndex(path(Arguments.required(option)));
  }

  /** Files that were named; each must exist, for a wrong name is not an empty scan. */
  static List<Path> paths(PositionalParamSpec operand) {
    return Arguments.values(operand).stream().map(GeneArguments::existing).toList();
  }

  static Path existing(String name) {
    Path path = path(name);
    if (!Files.exists(path)) {
      throw new Failure(ExitCode.NOT_FOUND, name + ": no such file or directory");
    }
    return path;
  }

  /** Work that tells the operator how far it is. */
  static GeneWork work(Invocation invocation, String verb) {
    return new GeneWork(
        new Progress(invocation.surroundings().clock(), verb, invocation.printer()::message),
        invocation.printer()::message);
  }

  private static Path path(String name) {
    try {
      return Path.of(name);
    } catch (InvalidPathException e) {
      throw new Failure(ExitCode.USAGE, "'" + name + "' is no path: " + e.getReason(), e);
    }
  }
}
