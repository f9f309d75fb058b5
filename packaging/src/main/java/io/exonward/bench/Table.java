package io.exonward.bench;

import java.util.ArrayList;
import java.util.List;

/** A Markdown table whose columns stand one below the other. */
final class Table {
  private final List<List<String>> rows = new ArrayList<>();

  Table(String... columns) {
    rows.add(List.of(columns));
  }

  /** Adds a row of as many cells as there are columns. */
  void row(String... cells) {
    rows.add(List.of(cells));
  }

  String text() {
    List<Integer> widths = new ArrayList<>();
    for (int column = 0; column < rows.getFirst().size(); column++) {
      int at = column;
      widths.add(rows.stream().mapToInt(row -> row.get(at).length()).max().orElse(0));
    }
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < rows.size(); i++) {
      append(text, rows.get(i), widths, ' ');
      if (i == 0) {
        append(text, rows.getFirst().stream().map(_ -> "").toList(), widths, '-');
      }
    }
    return text.toString();
  }

  private static void append(
      StringBuilder text, List<String> cells, List<Integer> widths, char filler) {
    for (int column = 0; column < cells.size(); column++) {
      String cell = cells.get(column);
      text.append("| ").append(cell);
      text.append(String.valueOf(filler).repeat(widths.get(column) - cell.length())).append(' ');
    }
    text.append("|\n");
  }
}
