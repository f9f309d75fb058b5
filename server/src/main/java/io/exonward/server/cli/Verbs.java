package io.exonward.server.cli;

import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;

/** Builds the tree of commands: nouns, and verbs that do something. */
final class Verbs {
  private Verbs() {}

  /** A command that does something. */
  static CommandSpec verb(String name, String summary, Runnable action, ArgSpec... arguments) {
    CommandSpec spec = command(action, name, summary);
    for (ArgSpec argument : arguments) {
      switch (argument) {
        case OptionSpec option -> spec.addOption(option);
        case PositionalParamSpec operand -> spec.addPositional(operand);
        default -> throw new IllegalArgumentException("neither option nor operand: " + argument);
      }
    }
    return spec;
  }

  /** A command that only has commands below it. */
  static CommandSpec noun(String name, String summary, CommandSpec... verbs) {
    CommandSpec[] self = new CommandSpec[1];
    Runnable missing =
        () -> {
          throw new ParameterException(self[0].commandLine(), "missing command");
        };
    CommandSpec spec = command(missing, name, summary);
    self[0] = spec;
    spec.usageMessage().synopsisSubcommandLabel("COMMAND");
    for (CommandSpec verb : verbs) {
      spec.addSubcommand(verb.name(), verb);
    }
    return spec;
  }

  private static CommandSpec command(Runnable action, String name, String summary) {
    CommandSpec spec = CommandSpec.wrapWithoutInspection(action).name(name);
    spec.usageMessage()
        .description(summary)
        .abbreviateSynopsis(false)
        .sortOptions(false)
        .sortSynopsis(false)
        .commandListHeading("%nCommands:%n");
    return spec;
  }
}
