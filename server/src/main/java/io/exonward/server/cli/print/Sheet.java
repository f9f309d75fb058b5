package io.exonward.server.cli.print;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A readable report of one object: sections of aligned fields, lists and tables. All text is made
 * harmless.
 */
public final class Sheet {
  private final List<String> lines = new ArrayList<>();
  private final List<Field> fields = new ArrayList<>();

  private int sectionStart;

  private record Field(String name, String value) {}

  /** Starts a section; one that stays empty says so. */
  public Sheet section(String title) {
    endSection();
    if (!lines.isEmpty()) {
      lines.add("");
    }
    lines.add(HarmlessText.of(title));
    sectionStart = lines.size();
    return this;
  }

  /** A field of the present section; left out where there is no value. */
  public Sheet field(String name, @Nullable String value) {
    if (value != null && !value.isEmpty()) {
      fields.add(new Field(name, HarmlessText.of(value)));
    }
    return this;
  }

  /** A line of the present section. */
  public Sheet line(String text) {
    endFields();
    lines.add("  " + HarmlessText.of(text));
    return this;
  }

  /** The finished report. */
  public List<String> lines() {
    endSection();
    return List.copyOf(lines);
  }

  private void endSection() {
    endFields();
    if (sectionStart > 0 && lines.size() == sectionStart) {
      lines.add("  none");
    }
  }

  private void endFields() {
    int width = fields.stream().mapToInt(field -> field.name().length()).max().orElse(0);
    for (Field field : fields) {
      lines.add(
          "  " + field.name() + " ".repeat(width - field.name().length() + 2) + field.value());
    }
    fields.clear();
  }
}
