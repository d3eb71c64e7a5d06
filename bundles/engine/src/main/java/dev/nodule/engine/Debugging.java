package dev.nodule.engine;

import com.oracle.truffle.api.debug.Breakpoint;
import com.oracle.truffle.api.debug.DebugException;
import com.oracle.truffle.api.debug.Debugger;
import com.oracle.truffle.api.debug.DebuggerSession;
import com.oracle.truffle.api.debug.SourceElement;
import com.oracle.truffle.api.debug.StepConfig;
import com.oracle.truffle.api.debug.SuspendAnchor;
import com.oracle.truffle.api.debug.SuspendedEvent;
import com.oracle.truffle.api.debug.SuspensionFilter;
import com.oracle.truffle.api.source.Source;
import com.oracle.truffle.api.source.SourceSection;
import com.oracle.truffle.js.lang.JavaScriptLanguage;
import com.oracle.truffle.js.runtime.GraalJSException;
import com.oracle.truffle.js.runtime.objects.Undefined;
import dev.nodule.api.Arguments;
import dev.nodule.api.Callback;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Natives for a debugger of one realm, on Truffle's own. They speak of scripts by number and of
 * lines and columns from zero on, as the Chrome DevTools protocol does; the protocol itself is
 * JavaScript.
 */
public final class Debugging {
  private static final StepConfig STEP =
      StepConfig.newBuilder().suspendAnchors(SourceElement.STATEMENT, SuspendAnchor.BEFORE).build();

  private record Point(Breakpoint breakpoint, int line) {}

  private final Realm realm;
  private final Thread thread = Thread.currentThread();
  private final DebugScripts scripts;
  private final Map<Source, NavigableSet<Integer>> positions = new WeakHashMap<>();
  private final Map<Integer, Point> points = new HashMap<>();
  private final Map<Breakpoint, Integer> numbers = new HashMap<>();
  private int lastPoint;
  private @Nullable DebuggerSession session;
  private @Nullable Breakpoint exceptions;
  private @Nullable Callback paused;
  private @Nullable DebugFrames frames;

  /** How the program was told to go on last. */
  private String step = "";

  private Debugging(Realm realm) {
    this.realm = realm;
    scripts = new DebugScripts(realm);
  }

  /** The natives, new ones at each call. */
  public static Object natives(Realm realm) {
    Debugging debugging = new Debugging(realm);
    Object target = realm.newObject();
    realm
        .binding(target)
        .function(
            "trackScripts",
            1,
            arguments -> {
              debugging.scripts.track(arguments.callback(0));
              return null;
            })
        .function(
            "untrackScripts",
            0,
            arguments -> {
              debugging.scripts.stop();
              return null;
            })
        .function("scriptSource", 1, debugging::scriptSource)
        .function(
            "start",
            1,
            arguments -> {
              debugging.start(arguments.callback(0));
              return null;
            })
        .function(
            "stop",
            0,
            arguments -> {
              debugging.stop();
              return null;
            })
        .function(
            "pause",
            0,
            arguments -> {
              debugging.session().suspend(debugging.thread);
              return null;
            })
        .function(
            "cancelPause",
            0,
            arguments -> {
              debugging.session().resume(debugging.thread);
              return null;
            })
        .function("setBreakpoint", 4, debugging::setBreakpoint)
        .function("removeBreakpoint", 1, debugging::removeBreakpoint)
        .function(
            "setBreakpointsActive",
            1,
            arguments -> {
              debugging.session().setBreakpointsActive(arguments.bool(0));
              return null;
            })
        .function("pauseOnExceptions", 2, debugging::pauseOnExceptions)
        .function("breakLocations", 1, debugging::breakLocations)
        .function(
            "variables",
            2,
            arguments -> debugging.frames().variables(arguments.int32(0), arguments.int32(1)))
        .function(
            "setVariable",
            4,
            arguments -> {
              debugging
                  .frames()
                  .setVariable(
                      arguments.int32(0),
                      arguments.int32(1),
                      arguments.string(2),
                      arguments.value(3));
              return null;
            })
        .function(
            "evaluateOnFrame",
            2,
            arguments -> debugging.frames().evaluate(arguments.int32(0), arguments.string(1)))
        .function("functionPlace", 1, debugging::functionPlace)
        .function("scriptScope", 0, arguments -> realm.js.getGlobalScope())
        .function("stackTrace", 1, debugging::stackTrace)
        .function("errorTrace", 1, debugging::errorTrace)
        .value("profiler", CpuSampler.natives(realm, debugging.scripts))
        .value("heap", HeapGraph.natives(realm));
    return target;
  }

