package dev.nodule.engine;

import com.oracle.truffle.api.Truffle;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TimeZone;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.Engine;
import org.graalvm.polyglot.PolyglotAccess;
import org.graalvm.polyglot.SandboxPolicy;
import org.graalvm.polyglot.io.IOAccess;
import org.jspecify.annotations.Nullable;

/** Options of an engine and of its realms: all realms made by one of these share the engine. */
public final class RealmOptions {
  private static final Set<String> UTC = Set.of("UTC", "UCT", "Zulu", "Universal");

  private final Map<String, String> options = new LinkedHashMap<>();
  private @Nullable Engine engine;

  public RealmOptions() {
    option("js.v8-compat", "true");
    option("js.ecmascript-version", "staging");
    option("js.graal-builtin", "false");
    option("js.polyglot-builtin", "false");
    option("js.java-package-globals", "false");
    option("js.global-arguments", "false");
    option("js.print", "false");
    option("js.load", "false");
    option("js.console", "false");
    option("js.performance", "false");
    option("js.text-encoding", "true");
    option("js.temporal", "true");
    option("js.import-attributes", "true");
    option("js.json-modules", "true");
    option("js.source-phase-imports", "true");
    option("js.shared-array-buffer", "true");
    option("js.atomics", "true");
    // An image may have been made without the data of Intl.
    option("js.intl-402", System.getProperty("nodule.intl", "true"));
    option("js.lazy-translation", "true");
    option("js.function-arguments-limit", "10000000");
    option("js.string-length-limit", String.valueOf(536_870_888));
    option("js.unhandled-rejections", "none");
    if (UTC.contains(TimeZone.getDefault().getID())) {
      // The engine calls these GMT. Any other zone it asks the system for, at the first date.
      option("js.timezone", "Etc/UTC");
    }
    // A hot-swapped function is compiled again after each swap; the default gives up after 100
    // compilations, or takes 15 for a cycle.
    if (optimizing()) {
      option("engine.MaximumCompilations", "-1");
      option("compiler.DeoptCycleDetectionThreshold", "-1");
    }
    option("engine.WarnInterpreterOnly", "false");
  }

  public RealmOptions option(String name, String value) {
    options.put(name, value);
    return this;
  }

  /** Whether the JVM at hand took the Graal compiler. */
  public static boolean optimizing() {
    // By name: without the compiler's modules the class of the other runtime cannot even be linked.
    return !"Interpreted".equals(Truffle.getRuntime().getName());
  }

  private static String[] languages() {
    return WebAssemblySetup.isAvailable() ? new String[] {"js", "wasm"} : new String[] {"js"};
  }

  private static boolean isEngineOption(String name) {
    return name.startsWith("engine.") || name.startsWith("compiler.");
  }

  private synchronized Engine engine() {
    Engine known = engine;
    if (known == null) {
      Engine.Builder builder =
          Engine.newBuilder(languages())
              .allowExperimentalOptions(true)
              .sandbox(SandboxPolicy.TRUSTED);
      options.forEach(
          (name, value) -> {
            if (isEngineOption(name)) {
              builder.option(name, value);
            }
          });
      known = builder.build();
      engine = known;
    }
    return known;
  }

  Context build() {
    Context.Builder context =
        Context.newBuilder(languages())
            .engine(engine())
            .allowExperimentalOptions(true)
            // Between the two languages: JavaScript itself has no access to it.
            .allowPolyglotAccess(PolyglotAccess.ALL)
            .allowIO(IOAccess.NONE)
            .allowCreateThread(true);
    options.forEach(
        (name, value) -> {
          if (!isEngineOption(name)) {
            context.option(name, value);
          }
        });
    return context.build();
  }
}
