package io.exonward.server.cli;

import io.exonward.server.cli.client.Api;
import io.exonward.server.cli.client.ProfileFile;
import io.exonward.server.cli.print.Moments;
import io.exonward.server.cli.print.Palette;
import io.exonward.server.cli.print.Printer;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * One run of exonctl: what it was given, and, opened when a command first needs it, the connection
 * to the server.
 *
 * <p>Not thread-safe.
 */
final class Invocation implements AutoCloseable {
  private final Surroundings surroundings;
  private final GlobalOptions options = new GlobalOptions();
  private @Nullable Api api;

  Invocation(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  Surroundings surroundings() {
    return surroundings;
  }

  Terminal terminal() {
    return surroundings.terminal();
  }

  GlobalOptions options() {
    return options;
  }

  /** Where the sign-in is stored. */
  ProfileFile profileFile() {
    return options
        .config()
        .map(path -> new ProfileFile(Path.of(path)))
        .orElseGet(() -> ProfileFile.byDefault(surroundings.environment(), surroundings.home()));
  }

  /** The API of the server that the operator is signed in to. */
  Api api() {
    Api open = api;
    if (open == null) {
      open = new Connection(this).open();
      api = open;
    }
    return open;
  }

  Printer printer() {
    return printer(options.isUtc());
  }

  Printer printer(boolean isUtc) {
    return new Printer(
        new Printer.Streams(terminal().out(), terminal().err(), columns()),
        options.format(),
        new Moments(surroundings.clock(), isUtc),
        new Palette(isColored()));
  }

  private boolean isColored() {
    // no-color.org: present and not empty
    return terminal().prompt().isPresent()
        && !options.isColorRefused()
        && variable("NO_COLOR").isEmpty()
        && !variable("TERM").equals("dumb");
  }

  private int columns() {
    String columns = variable("COLUMNS");
    return columns.matches("[1-9][0-9]{1,3}") ? Integer.parseInt(columns) : Integer.MAX_VALUE;
  }

  private String variable(String name) {
    return surroundings.environment().getOrDefault(name, "");
  }

  @Override
  public void close() {
    if (api != null) {
      api.close();
    }
  }
}
