package dev.nodule.builder.update;

import dev.nodule.builder.report.ReportText;
import dev.nodule.builder.update.ImageDiff.Change;
import dev.nodule.builder.update.ImageDiff.FileChange;
import dev.nodule.builder.update.ImageDiff.ModuleChange;
import dev.nodule.builder.update.ImageDiff.Part;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What an update carries, for people and for programs. */
final class DiffReport {
  /** Of one kind; the rest is counted. */
  private static final int SHOWN = 10;

  private DiffReport() {}

  static void print(ImageDiff diff, PrintStream out) {
    out.println(title(diff.from()) + " -> " + title(diff.to()));
    if (diff.isEmpty()) {
      out.println("no difference");
      return;
    }
    List<ModuleChange> carried = diff.carried();
    if (!carried.isEmpty()) {
      out.println("an update carries");
      carried.forEach(module -> print(module, out));
    }
    List<ModuleChange> left = new ArrayList<>(diff.modules());
    left.removeAll(carried);
    if (!left.isEmpty() || !diff.files().isEmpty()) {
      out.println("it cannot carry");
      for (ModuleChange module : left) {
        print(module, out);
        out.println("           " + module.hindrance());
      }
      for (Part part : Part.values()) {
        print(part, diff.files().stream().filter(file -> file.part() == part).toList(), out);
      }
    }
    out.println(summary(diff));
  }

  private static String title(ImageContent image) {
    return image.application() + " " + image.version();
  }

  private static void print(ModuleChange module, PrintStream out) {
    out.printf(
        Locale.ROOT,
        "  %-8s core module %-18s %s%s%n",
        word(module.change()),
        module.module(),
        versions(module),
        module.to() == null ? "" : ", " + ReportText.size(module.bytes()));
  }

  private static String versions(ModuleChange module) {
    String from = module.from();
    String to = module.to();
    if (from == null || to == null) {
      return from == null ? String.valueOf(to) : from;
    }
    if (from.equals(to)) {
      return to + " with other content";
    }
    return from + " -> " + to + (module.isOlder() ? " (older: nodule update --allow-older)" : "");
  }

  private static void print(Part part, List<FileChange> files, PrintStream out) {
    if (files.isEmpty()) {
      return;
    }
    for (FileChange file : files.subList(0, Math.min(SHOWN, files.size()))) {
      out.printf(Locale.ROOT, "  %-8s %s%n", word(file.change()), file.path());
    }
    if (files.size() > SHOWN) {
      out.println("           and " + (files.size() - SHOWN) + " more");
    }
    out.println("           " + part.reason());
  }

  private static String summary(ImageDiff diff) {
    int count = diff.carried().size();
    String bundles = count + (count == 1 ? " bundle" : " bundles");
    if (diff.isWhole()) {
      return "update: " + bundles + ", " + ReportText.size(bytes(diff));
    }
    return count == 0
        ? "no update: the image has to be replaced"
        : "update: only with --partial, as what is left needs another image; " + bundles;
  }

  private static long bytes(ImageDiff diff) {
    return diff.carried().stream().mapToLong(ModuleChange::bytes).sum();
  }

  private static String word(Change change) {
    return change.name().toLowerCase(Locale.ROOT);
  }

  static Map<String, @Nullable Object> json(ImageDiff diff) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("application", diff.to().application());
    json.put("from", diff.from().version());
    json.put("to", diff.to().version());
    json.put("modules", diff.modules().stream().map(DiffReport::json).toList());
    json.put("files", diff.files().stream().map(DiffReport::json).toList());
    json.put("whole", diff.isWhole());
    json.put("bytes", bytes(diff));
    return json;
  }

  private static Object json(ModuleChange module) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("module", module.module());
    json.put("change", word(module.change()));
    json.put("from", module.from());
    json.put("to", module.to());
    json.put("older", module.isOlder());
    json.put("bytes", module.bytes());
    json.put("carried", module.isCarried());
    json.put("reason", module.hindrance());
    return json;
  }

  private static Object json(FileChange file) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("path", file.path());
    json.put("part", file.part().name().toLowerCase(Locale.ROOT));
    json.put("change", word(file.change()));
    json.put("bytes", file.bytes());
    json.put("carried", false);
    json.put("reason", file.part().reason());
    return json;
  }
}
