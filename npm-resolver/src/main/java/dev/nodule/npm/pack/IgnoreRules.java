package dev.nodule.npm.pack;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Patterns as in a .gitignore; of all that match a path the last one decides. */
final class IgnoreRules {
  private record Rule(Pattern pattern, boolean negated, boolean foldersOnly) {}

  private final List<Rule> rules = new ArrayList<>();

  static IgnoreRules parse(String text) {
    var result = new IgnoreRules();
    text.lines().forEach(result::add);
    return result;
  }

  void add(String line) {
    String p = line.replaceFirst("(?<!\\\\)\\s+$", "");
    if (p.isEmpty() || p.startsWith("#")) {
      return;
    }
    boolean negated = p.startsWith("!");
    p = negated ? p.substring(1) : p;
    boolean foldersOnly = p.endsWith("/");
    p = foldersOnly ? p.substring(0, p.length() - 1) : p;
    boolean anchored = p.contains("/");
    p = p.startsWith("/") ? p.substring(1) : p;
    rules.add(
        new Rule(
            Pattern.compile((anchored ? "" : "(?:.*/)?") + Glob.regex(p), Pattern.DOTALL),
            negated,
            foldersOnly));
  }

  /** True: ignored; false: taken in again by a negated rule; null: no rule says anything. */
  @org.jspecify.annotations.Nullable
  Boolean ignores(String path, boolean folder) {
    Boolean result = null;
    for (Rule rule : rules) {
      if ((folder || !rule.foldersOnly) && rule.pattern.matcher(path).matches()) {
        result = !rule.negated;
      }
    }
    return result;
  }

  /** Whether a name is one of those that no rule can leave out. */
  static boolean isAlwaysPart(String name) {
    String s = name.toLowerCase(Locale.ROOT);
    return s.equals("package.json") || s.matches("(readme|copying|licen[cs]e)(\\..*[^~$]?)?");
  }
}
