package dev.nodule.builder.trace;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code exports} and {@code imports} of a package.json (Node.js documentation: Packages). */
final class PackageTargets {
  private PackageTargets() {}

  /**
   * The target of a subpath: {@code ./x} or null if none matches.
   *
   * @param table the value of {@code exports} or {@code imports}
   * @param key {@code .}, {@code ./sub/path} or {@code #name}
   */
  static @Nullable String find(@Nullable Object table, String key, Set<String> conditions) {
    if (!(table instanceof Map<?, ?> map) || !hasPaths(map)) {
      return key.equals(".") ? target(table, "", conditions) : null;
    }
    if (map.containsKey(key) && !key.contains("*")) {
      return target(map.get(key), "", conditions);
    }
    String best = null;
    for (Object entry : map.keySet()) {
      String pattern = String.valueOf(entry);
      int star = pattern.indexOf('*');
      if (star < 0
          || !key.startsWith(pattern.substring(0, star))
          || key.length() < pattern.length()
          || !key.endsWith(pattern.substring(star + 1))) {
        continue;
      }
      if (best == null || star > best.indexOf('*')) {
        best = pattern;
      }
    }
    if (best == null) {
      return null;
    }
    int star = best.indexOf('*');
    String match = key.substring(star, key.length() - (best.length() - star - 1));
    return target(map.get(best), match, conditions);
  }

  private static boolean hasPaths(Map<?, ?> map) {
    return map.keySet().stream()
        .map(String::valueOf)
        .anyMatch(key -> key.startsWith(".") || key.startsWith("#"));
  }

  private static @Nullable String target(
      @Nullable Object value, String match, Set<String> conditions) {
    return switch (value) {
      case String text -> text.replace("*", match);
      case List<?> list -> {
        for (Object item : list) {
          String found = target(item, match, conditions);
          if (found != null) {
            yield found;
          }
        }
        yield null;
      }
      case Map<?, ?> map -> {
        for (Map.Entry<?, ?> entry : map.entrySet()) {
          if (conditions.contains(String.valueOf(entry.getKey()))) {
            String found = target(entry.getValue(), match, conditions);
            if (found != null) {
              yield found;
            }
          }
        }
        yield null;
      }
      case null, default -> null;
    };
  }
}
