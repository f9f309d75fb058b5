package io.exonward.server.cli.print;

import io.exonward.server.cli.client.Answer;
import io.exonward.server.cli.client.Json;
import java.io.PrintStream;
import java.util.List;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/**
 * Writes answers in the form that was asked for: data to standard output, messages to standard
 * error.
 *
 * <p>Not thread-safe.
 */
public final class Printer {
  private final Streams streams;
  private final Format format;
  private final Moments moments;
  private final Palette palette;

  /**
   * Where output goes.
   *
   * @param columns width of the terminal; {@link Integer#MAX_VALUE} where lines are not cut
   */
  public record Streams(PrintStream out, PrintStream err, int columns) {}

  public Printer(Streams streams, Format format, Moments moments, Palette palette) {
    this.streams = streams;
    this.format = format;
    this.moments = moments;
    this.palette = palette;
  }

  public Format format() {
    return format;
  }

  /** How times are shown. */
  public Moments moments() {
    return moments;
  }

  /** Columns that are left for lines. */
  public int columns() {
    return streams.columns();
  }

  /** A list in its envelope. */
  public void list(View view, JsonNode envelope) {
    List<JsonNode> items = Json.items(envelope, "items");
    switch (format) {
      case JSON -> json(envelope.toString());
      case YAML -> streams.out().print(Yaml.write(envelope));
      case NAME -> items.forEach(item -> line(view.id(item)));
      case TABLE -> table(view, items, Json.isPresent(envelope, "next"));
    }
  }

  /** One object as a report. */
  public void show(Answer answer, Function<JsonNode, String> id, Function<JsonNode, Sheet> sheet) {
    switch (format) {
      case JSON -> json(answer.body());
      case YAML -> streams.out().print(Yaml.write(answer.json()));
      case NAME -> line(HarmlessText.of(id.apply(answer.json())));
      case TABLE -> sheet.apply(answer.json()).lines().forEach(this::line);
    }
  }

  /** One object as a table of one line, for example what a command has changed. */
  public void row(View view, Answer answer) {
    row(view, answer, Function.identity());
  }

  /** As {@link #row(View, Answer)}, where the object stands inside the answer. */
  public void row(View view, Answer answer, Function<JsonNode, JsonNode> object) {
    JsonNode item = object.apply(answer.json());
    switch (format) {
      case JSON -> json(answer.body());
      case YAML -> streams.out().print(Yaml.write(answer.json()));
      case NAME -> line(view.id(item));
      case TABLE -> table(view, List.of(item), false);
    }
  }

  /**
   * Starts an output that goes on: a table whose columns have these widths begins with its titles.
   */
  public void begin(View view, int[] widths) {
    if (format == Format.TABLE) {
      line(new Table(view.columns(), moments, palette).titles(widths));
    }
  }

  /**
   * One more item of an output that goes on: a line of the table, of JSON lines, of ids, or a YAML
   * document.
   *
   * @return whether it could be written: false once nobody reads any more
   */
  public boolean next(View view, int[] widths, JsonNode item) {
    switch (format) {
      case JSON -> json(item.toString());
      case YAML -> streams.out().print("---\n" + Yaml.write(item));
      case NAME -> line(view.id(item));
      case TABLE -> line(new Table(view.columns(), moments, palette).line(item, widths));
    }
    return !streams.out().checkError();
  }

  /** A line of data as it is. */
  public void line(String harmless) {
    streams.out().println(harmless);
  }

  /** A message to the operator. */
  public void message(String text) {
    streams.err().println(HarmlessText.of(text));
  }

  private void json(String text) {
    streams.out().println(HarmlessText.ofJson(text.strip()));
  }

  private void table(View view, List<JsonNode> items, boolean isMore) {
    if (items.isEmpty()) {
      message("no " + view.plural());
      return;
    }
    new Table(view.columns(), moments, palette).write(items, streams.columns(), this::line);
    if (isMore) {
      message("more exist: --limit N or --limit all");
    }
  }
}
