package io.exonward.server;

import io.exonward.common.config.ConfigException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Properties;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code exon-server}. */
@Command(
    name = "exon-server",
    description = "Server of Exonward: keeps what agents see, raises alerts, serves the console.",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    subcommands = {Main.Run.class, Main.Check.class},
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done, or stopped on request",
      "1:failed while running",
      "2:wrong arguments",
      "3:the configuration has problems",
      "4:cannot start: a port is in use, the database is away or the like"
    })
public final class Main {
  static final int EXIT_FAILED = 1;
  static final int EXIT_CONFIG = 3;
  static final int EXIT_START = 4;

  private Main() {}

  /** Runs the command that the arguments name and exits with its code. */
  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  static CommandLine commandLine() {
    return new CommandLine(new Main())
        .setExecutionExceptionHandler((e, command, _) -> {
          command.getErr().println("exon-server: " + e);
          return EXIT_FAILED;
        });
  }

  /** Options of all commands that read the configuration. */
  private static final class ConfigOption {
    @Option(
        names = "--config",
        required = true,
        paramLabel = "FILE",
        description = "Configuration, see the full example server.yaml.")
    private @Nullable Path file;

    Path file() {
      if (file == null) {
        throw new IllegalStateException("picocli requires --config");
      }
      return file;
    }
  }

  /** Reads the configuration, or says what is wrong with it. */
  private static @Nullable ServerConfig read(ConfigOption option) {
    try {
      return ServerConfig.read(option.file());
    } catch (ConfigException e) {
      e.problems().forEach(System.err::println);
      return null;
    }
  }

  /** Serves until it is told to stop. */
  @Command(
      name = "run",
      description = "Serves until SIGTERM or SIGINT.",
      mixinStandardHelpOptions = true)
  static final class Run implements Callable<Integer> {
    @CommandLine.Mixin private final ConfigOption config = new ConfigOption();

    @Option(
        names = "--bootstrap-token-file",
        paramLabel = "FILE",
        description = "Where to write an administrator's API token, if there is no such file yet.")
    private @Nullable Path tokenFile;

    @Override
    public Integer call() throws InterruptedException {
      ServerConfig read = read(config);
      if (read == null) {
        return EXIT_CONFIG;
      }
      // Read by logback.xml when the first logger is made, which is after this.
      System.setProperty("exonward.log-level", read.logLevel().name());
      return ServerProcess.run(read, tokenFile);
    }
  }

  /** Reads the configuration. */
  @Command(
      name = "check",
      description = "Checks the configuration and says what it would do.",
      mixinStandardHelpOptions = true)
  static final class Check implements Callable<Integer> {
    @CommandLine.Mixin private final ConfigOption config = new ConfigOption();

    @Override
    public Integer call() {
      ServerConfig read = read(config);
      if (read == null) {
        return EXIT_CONFIG;
      }
      System.out.println("console     " + read.listen().console());
      System.out.println("agents      " + read.listen().agents());
      System.out.println("enrollment  " + read.listen().enrollment());
      System.out.println("data        " + read.dataDirectory());
      System.out.println(
          switch (read.database()) {
            case ServerConfig.DatabaseConfig.Embedded _ -> "database    embedded";
            case ServerConfig.DatabaseConfig.External(var url, var user, var _) ->
                "database    " + url.replaceAll("\\?.*", "") + " as " + user;
          });
      return 0;
    }
  }

  /** The version of the jar. */
  static final class Version implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"exon-server " + text()};
    }

    /** What Maven wrote into the jar; "development" out of a class folder. */
    static String text() {
      Properties properties = new Properties();
      try (InputStream in =
          Main.class.getResourceAsStream(
              "/META-INF/maven/io.exonward/exonward-server/pom.properties")) {
        if (in != null) {
          properties.load(in);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return properties.getProperty("version", "development");
    }
  }
}
