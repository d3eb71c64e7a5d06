package dev.nodule.builder.report;

import dev.nodule.builder.closure.CoreClosure;
import dev.nodule.builder.trace.Trace;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is in an image, and why.
 *
 * @param name the application's
 * @param bytes by path in the image: runtime, jars, packages of the application
 * @param javaModules modules of the Java runtime; empty if it was taken over whole
 * @param notes what the builder wants to be known
 */
public record ImageReport(
    String name,
    Trace trace,
    CoreClosure closure,
    SortedMap<String, Long> moduleBytes,
    SortedMap<String, Long> bytes,
    List<String> javaModules,
    List<String> notes) {

  /** Everything as plain maps and lists. */
  public Map<String, @Nullable Object> json() {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("name", name);
    json.put("bytes", total());
    List<Object> modules = new ArrayList<>();
    for (String module : closure.modules()) {
      Map<String, @Nullable Object> entry = new LinkedHashMap<>();
      entry.put("name", module);
      entry.put("bytes", moduleBytes.get(module));
      entry.put("because", because(module));
      modules.add(entry);
    }
    json.put("modules", modules);
    Map<String, Object> absent = new TreeMap<>();
    closure.missingFeatures().forEach((module, by) -> absent.put(module, List.copyOf(by)));
    json.put("leftOut", absent);
    json.put("java", javaModules);
    json.put("parts", new TreeMap<>(bytes));
    json.put(
        "untraced",
        trace.notes().stream()
            .map(note -> trace.name(note.file()) + ":" + note.line() + ": " + note.text())
            .toList());
    json.put("notes", notes);
    return json;
  }

  public long total() {
    return bytes.values().stream().mapToLong(Long::longValue).sum();
  }

  /** What pulled a module in: another module, or the application's first reference. */
  String because(String module) {
    CoreClosure.Reason reason = closure.reasons().get(module);
    if (reason == null) {
      return "";
    }
    if (reason.by() != null) {
      return reason.by() + (reason.lazy() ? " (at first use)" : "");
    }
    return Chains.application(this, module);
  }
}
