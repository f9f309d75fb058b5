package io.exonward.server.cli.print;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/**
 * Lays out items in aligned columns. Where the terminal is too narrow, TEXT columns are cut, the
 * widest first, but not below {@value #NARROWEST}; all others stay whole, even if the line is then
 * too long.
 */
final class Table {
  private static final int NARROWEST = 12;
  private static final String GAP = "  ";

  private final List<Column> columns;
  private final Moments moments;
  private final Palette palette;

  Table(List<Column> columns, Moments moments, Palette palette) {
    this.columns = columns;
    this.moments = moments;
    this.palette = palette;
  }

  /** Writes the title line and one line for each item. */
  void write(List<JsonNode> items, int width, Consumer<String> lines) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(columns.stream().map(Column::title).toList());
    items.forEach(item -> rows.add(cells(item)));
    int[] widths = fit(widths(rows), width);
    rows.forEach(row -> lines.accept(line(row, widths)));
  }

  /** The title line in columns of the given widths, for output that goes on. */
  String titles(int[] widths) {
    return line(columns.stream().map(Column::title).toList(), widths);
  }

  /** The line of one item in columns of the given widths; only TEXT columns are cut. */
  String line(JsonNode item, int[] widths) {
    return line(cells(item), widths);
  }

  private List<String> cells(JsonNode item) {
    return columns.stream().map(column -> cell(column, item)).toList();
  }

  private String cell(Column column, JsonNode item) {
    String value = column.value().apply(item);
    return column.kind() == Column.Kind.TIME ? moments.brief(value) : HarmlessText.of(value);
  }

  private int[] widths(List<List<String>> rows) {
    int[] widths = new int[columns.size()];
    for (List<String> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], DisplayWidth.of(row.get(i)));
      }
    }
    return widths;
  }

  private int[] fit(int[] widths, int available) {
    int total = GAP.length() * (widths.length - 1);
    for (int width : widths) {
      total += width;
    }
    for (int widest = widestText(widths); total > available && widest >= 0; total--) {
      widths[widest]--;
      widest = widestText(widths);
    }
    return widths;
  }

  private int widestText(int[] widths) {
    int widest = -1;
    for (int i = 0; i < widths.length; i++) {
      boolean canShrink = columns.get(i).kind() == Column.Kind.TEXT && widths[i] > NARROWEST;
      if (canShrink && (widest < 0 || widths[i] > widths[widest])) {
        widest = i;
      }
    }
    return widest;
  }

  private String line(List<String> cells, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      Column.Kind kind = columns.get(i).kind();
      String cell = cells.get(i);
      String shown = kind == Column.Kind.TEXT ? DisplayWidth.cut(cell, widths[i]) : cell;
      String painted = kind == Column.Kind.WORD ? palette.paint(cell, shown) : shown;
      boolean isLast = i == widths.length - 1;
      int gap = isLast && kind != Column.Kind.NUMBER ? 0 : widths[i] - DisplayWidth.of(shown);
      String padding = " ".repeat(Math.max(0, gap));
      line.append(i == 0 ? "" : GAP)
          .append(kind == Column.Kind.NUMBER ? padding + painted : painted + padding);
    }
    return line.toString();
  }
}
