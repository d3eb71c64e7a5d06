package dev.nodule.npm.pack;

import java.util.regex.Pattern;

/**
 * Patterns for paths: {@code *} within a name, {@code **} across folders, {@code ?}, sets and
 * alternatives in braces.
 */
public final class Glob {
  private Glob() {}

  public static Pattern of(String glob) {
    return Pattern.compile(regex(glob), Pattern.DOTALL);
  }

  static String regex(String glob) {
    var sb = new StringBuilder();
    int open = 0;
    for (int i = 0; i < glob.length(); i++) {
      char c = glob.charAt(i);
      if (c == '*') {
        if (glob.startsWith("**/", i)) {
          sb.append("(?:.*/)?");
          i += 2;
        } else if (glob.startsWith("**", i)) {
          sb.append(".*");
          i++;
        } else {
          sb.append("[^/]*");
        }
      } else if (c == '?') {
        sb.append("[^/]");
      } else if (c == '[' && glob.indexOf(']', i + 2) > 0) {
        int end = glob.indexOf(']', i + 2);
        sb.append('[')
            .append(
                glob.substring(i + 1, end)
                    .replaceFirst("^!", "^")
                    .replace("\\", "\\\\")
                    .replace("[", "\\[")
                    .replace("&&", "&\\&"))
            .append(']');
        i = end;
      } else if (c == '{' && isAlternatives(glob, i)) {
        sb.append("(?:");
        open++;
      } else if (c == '}' && open > 0) {
        sb.append(')');
        open--;
      } else if (c == ',' && open > 0) {
        sb.append('|');
      } else {
        if (c == '\\' && i + 1 < glob.length()) {
          c = glob.charAt(++i);
        }
        sb.append(Pattern.quote(String.valueOf(c)));
      }
    }
    return sb.toString();
  }

  /** Braces without a comma, or without an end, mean themselves. */
  private static boolean isAlternatives(String glob, int at) {
    int depth = 0;
    boolean comma = false;
    for (int i = at; i < glob.length(); i++) {
      switch (glob.charAt(i)) {
        case '{' -> depth++;
        case '}' -> depth--;
        case ',' -> comma |= depth == 1;
        default -> {}
      }
      if (depth == 0) {
        return comma;
      }
    }
    return false;
  }
}
