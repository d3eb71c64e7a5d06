package dev.nodule.npm.diff;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A shortest edit script between two lists of lines: the greedy algorithm of E. Myers, "An O(ND)
 * Difference Algorithm". Of equally short scripts it finds the one that npm shows, as it prefers
 * the same one of two paths.
 */
final class LineDiff {
  /** What happens to some lines in a row. */
  enum Kind {
    SAME,
    REMOVED,
    ADDED
  }

  /**
   * Lines in a row with the same fate.
   *
   * @param oldStart the first of them in the old text, or where they are missing there
   * @param newStart likewise in the new text
   */
  record Run(Kind kind, int oldStart, int newStart, int count) {}

  /**
   * The furthest that was reached on a diagonal: this many old lines are behind it, and the way to
   * it.
   */
  private record Path(int oldPos, int newPos, @Nullable Path before, Kind step, int same) {}

  private final int[] a;
  private final int[] b;

  private LineDiff(int[] a, int[] b) {
    this.a = a;
    this.b = b;
  }

  static List<Run> of(List<String> old, List<String> fresh, boolean ignoreSpace) {
    var ids = new HashMap<String, Integer>();
    return new LineDiff(ids(old, ids, ignoreSpace), ids(fresh, ids, ignoreSpace)).runs();
  }

  private static int[] ids(List<String> lines, Map<String, Integer> known, boolean ignoreSpace) {
    return lines.stream()
        .mapToInt(l -> known.computeIfAbsent(ignoreSpace ? l.strip() : l, k -> known.size()))
        .toArray();
  }

  private List<Run> runs() {
    Path end = walk();
    var runs = new ArrayList<Run>();
    for (Path p = end; p != null; p = p.before) {
      if (p.same > 0) {
        add(runs, new Run(Kind.SAME, p.oldPos - p.same, p.newPos - p.same, p.same));
      }
      int oldPos = p.oldPos - p.same;
      int newPos = p.newPos - p.same;
      if (p.step == Kind.REMOVED) {
        add(runs, new Run(Kind.REMOVED, oldPos - 1, newPos, 1));
      } else if (p.step == Kind.ADDED) {
        add(runs, new Run(Kind.ADDED, oldPos, newPos - 1, 1));
      }
    }
    Collections.reverse(runs);
    return runs;
  }

  /** Puts a run before those that are there, which stand in reverse order. */
  private static void add(List<Run> runs, Run run) {
    Run next = runs.isEmpty() ? null : runs.getLast();
    if (next != null && next.kind == run.kind) {
      runs.set(
          runs.size() - 1, new Run(run.kind, run.oldStart, run.newStart, run.count + next.count));
    } else {
      runs.add(run);
    }
  }

  private Path walk() {
    // By diagonal, which is old minus new position; those outside of the text are not looked at.
    var furthest = new HashMap<Integer, Path>();
    Path start = alongSame(0, 0, null, Kind.SAME);
    if (isEnd(start)) {
      return start;
    }
    furthest.put(0, start);
    int lowest = Integer.MIN_VALUE;
    int highest = Integer.MAX_VALUE;
    for (int edits = 1; ; edits++) {
      for (int k = Math.max(lowest, -edits); k <= Math.min(highest, edits); k += 2) {
        Path remove = furthest.remove(k - 1);
        Path add = furthest.get(k + 1);
        boolean canAdd = add != null && add.newPos < b.length;
        boolean canRemove = remove != null && remove.oldPos < a.length;
        Path path;
        if (add != null && canAdd && (remove == null || !canRemove || remove.oldPos < add.oldPos)) {
          path = alongSame(add.oldPos, add.newPos + 1, add, Kind.ADDED);
        } else if (remove != null && canRemove) {
          path = alongSame(remove.oldPos + 1, remove.newPos, remove, Kind.REMOVED);
        } else {
          furthest.remove(k);
          continue;
        }
        if (isEnd(path)) {
          return path;
        }
        furthest.put(k, path);
        if (path.oldPos >= a.length) {
          highest = Math.min(highest, k - 1);
        }
        if (path.newPos >= b.length) {
          lowest = Math.max(lowest, k + 1);
        }
      }
    }
  }

  private boolean isEnd(Path path) {
    return path.oldPos >= a.length && path.newPos >= b.length;
  }

  private Path alongSame(int oldPos, int newPos, @Nullable Path before, Kind step) {
    int same = 0;
    while (oldPos + same < a.length
        && newPos + same < b.length
        && a[oldPos + same] == b[newPos + same]) {
      same++;
    }
    return new Path(oldPos + same, newPos + same, before, step, same);
  }
}
