package dev.nodule.builder.report;

import java.io.PrintStream;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;

/** The report for people. */
public final class ReportText {
  private static final int LARGEST = 20;

  private ReportText() {}

  /** Prints what is in the image, the largest parts first. */
  public static void print(ImageReport report, PrintStream out) {
    out.println("core modules");
    for (String module : report.closure().modules()) {
      out.printf(
          Locale.ROOT,
          "  %-22s %8s  %s%n",
          module,
          size(report.moduleBytes().getOrDefault(module, 0L)),
          report.because(module));
    }
    report
        .closure()
        .missingFeatures()
        .forEach(
            (module, by) ->
                out.printf(
                    "  %-22s %8s  for a feature of %s%n",
                    module, "left out", String.join(", ", by)));
    out.println("parts");
    report.bytes().entrySet().stream()
        .sorted(
            Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                .thenComparing(Map.Entry.comparingByKey()))
        .limit(LARGEST)
        .forEach(part -> out.printf("  %8s  %s%n", size(part.getValue()), part.getKey()));
    if (!report.javaModules().isEmpty()) {
      out.println("java: " + String.join(", ", report.javaModules()));
    }
    for (var note : report.trace().notes()) {
      out.println(
          "note: " + report.trace().name(note.file()) + ":" + note.line() + ": " + note.text());
    }
    report.notes().forEach(note -> out.println("note: " + note));
    out.println("total " + size(report.total()));
  }

  /** Bytes in units of 1000, as disks are sold. */
  public static String size(long bytes) {
    if (bytes < 1000) {
      return bytes + " B";
    }
    return bytes < 1_000_000
        ? String.format(Locale.ROOT, "%.1f kB", bytes / 1e3)
        : String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
  }
}
