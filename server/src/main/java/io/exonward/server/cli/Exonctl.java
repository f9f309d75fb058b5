package io.exonward.server.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.exonward.server.cli.client.ExitCode;
import io.exonward.server.cli.client.Failure;
import io.exonward.server.cli.print.HarmlessText;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Entry point: builds the tree of commands, runs one, and turns what it ends with into an exit
 * code.
 */
public final class Exonctl {
  private static final int HELP_WIDTH = 100;

  private final Invocation invocation;
  private final CommandLine commandLine;

  private Exonctl(Invocation invocation) {
    this.invocation = invocation;
    this.commandLine = commandLine(root());
  }

  /** Runs exonctl; the exit code is one of {@link ExitCode}. */
  public static void main(String[] arguments) {
    System.exit(run(Surroundings.ofProcess(), arguments));
  }

  static int run(Surroundings surroundings, String... arguments) {
    try (Invocation invocation = new Invocation(surroundings)) {
      return new Exonctl(invocation).commandLine.execute(arguments);
    }
  }

  private CommandSpec root() {
    CommandSpec root =
        Verbs.noun(
            "exonctl",
            "Administers an Exonward server.",
            new LoginCommand(invocation).spec(),
            new LogoutCommand(invocation).spec(),
            new AlertCommands(invocation).spec(),
            new HostCommands(invocation).spec(),
            new GroupCommands(invocation).spec(),
            new BaselineCommands(invocation).spec(),
            new RuleCommands(invocation).spec(),
            new CodeCommands(invocation).spec(),
            new FamilyCommands(invocation).spec(),
            new JoinTokenCommands(invocation).spec(),
            new ApiTokenCommands(invocation).spec(),
            new OperatorCommands(invocation).spec(),
            new AuditCommands(invocation).spec(),
            Verbs.verb("completion", "Print completion for bash", this::printCompletion));
    invocation.options().addTo(root);
    root.usageMessage().exitCodeListHeading("%nExit codes:%n").exitCodeList(exitCodes());
    return root;
  }

  private static Map<String, String> exitCodes() {
    Map<String, String> codes = new LinkedHashMap<>();
    for (ExitCode code : ExitCode.values()) {
      codes.put(Integer.toString(code.number()), code.meaning());
    }
    return codes;
  }

  private CommandLine commandLine(CommandSpec root) {
    Terminal terminal = invocation.terminal();
    return new CommandLine(root)
        .setColorScheme(Help.defaultColorScheme(Help.Ansi.OFF))
        .setUsageHelpWidth(HELP_WIDTH)
        .setOut(new PrintWriter(terminal.out(), true, UTF_8))
        .setErr(new PrintWriter(terminal.err(), true, UTF_8))
        .setParameterExceptionHandler((failure, _) -> refuse(failure))
        .setExecutionExceptionHandler((failure, _, _) -> end(failure));
  }

  private int refuse(ParameterException failure) {
    complain(
        failure instanceof UnmatchedArgumentException unmatched
            ? unknown(unmatched)
            : String.valueOf(failure.getMessage()));
    String command = failure.getCommandLine().getCommandSpec().qualifiedName();
    invocation.terminal().err().println("see " + command + " --help");
    return ExitCode.USAGE.number();
  }

  /** The library counts options in its message, which says nothing to who typed a wrong word. */
  private static String unknown(UnmatchedArgumentException failure) {
    String first = failure.getUnmatched().getFirst();
    boolean isNoun = !failure.getCommandLine().getSubcommands().isEmpty();
    String kind =
        failure.isUnknownOption() ? "unknown option" : isNoun ? "unknown command" : "unexpected";
    List<String> near = failure.getSuggestions();
    return kind
        + " '"
        + first
        + "'"
        + (near.isEmpty() ? "" : "; did you mean " + String.join(" or ", near) + "?");
  }

  private int end(Exception thrown) throws Exception {
    if (thrown instanceof Failure failure) {
      complain(failure.message());
      return failure.exitCode().number();
    }
    throw thrown;
  }

  private void complain(String message) {
    invocation.terminal().err().println("exonctl: " + HarmlessText.of(message));
  }

  private void printCompletion() {
    invocation.terminal().out().print(AutoComplete.bash("exonctl", commandLine));
  }
}
