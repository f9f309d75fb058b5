package io.exonward.server.cli;

import io.exonward.server.cli.client.Answer;
import io.exonward.server.cli.client.ExitCode;
import io.exonward.server.cli.client.Failure;
import io.exonward.server.cli.client.Json;
import io.exonward.server.cli.client.SecretOutput;
import io.exonward.server.cli.print.Format;
import io.exonward.server.cli.print.HarmlessText;
import io.exonward.server.cli.print.View;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.OptionSpec;
import tools.jackson.databind.JsonNode;

/**
 * Hands over the secret text of a new token, which the server tells only once: to standard output
 * or into a file.
 */
final class TokenText {
  private final Invocation invocation;
  private final OptionSpec out =
      Arguments.option("--out", "FILE", "Write the token to this file, mode 0600");

  TokenText(Invocation invocation) {
    this.invocation = invocation;
  }

  OptionSpec out() {
    return out;
  }

  /**
   * Prints what was created.
   *
   * @param created {@code {"token": …, "text": …}}
   */
  void hand(View view, Answer created) {
    String text = Json.text(created.json(), "text");
    if (text == null) {
      throw new Failure(ExitCode.REFUSED, "the server created no token");
    }
    JsonNode token = created.json().path("token");
    String file = Arguments.value(out);
    if (file != null) {
      SecretOutput.write(Path.of(file), text + "\n");
      invocation.printer().row(view, new Answer(token.toString(), token));
    } else if (invocation.options().format() == Format.TABLE) {
      invocation.printer().line(HarmlessText.of(text));
    } else {
      invocation.printer().row(view, created, json -> json.path("token"));
    }
    invocation.printer().message(advice(Json.textOr("-", token, "id"), file));
  }

  private static String advice(String id, @Nullable String file) {
    return "created token "
        + id
        + (file == null ? "; its text is shown only now" : "; its text is in " + file);
  }
}
