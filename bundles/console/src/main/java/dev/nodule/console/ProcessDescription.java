package dev.nodule.console;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What {@code nodule ps} tells of a process.
 *
 * @param script what it runs, as given
 * @param folder where it was started
 * @param startMillis the wall clock's milliseconds since 1970
 */
public record ProcessDescription(
    long pid, @Nullable String script, String folder, double startMillis) {
  Map<String, @Nullable Object> report() {
    Map<String, @Nullable Object> report = new LinkedHashMap<>();
    report.put("pid", pid);
    report.put("script", script);
    report.put("folder", folder);
    report.put("started", Math.round(startMillis));
    return report;
  }
}
