package io.exonward.agent.cli;

import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** In which form a command says what it found. */
public final class OutputForm {
  enum Form {
    TABLE,
    JSON,
    YAML
  }

  @Option(
      names = {"-o", "--output"},
      paramLabel = "table|json|yaml",
      description = "Form of the output (default: table).")
  private Form form = Form.TABLE;

  /** Writes the whole as JSON or YAML, or the lines for people. */
  void write(PrintWriter out, JsonNode whole, List<String> lines) {
    switch (form) {
      case JSON -> out.println(whole.toPrettyString());
      case YAML -> out.print(Yaml.write(whole));
      case TABLE -> lines.forEach(out::println);
    }
    out.flush();
  }
}
