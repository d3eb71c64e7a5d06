package dev.nodule.engine;

import com.oracle.truffle.api.RootCallTarget;
import com.oracle.truffle.api.ThreadLocalAction;
import com.oracle.truffle.api.Truffle;
import com.oracle.truffle.api.frame.FrameInstance;
import com.oracle.truffle.api.nodes.Node;
import com.oracle.truffle.api.nodes.RootNode;
import com.oracle.truffle.api.source.SourceSection;
import dev.nodule.api.Arguments;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Samples the stack of a realm's thread at the engine's safe points: what ran, how often, and in
 * which order. Nothing of it exists before a profile is started.
 */
final class CpuSampler {
  private static final int IDLE = 2;
  private static final int PROGRAM = 3;

  /** A function as it was reached by one path of calls. */
  private static final class ProfileNode {
    final int id;
    final String name;
    final @Nullable SourceSection section;
    final Map<Object, ProfileNode> children = new LinkedHashMap<>();
    final Map<Integer, Integer> lines = new TreeMap<>();
    int hits;

    ProfileNode(int id, String name, @Nullable SourceSection section) {
      this.id = id;
      this.name = name;
      this.section = section;
    }
  }

  private record Seen(RootNode root, int line) {}

  private final Realm realm;
  private final DebugScripts scripts;
  private final Thread target = Thread.currentThread();
  private final long interval;
  private final long start = System.nanoTime();
  private final List<ProfileNode> nodes = new ArrayList<>();
  private final List<Integer> samples = new ArrayList<>();
  private final List<Integer> deltas = new ArrayList<>();
  private long last = start;
  private volatile boolean ended;

  private CpuSampler(Realm realm, DebugScripts scripts, long interval) {
    this.realm = realm;
    this.scripts = scripts;
    this.interval = interval;
    ProfileNode root = newNode("(root)", null);
    root.children.put("idle", newNode("(idle)", null));
    root.children.put("program", newNode("(program)", null));
    root.children.put("collector", newNode("(garbage collector)", null));
  }

  /** {@code start(microseconds)} gives {@code stop()}, which gives the profile. */
  static Object natives(Realm realm, DebugScripts scripts) {
    Object result = realm.newObject();
    realm
        .binding(result)
        .function(
            "start",
            1,
            arguments -> {
              CpuSampler sampler = new CpuSampler(realm, scripts, micros(arguments));
              Thread.ofPlatform().daemon().name("nodule-cpu-profiler").start(sampler::run);
              return realm.function("stop", 0, ignored -> sampler.stop());
            });
    return result;
  }

  private static long micros(Arguments arguments) {
    return Math.max(100, arguments.int64(0));
  }

  private ProfileNode newNode(String name, @Nullable SourceSection section) {
    ProfileNode node = new ProfileNode(nodes.size() + 1, name, section);
    nodes.add(node);
    return node;
  }

  private void run() {
    Future<?> pending = null;
    while (!ended) {
      LockSupport.parkNanos(interval * 1000);
      if (pending != null && !pending.isDone()) {
        // Code of the program would have come to a safe point by now.
        add(isWaiting() ? IDLE : PROGRAM);
        continue;
      }
      try {
        pending = realm.js.getEnv().submitThreadLocal(new Thread[] {target}, new StackSample());
      } catch (RuntimeException e) {
        return;
      }
    }
  }

  /** Whether the loop waits for something to happen. */
  private boolean isWaiting() {
    StackTraceElement[] stack = target.getStackTrace();
    for (int i = 0; i < Math.min(4, stack.length); i++) {
      String method = stack[i].getMethodName();
      if (method.startsWith("epollWait") || method.equals("select") || method.equals("park")) {
        return true;
      }
    }
    return false;
  }

  private synchronized void add(int node) {
    long now = System.nanoTime();
    samples.add(node);
    deltas.add((int) ((now - last) / 1000));
    last = now;
    nodes.get(node - 1).hits++;
  }

