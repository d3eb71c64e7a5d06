package dev.nodule.engine;

import com.oracle.truffle.api.RootCallTarget;
import com.oracle.truffle.api.source.SourceSection;
import com.oracle.truffle.js.runtime.GraalJSException;
import com.oracle.truffle.js.runtime.GraalJSException.JSStackTraceElement;
import com.oracle.truffle.js.runtime.builtins.JSError;
import com.oracle.truffle.js.runtime.builtins.JSFunctionObject;
import com.oracle.truffle.js.runtime.objects.JSObject;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JavaScript stack frames. */
final class EngineFrames {
  private static final VarHandle SECTION = sectionHandle();

  private EngineFrames() {}

  private static VarHandle sectionHandle() {
    try {
      return MethodHandles.privateLookupIn(JSStackTraceElement.class, MethodHandles.lookup())
          .findVarHandle(JSStackTraceElement.class, "sourceSection", SourceSection.class);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("GraalJS has changed", e);
    }
  }

  /** The source of a frame; the engine shows its line and column, but not its text. */
  static @Nullable SourceSection section(JSStackTraceElement element) {
    return (SourceSection) SECTION.get(element);
  }

  /** Where a function is written; null for a native one. */
  static @Nullable SourceSection functionSection(Object function) {
    return function instanceof JSFunctionObject object
            && object.getFunctionData().getCallTarget() instanceof RootCallTarget target
        ? target.getRootNode().getSourceSection()
        : null;
  }

  /** What an error object keeps of the place where it was made. */
  static @Nullable GraalJSException exceptionOf(Object error) {
    return error instanceof JSObject object
            && JSError.getException(object) instanceof GraalJSException thrown
        ? thrown
        : null;
  }

  /** The frames below the caller, innermost first. */
  static Object callSites(Realm realm, int limit) {
    List<Object> sites = new ArrayList<>();
    for (JSStackTraceElement element : GraalJSException.getJSStackTrace(null, limit + 1)) {
      SourceSection section = section(element);
      if (section == null || !section.isAvailable()) {
        continue;
      }
      sites.add(
          Map.of(
              "functionName", String.valueOf(element.getFunctionName()),
              "scriptName", section.getSource().getName(),
              "lineNumber", element.getLineNumber(),
              "columnNumber", element.getColumnNumber()));
    }
    return sites;
  }
}
