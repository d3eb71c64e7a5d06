package dev.nodule.engine;

import com.oracle.truffle.api.instrumentation.EventBinding;
import com.oracle.truffle.api.instrumentation.Instrumenter;
import com.oracle.truffle.api.instrumentation.LoadSourceListener;
import com.oracle.truffle.api.instrumentation.SourceFilter;
import com.oracle.truffle.api.source.Source;
import com.oracle.truffle.js.lang.JavaScriptLanguage;
import dev.nodule.api.Callback;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The sources of a realm as a debugger names them: by numbers that never change. Files of core
 * modules get theirs when something is to be said of them.
 */
final class DebugScripts {
  private final Realm realm;
  private final Thread thread = Thread.currentThread();
  private final List<Source> scripts = new ArrayList<>();
  private final Map<Source, Integer> numbers = new HashMap<>();
  private final Set<Source> unseen = new HashSet<>();
  private @Nullable EventBinding<LoadSourceListener> binding;
  private @Nullable Callback listener;

  DebugScripts(Realm realm) {
    this.realm = realm;
  }

  /** Tells {@code listener(script)} of each source of the program, known ones first. */
  void track(Callback newListener) {
    listener = newListener;
    for (int i = 0; i < scripts.size(); i++) {
      newListener.call(realm.javaScript().undefined(), describe(i));
    }
    if (binding == null) {
      binding =
          realm
              .js
              .getEnv()
              .lookup(Instrumenter.class)
              .attachLoadSourceListener(SourceFilter.ANY, event -> loaded(event.getSource()), true);
    }
  }

  void stop() {
    listener = null;
    EventBinding<LoadSourceListener> known = binding;
    if (known != null) {
      known.dispose();
      binding = null;
    }
  }

  /** Code of the application, whatever compiled it. */
  static boolean isProgram(Source source) {
    return source.hasCharacters()
        && !source.isInternal()
        && !source.getName().startsWith("node:")
        && !source.getName().equals(DebugFrames.EVALUATED)
        && JavaScriptLanguage.ID.equals(source.getLanguage());
  }

  private void loaded(Source source) {
    // Other realms of the engine have debuggers of their own.
    if (Thread.currentThread() == thread && isProgram(source)) {
      number(source);
    }
  }

  /** A source that says nothing to its listener, as what a debugger itself compiles. */
  void hide(Source source) {
    unseen.add(source);
  }

  int number(Source source) {
    Integer known = numbers.get(source);
    if (known != null) {
      return known;
    }
    int number = scripts.size();
    numbers.put(source, number);
    scripts.add(source);
    Callback told = listener;
    if (told != null && !unseen.remove(source)) {
      told.call(realm.javaScript().undefined(), describe(number));
    }
    return number;
  }

  @Nullable Source source(int number) {
    return number >= 0 && number < scripts.size() ? scripts.get(number) : null;
  }

  private Object describe(int number) {
    Source source = scripts.get(number);
    Map<String, Object> script = new LinkedHashMap<>();
    int lines = Math.max(1, source.getLineCount());
    script.put("id", number);
    script.put("name", source.getName());
    script.put("isModule", JavaScriptLanguage.MODULE_MIME_TYPE.equals(source.getMimeType()));
    script.put("endLine", lines - 1);
    script.put("endColumn", source.getLength() == 0 ? 0 : source.getLineLength(lines));
    script.put("length", source.getLength());
    return realm.values.toJavaScript(script);
  }
}