  private final class StackSample extends ThreadLocalAction {
    StackSample() {
      super(false, false);
    }

    @Override
    protected void perform(Access access) {
      if (ended) {
        return;
      }
      List<Seen> stack = new ArrayList<>();
      Truffle.getRuntime()
          .iterateFrames(
              frame -> {
                see(frame, stack.isEmpty() ? access.getLocation() : frame.getCallNode(), stack);
                return null;
              });
      add(stack);
    }

    private void see(FrameInstance frame, @Nullable Node location, List<Seen> stack) {
      if (frame.getCallTarget() instanceof RootCallTarget called) {
        SourceSection section = location == null ? null : location.getEncapsulatingSourceSection();
        int line = section != null && section.isAvailable() ? section.getStartLine() : 0;
        stack.add(new Seen(called.getRootNode(), line));
      }
    }
  }

  private synchronized void add(List<Seen> stack) {
    ProfileNode node = nodes.getFirst();
    int line = 0;
    for (Seen seen : stack.reversed()) {
      SourceSection section = seen.root.getSourceSection();
      String name = nameOf(seen.root);
      boolean known = section != null && section.isAvailable();
      if (!known && name.isEmpty()) {
        continue;
      }
      ProfileNode parent = node;
      node =
          parent.children.computeIfAbsent(
              known ? section : name, key -> newNode(name, known ? section : null));
      line = seen.line;
    }
    if (node.id == 1) {
      add(PROGRAM);
      return;
    }
    add(node.id);
    if (line > 0) {
      node.lines.merge(line, 1, Integer::sum);
    }
  }

  private static String nameOf(RootNode root) {
    String name = String.valueOf(root.getName());
    return name.startsWith(":") || name.equals("null") || name.equals("<anonymous>") ? "" : name;
  }

  private synchronized Object stop() {
    ended = true;
    long end = System.nanoTime();
    Map<String, Object> profile = new LinkedHashMap<>();
    List<Object> described = new ArrayList<>();
    for (ProfileNode node : nodes) {
      described.add(describe(node));
    }
    long offset = System.currentTimeMillis() * 1000 - System.nanoTime() / 1000;
    profile.put("nodes", described);
    profile.put("startTime", (double) (start / 1000 + offset));
    profile.put("endTime", (double) (end / 1000 + offset));
    profile.put("samples", samples.stream().mapToInt(Integer::intValue).toArray());
    profile.put("timeDeltas", deltas.stream().mapToInt(Integer::intValue).toArray());
    return realm.values.toJavaScript(profile);
  }

  private Map<String, Object> describe(ProfileNode node) {
    Map<String, Object> result = new LinkedHashMap<>();
    Map<String, Object> frame = new LinkedHashMap<>();
    SourceSection section = node.section;
    frame.put("functionName", node.name);
    if (section == null) {
      frame.put("scriptId", "0");
      frame.put("url", "");
      frame.put("lineNumber", -1);
      frame.put("columnNumber", -1);
    } else {
      boolean program = DebugScripts.isProgram(section.getSource());
      frame.put("scriptId", program ? String.valueOf(scripts.number(section.getSource())) : "0");
      frame.put("url", section.getSource().getName());
      frame.put("lineNumber", section.getStartLine() - 1);
      frame.put("columnNumber", section.getStartColumn() - 1);
    }
    result.put("id", node.id);
    result.put("callFrame", frame);
    result.put("hitCount", node.hits);
    if (!node.children.isEmpty()) {
      result.put("children", node.children.values().stream().mapToInt(each -> each.id).toArray());
    }
    if (!node.lines.isEmpty()) {
      List<Object> ticks = new ArrayList<>();
      node.lines.forEach(
          (line, count) -> {
            Map<String, Object> tick = new LinkedHashMap<>();
            tick.put("line", line);
            tick.put("ticks", count);
            ticks.add(tick);
          });
      result.put("positionTicks", ticks);
    }
    return result;
  }
}
