package dev.nodule.console;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** Columns of text under headings; numbers to the right. */
final class TextTable {
  private final List<List<String>> rows = new ArrayList<>();

  TextTable(String... headings) {
    rows.add(List.of(headings));
  }

  void add(String... cells) {
    rows.add(List.of(cells));
  }

  void print(PrintStream out) {
    int columns = rows.getFirst().size();
    int[] widths = new int[columns];
    boolean[] numeric = new boolean[columns];
    for (int column = 0; column < columns; column++) {
      numeric[column] = rows.size() > 1;
      for (int row = 0; row < rows.size(); row++) {
        String cell = rows.get(row).get(column);
        widths[column] = Math.max(widths[column], cell.length());
        numeric[column] &= row == 0 || cell.matches("-?[\\d.,]*");
      }
    }
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int column = 0; column < columns; column++) {
        String pad = " ".repeat(widths[column] - row.get(column).length());
        line.append(numeric[column] ? pad + row.get(column) : row.get(column) + pad).append("  ");
      }
      out.println(line.toString().stripTrailing());
    }
  }
}
