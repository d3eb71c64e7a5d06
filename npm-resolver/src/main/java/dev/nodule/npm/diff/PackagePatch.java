package dev.nodule.npm.diff;

import dev.nodule.npm.install.ArchiveContents.Entry;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What is different between two packages, as git would tell it, file by file. */
public final class PackagePatch {
  /** Files of these kinds are not shown as text, whatever is in them. */
  private static final Set<String> BINARY =
      Set.of(
          ("7z a apk avi avif bin bmp br bz2 class cur dat deb dex dll dmg doc docx dylib ear eot epub exe flac flv gif"
                  + " gz heic ico img iso jar jpeg jpg lib lz lzma mid mkv mov mp3 mp4 mpeg mpg node o ogg otf pdf png ppt"
                  + " pptx psd pyc rar rpm so sqlite swf tar tbz tgz tif tiff ttc ttf war wasm wav webm webp whl wma wmv"
                  + " woff woff2 xls xlsx xz zip zst")
              .split(" "));

  /** One of the two packages. */
  public record Side(String version, Map<String, Entry> files) {}

  /**
   * How to show it.
   *
   * @param unified how many unchanged lines to show around changed ones
   * @param text whether to show every file as text
   */
  public record Options(
      boolean nameOnly,
      int unified,
      boolean ignoreSpace,
      String sourcePrefix,
      String targetPrefix,
      boolean text,
      boolean color) {}

  private final Side old;
  private final Side fresh;
  private final Options options;

  private PackagePatch(Side old, Side fresh, Options options) {
    this.old = old;
    this.fresh = fresh;
    this.options = options;
  }

  public static String of(Side old, Side fresh, Predicate<String> wanted, Options options) {
    var patch = new PackagePatch(old, fresh, options);
    var names = new LinkedHashSet<>(old.files.keySet());
    names.addAll(fresh.files.keySet());
    var result = new StringBuilder();
    names.stream().filter(wanted).forEach(name -> patch.file(name, result));
    return result.toString().strip();
  }

  private void file(String name, StringBuilder out) {
    Entry a = old.files.get(name);
    Entry b = fresh.files.get(name);
    if (a != null && b != null && a.mode() == b.mode() && Arrays.equals(a.content(), b.content())) {
      return;
    }
    if (options.nameOnly) {
      out.append(name).append('\n');
      return;
    }
    String from = options.sourcePrefix + name;
    String to = options.targetPrefix + name;
    var header = new StringBuilder("diff --git " + from + " " + to + "\n");
    String mode = "";
    if (a != null && b == null) {
      header.append("deleted file mode ").append(mode(a)).append('\n');
    } else if (a == null && b != null) {
      header.append("new file mode ").append(mode(b)).append('\n');
    } else if (a != null && b != null && a.mode() != b.mode()) {
      header.append("old mode ").append(mode(a)).append("\nnew mode ").append(mode(b)).append('\n');
    } else {
      mode = mode(Objects.requireNonNull(a));
    }
    header.append("index v" + old.version + "..v" + fresh.version + " " + mode + "\n");
    boolean shown = options.text || !isBinary(name, a) && !isBinary(name, b);
    if (shown && from.equals(to)) {
      header
          .append("Index: ")
          .append(name)
          .append('\n'); // as npm does where prefixes do not tell the sides
    }
    header.append("--- ").append(from).append("\n+++ ").append(to).append('\n');
    String hunks =
        shown ? UnifiedHunks.of(text(a), text(b), options.unified, options.ignoreSpace) : "";
    out.append(options.color ? colored(header.toString(), "34") : header);
    out.append(options.color ? coloredHunks(hunks) : hunks);
  }

  private static String mode(Entry entry) {
    return "100" + Integer.toOctalString(entry.mode());
  }

  private static String text(@Nullable Entry entry) {
    return entry == null ? "" : new String(entry.content(), StandardCharsets.UTF_8);
  }

  private static boolean isBinary(String name, @Nullable Entry entry) {
    String base = name.substring(name.lastIndexOf('/') + 1);
    String extension = base.substring(base.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    if (base.contains(".") && BINARY.contains(extension)) {
      return true;
    }
    byte[] content = entry == null ? new byte[0] : entry.content();
    for (int i = 0; i < Math.min(content.length, 8000); i++) {
      if (content[i] == 0) {
        return true; // git's own rule
      }
    }
    return false;
  }

  private static String coloredHunks(String hunks) {
    var result = new StringBuilder();
    for (String line : hunks.split("(?<=\n)")) {
      result.append(
          switch (line.isEmpty() ? ' ' : line.charAt(0)) {
            case '-' -> colored(line, "31");
            case '+' -> colored(line, "32");
            case '@' -> colored(line, "36");
            default -> line;
          });
    }
    return result.toString();
  }

  private static String colored(String text, String color) {
    return text.replaceAll("[^\n\r]+", "\u001b[" + color + "m$0\u001b[39m");
  }
}
