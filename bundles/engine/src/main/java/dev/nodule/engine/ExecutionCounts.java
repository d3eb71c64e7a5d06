package dev.nodule.engine;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.frame.VirtualFrame;
import com.oracle.truffle.api.instrumentation.EventContext;
import com.oracle.truffle.api.instrumentation.ExecutionEventNode;
import com.oracle.truffle.api.instrumentation.Instrumenter;
import com.oracle.truffle.api.instrumentation.SourceSectionFilter;
import com.oracle.truffle.api.instrumentation.StandardTags.ExpressionTag;
import com.oracle.truffle.api.instrumentation.StandardTags.RootTag;
import com.oracle.truffle.api.instrumentation.StandardTags.StatementTag;
import com.oracle.truffle.api.source.Source;
import com.oracle.truffle.api.source.SourceSection;
import com.oracle.truffle.js.nodes.control.YieldException;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * How often each statement and expression of chosen sources ran. Nodes that are split or compiled
 * count together; nothing is slower while no counts were asked for.
 */
final class ExecutionCounts {
  /** Which node a counter is for: two kinds of node at one place are not the same. */
  private record Place(int start, int end, boolean root, Class<?> kind) {}

  /** A counter of a place; a race between workers may lose a step, never the first one's. */
  static final class Counter {
    final int start;
    final int end;

    /** Whether it counts calls of the function at this place. */
    final boolean root;

    private long entered;
    private int suspended;

    Counter(int start, int end, boolean root) {
      this.start = start;
      this.end = end;
      this.root = root;
    }

    long count() {
      return entered;
    }

    /** A generator or an async function enters its statement again when it goes on. */
    void enter() {
      if (suspended > 0) {
        suspended--;
      } else {
        entered++;
      }
    }

    void suspend() {
      suspended++;
    }

    void reset() {
      entered = 0;
    }
  }

  private static final class CountNode extends ExecutionEventNode {
    private final Counter counter;

    CountNode(Counter counter) {
      this.counter = counter;
    }

    @Override
    protected void onEnter(VirtualFrame frame) {
      counter.enter();
    }

    @Override
    protected void onReturnExceptional(VirtualFrame frame, Throwable exception) {
      if (exception instanceof YieldException) {
        counter.suspend();
      }
    }
  }

  private final Map<Source, Map<Place, Counter>> counters = new ConcurrentHashMap<>();

  private ExecutionCounts() {}

  /** Counts from now on, in all realms of the engine of this one. */
  static ExecutionCounts start(Realm realm, Predicate<Source> wanted) {
    ExecutionCounts counts = new ExecutionCounts();
    SourceSectionFilter filter =
        SourceSectionFilter.newBuilder()
            .tagIs(StatementTag.class, ExpressionTag.class, RootTag.class)
            .sourceIs(wanted::test)
            .build();
    realm
        .js
        .getEnv()
        .lookup(Instrumenter.class)
        .attachExecutionEventFactory(filter, context -> new CountNode(counts.counter(context)));
    return counts;
  }

  @TruffleBoundary
  private Counter counter(EventContext context) {
    SourceSection section = context.getInstrumentedSourceSection();
    boolean root = context.hasTag(RootTag.class);
    Place place =
        new Place(
            section.getCharIndex(),
            section.getCharEndIndex(),
            root,
            context.getInstrumentedNode().getClass());
    return counters
        .computeIfAbsent(section.getSource(), source -> new ConcurrentHashMap<>())
        .computeIfAbsent(place, at -> new Counter(at.start, at.end, at.root));
  }

  /** The sources of which something ran. */
  Collection<Source> sources() {
    return counters.keySet();
  }

  Collection<Counter> of(Source source) {
    return counters.getOrDefault(source, Map.of()).values();
  }

  void reset() {
    counters.values().forEach(each -> each.values().forEach(Counter::reset));
  }
}
