package dev.nodule.builder.report;

import dev.nodule.builder.trace.Trace;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Why something is in an image: the way from the application's start to it. */
public final class Chains {
  private Chains() {}

  /** The application's own reference to a module. */
  static String application(ImageReport report, String module) {
    List<String> places = placesOf(report.trace(), module);
    return places.isEmpty() ? "every program" : places.getLast();
  }

  private static List<String> placesOf(Trace trace, String module) {
    for (Map.Entry<String, Trace.Origin> id : trace.coreIds().entrySet()) {
      if (id.getKey().equals(module) || id.getKey().startsWith(module + "/")) {
        List<String> chain = trace.chain(id.getValue());
        return chain.isEmpty() ? List.of("--modules") : chain;
      }
    }
    return List.of();
  }

  /** One step per line; empty if the image does not have it. */
  public static List<String> explain(ImageReport report, String what) {
    List<String> lines = new ArrayList<>();
    if (report.closure().modules().contains(what)) {
      List<String> modules = report.closure().chain(what);
      List<String> places = placesOf(report.trace(), modules.getFirst());
      lines.addAll(places.isEmpty() ? List.of("every program") : places);
      modules.forEach(module -> lines.add("core module " + module));
      return lines;
    }
    report
        .trace()
        .files()
        .forEach(
            (file, origin) -> {
              String name = report.trace().name(file);
              if (lines.isEmpty()
                  && (name.equals(what) || name.contains("node_modules/" + what + "/"))) {
                lines.addAll(report.trace().chain(origin));
                lines.add(name);
              }
            });
    return lines;
  }
}
