package io.exonward.server.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.exonward.server.cli.client.Json;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Names that a host made up must not steer the terminal, in any form of output. */
final class HostileTextTest {
  /**
   * Clears the screen, forges a line, reverses text, hides characters, and looks like an escape.
   */
  private static final String HOSTILE =
      "x\u001b[2J\n17 ok\u009b1m\u202egnp\u200b\u2066\\u001b \udb40\udc41\u007f";

  private static final Pattern DANGEROUS =
      Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}&&[^\\n]]");

  @TempDir Path home;
  private ExonctlFixture exonctl;

  @BeforeEach
  void start() {
    exonctl = ExonctlFixture.signedIn(home);
    for (String operation : new String[] {"listAlerts", "readAlert", "listHosts", "readHost"}) {
      String quoted = Json.object().put("x", HOSTILE).path("x").toString();
      String text = quoted.substring(1, quoted.length() - 1);
      String body =
          ApiServer.recorded(operation)
              .replace("Unknown code executed: /srv/x", text)
              .replace("two words", text)
              .replace("-bash", text)
              .replace("\"web-1\"", "\"" + text + "\"")
              .replace("not in the baseline", text)
              .replace("is in no baseline", text)
              .replace("queue-full", text);
      exonctl.server().answer(operation, _ -> new ApiServer.Response(200, body));
    }
  }

  @AfterEach
  void stop() {
    exonctl.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "alert list",
        "alert show 17",
        "host list",
        "host show 0b0a7c1e-3f55-4d8e-9a53-2d1f0c9a1b01"
      })
  void output_everyForm_isHarmless(String command) {
    for (String form : new String[] {"table", "json", "yaml"}) {
      String out = exonctl.run((command + " -o " + form).split(" ")).out();

      assertTrue(out.contains("gnp"), form);
      assertFalse(DANGEROUS.matcher(out).find(), form + ": " + out);
      assertFalse(out.contains("\n17 ok"), form + ": " + out);
    }
  }

  @Test
  void table_showsWhatIsHidden() {
    assertTrue(
        exonctl
            .run("alert", "list")
            .out()
            .contains(
                "x\\u001b[2J\\u000a17 ok\\u009b1m\\u202egnp\\u200b\\u2066\\\\u001b \\U000e0041\\u007f\n"));
  }

  @Test
  void jsonAndYaml_keepTheText() {
    String json = exonctl.run("alert", "list", "-o", "json").out();
    Object yaml =
        new Load(LoadSettings.builder().build())
            .loadFromString(exonctl.run("alert", "list", "-o", "yaml").out());

    assertEquals(HOSTILE, Json.text(Json.parse(json).at("/items/0/title")));
    assertTrue(yaml.toString().contains("title=" + HOSTILE + ","));
  }

  @Test
  void message_ofServer_isHarmless() {
    exonctl.server().refuse("readGroup", 404, "not_found", "no group \\u001b[31m");

    assertEquals(
        "exonctl: not found: no group \\u001b[31m\n", exonctl.run("group", "show", "x").err());
  }
}
