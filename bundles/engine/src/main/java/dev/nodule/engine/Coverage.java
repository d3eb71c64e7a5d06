package dev.nodule.engine;

import com.oracle.truffle.api.source.Source;
import com.oracle.truffle.js.runtime.GraalJSException;
import dev.nodule.api.Binding;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What ran of a program's files, in the form of V8's precise coverage with counts. */
final class Coverage {
  private record Counted(int start, int end, long count) {}

  private final Realm realm;
  private @Nullable ExecutionCounts counts;

  private Coverage(Realm realm) {
    this.realm = realm;
  }

  static void addNatives(Realm realm, Binding binding) {
    Coverage coverage = new Coverage(realm);
    binding
        .function(
            "startCoverage",
            0,
            arguments -> {
              if (coverage.counts == null) {
                coverage.counts = ExecutionCounts.start(realm, Coverage::isProgramFile);
              }
              return null;
            })
        .function("takeCoverage", 0, arguments -> coverage.take())
        .function(
            "resetCoverage",
            0,
            arguments -> {
              if (coverage.counts != null) {
                coverage.counts.reset();
              }
              return null;
            });
  }

  private static boolean isProgramFile(Source source) {
    return source.hasCharacters()
        && (source.getName().startsWith("/") || source.getName().startsWith("file:"));
  }

  /** {@code [{url, functions: [{functionName, isBlockCoverage, ranges}]}]}. */
  private List<Object> take() {
    List<Object> scripts = new ArrayList<>();
    ExecutionCounts known = counts;
    if (known != null) {
      for (Source source : known.sources()) {
        try {
          scripts.add(script(source, BlockRanges.of(realm.context, source), known));
        } catch (GraalJSException e) {
          // A script of node:vm that is no body of a function: left out.
        }
      }
    }
    return scripts;
  }

  private static Map<String, Object> script(
      Source source, BlockRanges.Function file, ExecutionCounts known) {
    String name = source.getName();
    List<Object> found = new ArrayList<>();
    NavigableMap<Integer, List<ExecutionCounts.Counter>> byStart = new TreeMap<>();
    for (ExecutionCounts.Counter counter : known.of(source)) {
      byStart.computeIfAbsent(counter.start, start -> new ArrayList<>()).add(counter);
    }
    byStart
        .values()
        .forEach(
            each ->
                each.sort(
                    Comparator.comparingInt((ExecutionCounts.Counter c) -> c.end).reversed()));
    add(file, 1, byStart, found);
    Map<String, Object> script = new LinkedHashMap<>();
    script.put("url", name.startsWith("/") ? Path.of(name).toUri().toString() : name);
    script.put("functions", found);
    return script;
  }

  /** A function and those in it; what is in a function that never ran goes without saying. */
  private static void add(
      BlockRanges.Function function,
      long calls,
      NavigableMap<Integer, List<ExecutionCounts.Counter>> byStart,
      List<Object> found) {
    found.add(function(function, calls, byStart));
    for (BlockRanges.Function inner : function.inner) {
      long innerCalls = calls(inner, byStart);
      if (calls > 0 || innerCalls > 0) {
        add(inner, innerCalls, byStart, found);
      }
    }
  }

  private static Map<String, Object> function(
      BlockRanges.Function function,
      long calls,
      NavigableMap<Integer, List<ExecutionCounts.Counter>> byStart) {
    List<Object> ranges = new ArrayList<>();
    ranges.add(range(function.start, function.end, calls));
    if (calls > 0) {
      for (Counted each : nested(function, calls, byStart)) {
        ranges.add(range(each.start, each.end, each.count));
      }
    }
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("functionName", function.name);
    result.put("ranges", ranges);
    result.put("isBlockCoverage", calls > 0);
    return result;
  }

  private static Map<String, Object> range(int start, int end, long count) {
    Map<String, Object> range = new LinkedHashMap<>();
    range.put("startOffset", start);
    range.put("endOffset", end);
    range.put("count", (double) count);
    return range;
  }

  private static long calls(
      BlockRanges.Function function, NavigableMap<Integer, List<ExecutionCounts.Counter>> byStart) {
    long most = 0;
    for (List<ExecutionCounts.Counter> each :
        byStart.subMap(function.sectionStart, true, function.sectionEnd, false).values()) {
      for (ExecutionCounts.Counter counter : each) {
        if (counter.root && counter.end <= function.sectionEnd && !isInner(function, counter)) {
          most = Math.max(most, counter.count());
        }
      }
    }
    return most;
  }

  private static boolean isInner(BlockRanges.Function function, ExecutionCounts.Counter counter) {
    for (BlockRanges.Function inner : function.inner) {
      if (counter.start >= inner.start && counter.end <= inner.end) {
        return true;
      }
    }
    return false;
  }

  /** The ranges whose count differs from what is around them, outer ones first. */
  private static List<Counted> nested(
      BlockRanges.Function function,
      long calls,
      NavigableMap<Integer, List<ExecutionCounts.Counter>> byStart) {
    List<Counted> kept = new ArrayList<>();
    List<Counted> open = new ArrayList<>();
    open.add(new Counted(function.start, function.end, calls));
    List<BlockRanges.Range> ordered = new ArrayList<>(function.ranges);
    ordered.sort(
        Comparator.comparingInt((BlockRanges.Range range) -> range.start())
            .thenComparing(Comparator.comparingInt((BlockRanges.Range range) -> -range.end())));
    for (BlockRanges.Range range : ordered) {
      while (open.getLast().end <= range.start()) {
        open.removeLast();
      }
      Counted around = open.getLast();
      long count = around.count == 0 ? 0 : countOf(function, range, around.count, byStart);
      Counted counted = new Counted(range.start(), Math.min(range.end(), around.end), count);
      open.add(counted);
      if (count == around.count) {
        continue;
      }
      Counted last = kept.isEmpty() ? null : kept.getLast();
      if (last != null && last.end == counted.start && last.count == count) {
        // Two branches side by side that ran as often are one.
        kept.set(kept.size() - 1, new Counted(last.start, counted.end, count));
      } else {
        kept.add(counted);
      }
    }
    return kept;
  }

  /** How often what comes first in a range ran; nothing there to run: as what is around it. */
  private static long countOf(
      BlockRanges.Function function,
      BlockRanges.Range range,
      long around,
      NavigableMap<Integer, List<ExecutionCounts.Counter>> byStart) {
    if (range.empty()) {
      return around;
    }
    for (List<ExecutionCounts.Counter> each :
        byStart.subMap(range.anchor(), true, range.end(), false).values()) {
      long most = -1;
      int reach = -1;
      for (ExecutionCounts.Counter counter : each) {
        if (counter.root || counter.end > range.end() || isInner(function, counter)) {
          continue;
        }
        if (reach == -1) {
          reach = counter.end;
        }
        if (counter.end == reach) {
          most = Math.max(most, counter.count());
        }
      }
      if (most >= 0) {
        return most;
      }
    }
    return 0;
  }
}