  private DebuggerSession session() {
    return Objects.requireNonNull(session, "the debugger is not started");
  }

  private DebugFrames frames() {
    DebugFrames known = frames;
    if (known == null) {
      throw new IllegalArgumentException("Can only perform operation while paused.");
    }
    return known;
  }

  private Object scriptSource(Arguments arguments) {
    Source source = scripts.source(arguments.int32(0));
    return source == null ? Undefined.instance : source.getCharacters().toString();
  }

  private void start(Callback newPaused) {
    paused = newPaused;
    if (session != null) {
      return;
    }
    DebuggerSession started =
        Debugger.find(realm.js.getEnv()).startSession(this::suspended, SourceElement.STATEMENT);
    started.setSteppingFilter(
        SuspensionFilter.newBuilder()
            .ignoreLanguageContextInitialization(true)
            .sourceIs(DebugScripts::isProgram)
            .build());
    session = started;
  }

  private void stop() {
    DebuggerSession known = session;
    if (known == null) {
      return;
    }
    session = null;
    exceptions = null;
    points.clear();
    numbers.clear();
    known.close();
  }

  /** {@code setBreakpoint(script, line, column, condition)}: {@code [number, line, column]}. */
  private @Nullable Object setBreakpoint(Arguments arguments) {
    Source source = scripts.source(arguments.int32(0));
    if (source == null) {
      return null;
    }
    int offset = offset(source, arguments.int32(1), arguments.int32(2));
    if (offset < 0) {
      return null;
    }
    Integer start = positions(source).ceiling(offset);
    if (start == null) {
      return null;
    }
    int line = source.getLineNumber(start);
    int column = source.getColumnNumber(start);
    Breakpoint breakpoint = Breakpoint.newBuilder(source).lineIs(line).columnIs(column).build();
    String condition = arguments.string(3);
    if (!condition.isEmpty()) {
      breakpoint.setCondition("!!(" + condition + "\n)");
    }
    int number = ++lastPoint;
    points.put(number, new Point(breakpoint, line));
    numbers.put(breakpoint, number);
    session().install(breakpoint);
    return new Object[] {number, line - 1, column - 1};
  }

  private @Nullable Object removeBreakpoint(Arguments arguments) {
    Point point = points.remove(arguments.int32(0));
    if (point != null) {
      numbers.remove(point.breakpoint);
      point.breakpoint.dispose();
    }
    return null;
  }

  /** The offset of a place, -1 behind the end. */
  private static int offset(Source source, int line, int column) {
    if (line < 0 || line >= source.getLineCount()) {
      return -1;
    }
    return source.getLineStartOffset(line + 1) + Math.min(column, source.getLineLength(line + 1));
  }

  private NavigableSet<Integer> positions(Source source) {
    return positions.computeIfAbsent(source, each -> StatementPositions.of(realm.context, each));
  }

  /** {@code breakLocations(script)}: {@code [line, column]} of all statements, in their order. */
  private Object breakLocations(Arguments arguments) {
    List<Object> result = new ArrayList<>();
    Source source = scripts.source(arguments.int32(0));
    if (source != null) {
      for (int start : positions(source)) {
        result.add(
            new Object[] {source.getLineNumber(start) - 1, source.getColumnNumber(start) - 1});
      }
    }
    return result;
  }

  private @Nullable Object pauseOnExceptions(Arguments arguments) {
    Breakpoint known = exceptions;
    if (known != null) {
      known.dispose();
      exceptions = null;
    }
    boolean caught = arguments.bool(0);
    boolean uncaught = arguments.bool(1);
    if (caught || uncaught) {
      Breakpoint breakpoint =
          Breakpoint.newExceptionBuilder(caught, uncaught)
              .suspensionFilter(
                  SuspensionFilter.newBuilder().sourceIs(DebugScripts::isProgram).build())
              .build();
      exceptions = session().install(breakpoint);
    }
    return null;
  }

