package io.exonward.server.cli;

import io.exonward.server.cli.client.ExitCode;
import io.exonward.server.cli.client.Failure;
import io.exonward.server.cli.print.HarmlessText;
import picocli.CommandLine.Model.OptionSpec;

/** Asks before something that cannot be taken back. */
final class Confirmation {
  private final OptionSpec yes = Arguments.flag("--yes", "Do not ask");
  private final Terminal terminal;

  Confirmation(Terminal terminal) {
    this.terminal = terminal;
  }

  OptionSpec option() {
    return yes;
  }

  /**
   * Returns if the operator agrees.
   *
   * @param consequence what will happen; may name what a host reported
   */
  void require(String consequence) {
    if (Arguments.isSet(yes)) {
      return;
    }
    Terminal.Prompt prompt =
        terminal
            .prompt()
            .orElseThrow(() ->
                new Failure(ExitCode.USAGE, consequence + "; no terminal to ask, so add --yes"));
    String answer = prompt.readLine(HarmlessText.of(consequence) + ". Type yes to go on: ");
    if (!answer.strip().equals("yes")) {
      throw new Failure(ExitCode.USAGE, "not confirmed, nothing was changed");
    }
  }
}
