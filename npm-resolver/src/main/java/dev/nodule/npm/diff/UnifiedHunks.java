package dev.nodule.npm.diff;

import dev.nodule.npm.diff.LineDiff.Kind;
import dev.nodule.npm.diff.LineDiff.Run;
import java.util.ArrayList;
import java.util.List;

/** The changed places of a text with some unchanged lines around them, as in a unified diff. */
final class UnifiedHunks {
  private final List<String> old;
  private final List<String> fresh;
  private final int context;
  private final StringBuilder text = new StringBuilder();

  /** The hunk that is being made: its lines, and how many of either text it has. */
  private final List<String> lines = new ArrayList<>();

  private int oldStart;
  private int newStart;
  private int oldLines;
  private int newLines;

  private UnifiedHunks(List<String> old, List<String> fresh, int context) {
    this.old = old;
    this.fresh = fresh;
    this.context = context;
  }

  static String of(String old, String fresh, int context, boolean ignoreSpace) {
    var hunks = new UnifiedHunks(lines(old), lines(fresh), context);
    hunks.write(LineDiff.of(hunks.old, hunks.fresh, ignoreSpace));
    return hunks.text.toString();
  }

  /** Lines with the break that ends them; only the last may have none. */
  private static List<String> lines(String text) {
    var result = new ArrayList<String>();
    for (int start = 0; start < text.length(); ) {
      int end = text.indexOf('\n', start);
      end = end < 0 ? text.length() : end + 1;
      result.add(text.substring(start, end));
      start = end;
    }
    return result;
  }

  private void write(List<Run> runs) {
    for (int i = 0; i < runs.size(); i++) {
      Run run = runs.get(i);
      if (run.kind() != Kind.SAME) {
        if (lines.isEmpty()) {
          int before = i == 0 ? 0 : Math.min(context, runs.get(i - 1).count());
          oldStart = run.oldStart() - before;
          newStart = run.newStart() - before;
          same(run.newStart() - before, before);
        }
        changed(run);
      } else if (!lines.isEmpty()) {
        boolean joins = run.count() <= 2 * context && i < runs.size() - 1;
        same(run.newStart(), joins ? run.count() : Math.min(run.count(), context));
        if (!joins) {
          end();
        }
      }
    }
    end();
  }

  private void changed(Run run) {
    boolean added = run.kind() == Kind.ADDED;
    for (int n = 0; n < run.count(); n++) {
      lines.add(added ? "+" + fresh.get(run.newStart() + n) : "-" + old.get(run.oldStart() + n));
    }
    if (added) {
      newLines += run.count();
    } else {
      oldLines += run.count();
    }
  }

  private void same(int from, int count) {
    for (int n = 0; n < count; n++) {
      lines.add(" " + fresh.get(from + n));
    }
    oldLines += count;
    newLines += count;
  }

  private void end() {
    if (lines.isEmpty()) {
      return;
    }
    text.append(
        "@@ -%d,%d +%d,%d @@\n"
            .formatted(first(oldStart, oldLines), oldLines, first(newStart, newLines), newLines));
    for (String line : lines) {
      text.append(line);
      if (!line.endsWith("\n")) {
        text.append("\n\\ No newline at end of file\n");
      }
    }
    lines.clear();
    oldLines = 0;
    newLines = 0;
  }

  /** Lines count from one; a hunk without any stands behind the line before it. */
  private static int first(int start, int count) {
    return count == 0 ? start : start + 1;
  }
}