  private void suspended(SuspendedEvent event) {
    Callback told = paused;
    if (Thread.currentThread() != thread || told == null || isTooEarly(event)) {
      return;
    }
    if (isBehindCall(event)) {
      // Nothing is left of the statement that could be stopped at: on to the next one.
      prepare(event, step.equals("into") ? "into" : "over");
      return;
    }
    DebugFrames previous = frames;
    DebugFrames now = new DebugFrames(realm, scripts, event);
    frames = now;
    try {
      Object next = told.call(Undefined.instance, describe(event, now));
      step = realm.javaScript().toDisplayString(next);
      prepare(event, step);
    } finally {
      frames = previous;
    }
  }

  /** Whether a step has come back to the caller, in the middle of its statement. */
  private static boolean isBehindCall(SuspendedEvent event) {
    return event.isStep()
        && event.getBreakpoints().isEmpty()
        && event.getSuspendAnchor() == SuspendAnchor.AFTER;
  }

  /** A breakpoint of a function that was not translated yet lies at what comes next to it. */
  private boolean isTooEarly(SuspendedEvent event) {
    if (event.isStep() || event.getBreakpoints().isEmpty()) {
      return false;
    }
    int line = event.getSourceSection().getStartLine();
    for (Breakpoint breakpoint : event.getBreakpoints()) {
      Integer number = numbers.get(breakpoint);
      Point point = number == null ? null : points.get(number);
      if (point == null
          || point.line == line && event.getBreakpointConditionException(breakpoint) == null) {
        return false;
      }
    }
    return true;
  }

  private Map<String, @Nullable Object> describe(SuspendedEvent event, DebugFrames now) {
    Map<String, @Nullable Object> result = new LinkedHashMap<>();
    List<Object> hit = new ArrayList<>();
    boolean statement = false;
    for (Breakpoint breakpoint : event.getBreakpoints()) {
      Integer number = numbers.get(breakpoint);
      if (number != null) {
        hit.add(number);
      }
      statement |= breakpoint.getKind() == Breakpoint.Kind.HALT_INSTRUCTION;
    }
    result.put("frames", now.all());
    result.put("breakpoints", hit);
    result.put("isStatement", statement);
    result.put("isStep", event.isStep());
    DebugException exception = event.getException();
    if (exception != null) {
      Throwable raw = exception.getRawException(JavaScriptLanguage.class);
      result.put("exception", raw == null ? Undefined.instance : realm.values.toError(raw));
      result.put("isUncaught", exception.getCatchLocation() == null);
    }
    return result;
  }

  private static void prepare(SuspendedEvent event, String next) {
    switch (next) {
      case "into" -> event.prepareStepInto(STEP);
      case "over" -> event.prepareStepOver(STEP);
      case "out" -> event.prepareStepOut(STEP);
      default -> event.prepareContinue();
    }
  }

  /** {@code [script, line, column]} of a function, undefined for a native one. */
  private @Nullable Object functionPlace(Arguments arguments) {
    SourceSection section = EngineFrames.functionSection(arguments.value(0));
    return section == null || !section.isAvailable() ? null : place(section);
  }

  private Object[] place(SourceSection section) {
    return new Object[] {
      scripts.number(section.getSource()), section.getStartLine() - 1, section.getStartColumn() - 1
    };
  }

  /** {@code [[functionName, script, name, line, column]...]} of the program that runs now. */
  private Object stackTrace(Arguments arguments) {
    return trace(GraalJSException.getJSStackTrace(null, arguments.int32(0)));
  }

  /** As {@link #stackTrace}, of an error. */
  private Object errorTrace(Arguments arguments) {
    GraalJSException thrown = EngineFrames.exceptionOf(arguments.value(0));
    return thrown == null ? List.of() : trace(thrown.getJSStackTrace());
  }

  private List<Object> trace(GraalJSException.JSStackTraceElement[] elements) {
    List<Object> result = new ArrayList<>();
    for (GraalJSException.JSStackTraceElement element : elements) {
      SourceSection section = EngineFrames.section(element);
      if (section != null && section.isAvailable() && DebugScripts.isProgram(section.getSource())) {
        String name = String.valueOf(element.getFunctionName());
        result.add(
            new Object[] {
              name.equals("<anonymous>") || name.startsWith(":") ? "" : name,
              scripts.number(section.getSource()),
              section.getSource().getName(),
              element.getLineNumber() - 1,
              element.getColumnNumber() - 1
            });
      }
    }
    return result;
  }
}
