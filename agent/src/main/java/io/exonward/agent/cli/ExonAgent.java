package io.exonward.agent.cli;

import io.exonward.agent.AgentVersion;
import io.exonward.common.config.ConfigException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.IVersionProvider;

/** The command without a subcommand. */
@Command(
    name = "exon-agent",
    description = "Sees every execution on this host and reports it to the Exonward server.",
    mixinStandardHelpOptions = true,
    versionProvider = ExonAgent.Version.class,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      StatusCommand.class,
      CoverageCommand.class,
      CheckCommand.class,
      EnrollCommand.class,
      HelpCommand.class
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:all is well",
      "1:a problem was found",
      "2:wrong usage or configuration",
      "3:the agent, or for enroll the server, cannot be reached"
    })
public final class ExonAgent {
  private ExonAgent() {}

  /** Finds out the version only when it is asked for. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"exon-agent " + AgentVersion.read()};
    }
  }

  /** The command line with all subcommands of this package. */
  public static CommandLine commandLine() {
    return new CommandLine(new ExonAgent())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionExceptionHandler((error, command, _) -> report(error, command.getErr()));
  }

  /** The JDK says of a missing file only its name. */
  private static String reason(IOException failure) {
    return switch (failure) {
      case NoSuchFileException missing -> missing.getFile() + " does not exist";
      case AccessDeniedException denied -> denied.getFile() + " cannot be read: permission denied";
      default -> String.valueOf(failure.getMessage());
    };
  }

  /**
   * Says what went wrong and returns the exit code for it.
   *
   * @throws Exception the same, if it is none that is expected
   */
  public static int report(Exception error, PrintWriter err) throws Exception {
    if (error instanceof ConfigException config) {
      config.problems().forEach(err::println);
      return ExitCode.USAGE;
    }
    if (error instanceof IOException failure) {
      err.println("exon-agent: " + reason(failure));
      return ExitCode.PROBLEM;
    }
    throw error;
  }
}
