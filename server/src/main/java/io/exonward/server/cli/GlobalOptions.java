package io.exonward.server.cli;

import io.exonward.server.cli.client.ExitCode;
import io.exonward.server.cli.client.Failure;
import io.exonward.server.cli.print.Format;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ScopeType;

/** Options that every command has; they may stand before or after it. */
final class GlobalOptions {
  private static final long DEFAULT_LIMIT = 50;
  private static final List<String> FORMATS = List.of("table", "json", "yaml", "name");

  private final OptionSpec output =
      inherited(
          OptionSpec.builder(
                  Arguments.choice("--output", FORMATS, "Form of the output; default table"))
              .names("-o", "--output"));
  private final OptionSpec limit =
      global(Arguments.option("--limit", "N|all", "Most items of a list; default 50"));
  private final OptionSpec utc = global(Arguments.flag("--utc", "Times in UTC, not relative"));
  private final OptionSpec noColor =
      global(Arguments.flag("--no-color", "No colors, as NO_COLOR in the environment does"));
  private final OptionSpec server =
      global(Arguments.option("--server", "URL", "Another server; needs --token-file"));
  private final OptionSpec tokenFile =
      global(Arguments.option("--token-file", "FILE", "API token from a file, - for stdin"));
  private final OptionSpec caFile =
      global(Arguments.option("--ca-file", "FILE", "Authority to trust, PEM"));
  private final OptionSpec config =
      global(Arguments.option("--config", "FILE", "Where the sign-in is stored"));
  private final OptionSpec help =
      inherited(
          OptionSpec.builder(Arguments.flag("--help", "Show this help"))
              .names("-h", "--help")
              .usageHelp(true));

  /** Adds them to the root, and thereby to all commands below it. */
  void addTo(CommandSpec root) {
    List.of(output, limit, utc, noColor, server, tokenFile, caFile, config, help)
        .forEach(root::addOption);
  }

  Format format() {
    String name = Arguments.value(output);
    return name == null ? Format.TABLE : Format.valueOf(name.toUpperCase(Locale.ROOT));
  }

  /** Most items of a list; {@link Long#MAX_VALUE} for all. */
  long limit() {
    String text = Arguments.value(limit);
    if (text == null) {
      return DEFAULT_LIMIT;
    }
    if (text.equals("all")) {
      return Long.MAX_VALUE;
    }
    if (!text.matches("[1-9][0-9]{0,8}")) {
      throw new Failure(ExitCode.USAGE, "--limit is a number from 1 or \"all\", not " + text);
    }
    return Long.parseLong(text);
  }

  boolean isUtc() {
    return Arguments.isSet(utc);
  }

  boolean isColorRefused() {
    return Arguments.isSet(noColor);
  }

  @Nullable String server() {
    return Arguments.value(server);
  }

  Optional<String> tokenFile() {
    return Optional.ofNullable(Arguments.value(tokenFile));
  }

  Optional<String> caFile() {
    return Optional.ofNullable(Arguments.value(caFile));
  }

  Optional<String> config() {
    return Optional.ofNullable(Arguments.value(config));
  }

  private static OptionSpec global(OptionSpec option) {
    return inherited(OptionSpec.builder(option));
  }

  private static OptionSpec inherited(OptionSpec.Builder option) {
    return option.scopeType(ScopeType.INHERIT).build();
  }
}
