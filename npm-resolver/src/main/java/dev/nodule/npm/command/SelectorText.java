package dev.nodule.npm.command;

import dev.nodule.npm.NpmException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The text of a selector, read from left to right. */
final class SelectorText {
  private static final Pattern ATTRIBUTE =
      Pattern.compile(
          "\\[\\s*([\\w.-]+)\\s*(?:([~|^$*]?=)\\s*(?:\"([^\"]*)\"|'([^']*)'|([^\\]\\s]*))\\s*(i)?\\s*)?\\]");

  private final String text;
  private int at;

  SelectorText(String text) {
    this.text = text;
  }

  NpmException error() {
    return new NpmException(
        "EQUERYSYNTAX", "Cannot read the selector at " + (at + 1) + ": " + text);
  }

  boolean isAtEnd() {
    return at >= text.length();
  }

  /** Whether one of these characters comes next. */
  boolean isAt(String characters) {
    return !isAtEnd() && characters.indexOf(text.charAt(at)) >= 0;
  }

  boolean skipSpace() {
    int start = at;
    while (!isAtEnd() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
    return at > start;
  }

  boolean takes(char c) {
    if (isAt(String.valueOf(c))) {
      at++;
      return true;
    }
    return false;
  }

  void expect(char c) {
    skipSpace();
    if (!takes(c)) {
      throw error();
    }
    skipSpace();
  }

  String word(String characters) {
    int start = at;
    while (!isAtEnd() && String.valueOf(text.charAt(at)).matches(characters)) {
      at += text.charAt(at) == '\\' && at + 1 < text.length() ? 2 : 1;
    }
    if (start == at) {
      throw error();
    }
    return text.substring(start, at).replace("\\", "");
  }

  /** An argument up to a comma or the closing parenthesis, without quotes. */
  String argument() {
    skipSpace();
    int start = at;
    while (!isAtEnd() && !isAt(",)")) {
      at++;
    }
    return text.substring(start, at).strip().replaceAll("^([\"'])(.*)\\1$", "$2");
  }

  /** {@code [field]} or {@code [field op value]}, with {@code i} where case does not count. */
  record Attribute(String field, @Nullable String operator, String value, boolean anyCase) {
    boolean matches(@Nullable Object object) {
      Object actual = object instanceof Map<?, ?> map ? map.get(field) : null;
      if (operator == null) {
        return actual != null && !actual.equals("") && !actual.equals(false);
      }
      return actual instanceof List<?> list
          ? list.stream().anyMatch(this::fits)
          : fits(actual == null ? "" : actual);
    }

    private boolean fits(@Nullable Object actual) {
      if (!(actual instanceof String || actual instanceof Number)) {
        return false;
      }
      String s = anyCase ? actual.toString().toLowerCase(Locale.ROOT) : actual.toString();
      String v = anyCase ? value.toLowerCase(Locale.ROOT) : value;
      return switch (operator) {
        case "^=" -> s.startsWith(v);
        case "$=" -> s.endsWith(v);
        case "*=" -> s.contains(v);
        case "|=" -> s.startsWith(v + "-");
        case "~=" -> List.of(s.split("\\W+")).contains(v);
        case null, default -> s.equals(v);
      };
    }
  }

  Attribute attribute() {
    var m = ATTRIBUTE.matcher(text).region(at, text.length());
    if (!m.lookingAt()) {
      throw error();
    }
    at = m.end();
    String value = m.group(3) != null ? m.group(3) : m.group(4) != null ? m.group(4) : m.group(5);
    return new Attribute(m.group(1), m.group(2), value == null ? "" : value, m.group(6) != null);
  }
}
