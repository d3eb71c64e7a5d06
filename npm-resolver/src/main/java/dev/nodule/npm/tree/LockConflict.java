package dev.nodule.npm.tree;

import dev.nodule.json.Json;
import dev.nodule.npm.NpmException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A lock file that git left with conflict markers: the other side's with our changes made in it, as
 * npm does. What does not fit together by that is mended when the tree is completed.
 */
final class LockConflict {
  private static final Pattern OURS = Pattern.compile("^<{7,}", Pattern.MULTILINE);
  private static final Pattern THEIRS = Pattern.compile("^={7,}", Pattern.MULTILINE);
  private static final Pattern END = Pattern.compile("^>{7,}", Pattern.MULTILINE);

  private LockConflict() {}

  static boolean isIn(String text) {
    return OURS.matcher(text).find() && THEIRS.matcher(text).find() && END.matcher(text).find();
  }

  static Map<String, @Nullable Object> resolve(String text, String what) {
    var ours = new StringBuilder();
    var theirs = new StringBuilder();
    var parent = new StringBuilder();
    char state = ' ';
    for (String line : text.lines().toList()) {
      char first = line.matches("(<{7,}|\\|{7,}|={7,}|>{7,}).*") ? line.charAt(0) : ' ';
      if (first != ' ') {
        state = first == '>' ? ' ' : first;
        continue;
      }
      if (state == ' ' || state == '<') {
        ours.append(line).append('\n');
      }
      if (state == ' ' || state == '=') {
        theirs.append(line).append('\n');
      }
      if (state == ' ' || state == '|') {
        parent.append(line).append('\n');
      }
    }
    var result = read(theirs, what);
    Map<String, @Nullable Object> before;
    try {
      before = read(parent, what);
    } catch (NpmException e) {
      before = Map.of(); // without the common ancestor the rest need not be JSON; all of ours is a
      // change then
    }
    apply(before, read(ours, what), result);
    return result;
  }

  private static Map<String, @Nullable Object> read(CharSequence text, String what) {
    try {
      if (Json.parse(text.toString().getBytes(StandardCharsets.UTF_8)) instanceof Map<?, ?> map) {
        return new LinkedHashMap<>(Json.object(map));
      }
    } catch (IOException e) {
      // said below
    }
    throw new NpmException(
        "EJSONPARSE",
        "Invalid JSON in "
            + what
            + ": the file has merge conflict markers, and what is between them is not JSON. "
            + "Resolve the conflict, or delete the file and run `nodule install`.");
  }

  /** Makes in {@code target} the changes that lead from {@code before} to {@code after}. */
  private static void apply(
      Map<String, @Nullable Object> before,
      Map<String, @Nullable Object> after,
      Map<String, @Nullable Object> target) {
    before.keySet().stream().filter(key -> !after.containsKey(key)).forEach(target::remove);
    after.forEach(
        (key, value) -> {
          Object old = before.get(key);
          if (Objects.equals(old, value) && before.containsKey(key)) {
            return;
          }
          if (old instanceof Map<?, ?>
              && value instanceof Map<?, ?>
              && target.get(key) instanceof Map<?, ?> inner) {
            var changed = new LinkedHashMap<>(Json.object(inner));
            apply(Json.object(old), Json.object(value), changed);
            target.put(key, changed);
          } else {
            target.put(key, value);
          }
        });
  }
}
