package dev.nodule.npm.semver;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A version as node-semver reads it; build metadata is dropped, as it never takes part in a
 * comparison.
 */
public final class Version implements Comparable<Version> {
  private static final int MAX_LENGTH = 256;
  private static final long MAX_SAFE_INTEGER = (1L << 53) - 1;

  public final long major;
  public final long minor;
  public final long patch;

  /** Long or String identifiers. */
  final List<Object> prerelease;

  private final String text;

  Version(long major, long minor, long patch, List<Object> prerelease) {
    if (major > MAX_SAFE_INTEGER || minor > MAX_SAFE_INTEGER || patch > MAX_SAFE_INTEGER) {
      throw new IllegalArgumentException("version number too large");
    }
    this.major = major;
    this.minor = minor;
    this.patch = patch;
    this.prerelease = prerelease;
    var sb = new StringBuilder().append(major).append('.').append(minor).append('.').append(patch);
    for (int i = 0; i < prerelease.size(); i++) {
      sb.append(i == 0 ? '-' : '.').append(prerelease.get(i));
    }
    text = sb.toString();
  }

  /** The version, or null when the text is none. */
  public static @Nullable Version parse(@Nullable String text, boolean loose) {
    if (text == null || text.length() > MAX_LENGTH) {
      return null;
    }
    return new Parser(text.strip(), loose).version();
  }

  /** The version after removal of leading {@code =} and {@code v}; null when it is none. */
  public static @Nullable Version clean(String text) {
    String s = text.strip();
    int i = 0;
    while (i < s.length() && (s.charAt(i) == '=' || s.charAt(i) == 'v')) {
      i++;
    }
    return parse(s.substring(i), true);
  }

  public boolean isPrerelease() {
    return !prerelease.isEmpty();
  }

  boolean sameTriple(Version o) {
    return major == o.major && minor == o.minor && patch == o.patch;
  }

  @Override
  public int compareTo(Version o) {
    int c = Long.compare(major, o.major);
    c = c != 0 ? c : Long.compare(minor, o.minor);
    c = c != 0 ? c : Long.compare(patch, o.patch);
    if (c != 0) {
      return c;
    }
    if (prerelease.isEmpty() || o.prerelease.isEmpty()) {
      return Boolean.compare(prerelease.isEmpty(), o.prerelease.isEmpty());
    }
    for (int i = 0; i < prerelease.size() && i < o.prerelease.size(); i++) {
      c = compareIdentifiers(prerelease.get(i), o.prerelease.get(i));
      if (c != 0) {
        return c;
      }
    }
    return Integer.compare(prerelease.size(), o.prerelease.size());
  }

  private static int compareIdentifiers(Object a, Object b) {
    boolean na = isNumeric(a);
    boolean nb = isNumeric(b);
    if (na && nb) {
      return Double.compare(Double.parseDouble(a.toString()), Double.parseDouble(b.toString()));
    }
    return na != nb ? (na ? -1 : 1) : a.toString().compareTo(b.toString());
  }

  private static boolean isNumeric(Object id) {
    return id instanceof Long || id.toString().chars().allMatch(c -> c >= '0' && c <= '9');
  }

  @Override
  public boolean equals(@Nullable Object o) {
    return o instanceof Version v && compareTo(v) == 0;
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return text;
  }

  /** A cursor over the text; the grammar is small enough to need no regular expression. */
  private static final class Parser {
    private final String s;
    private final boolean loose;
    private int at;

    Parser(String s, boolean loose) {
      this.s = s;
      this.loose = loose;
    }

    @Nullable Version version() {
      if (loose) {
        while (at < s.length()
            && (s.charAt(at) == 'v'
                || s.charAt(at) == '='
                || Character.isWhitespace(s.charAt(at)))) {
          at++;
        }
      } else if (at < s.length() && s.charAt(at) == 'v') {
        at++;
      }
      long major = number();
      if (major < 0 || !take('.')) {
        return null;
      }
      long minor = number();
      if (minor < 0 || !take('.')) {
        return null;
      }
      long patch = number();
      if (patch < 0) {
        return null;
      }
      List<Object> pre = List.of();
      if (at < s.length() && s.charAt(at) != '+') {
        int start = at;
        boolean dash = take('-');
        if (!dash && !loose) {
          return null;
        }
        List<Object> ids = identifiers();
        if (ids == null && dash && loose) {
          at = start; // the dash itself may be the first identifier
          ids = identifiers();
        }
        if (ids == null) {
          return null;
        }
        pre = ids;
      }
      if (take('+') && !build()) {
        return null;
      }
      if (at != s.length()
          || major > MAX_SAFE_INTEGER
          || minor > MAX_SAFE_INTEGER
          || patch > MAX_SAFE_INTEGER) {
        return null;
      }
      return new Version(major, minor, patch, pre);
    }

    private boolean take(char c) {
      if (at < s.length() && s.charAt(at) == c) {
        at++;
        return true;
      }
      return false;
    }

    private long number() {
      int start = at;
      while (at < s.length() && Character.digit(s.charAt(at), 10) >= 0 && s.charAt(at) < 128) {
        at++;
      }
      if (at == start || (!loose && at - start > 1 && s.charAt(start) == '0')) {
        return -1;
      }
      String digits = s.substring(start, at);
      if (digits.length() > 16 && loose) {
        digits = digits.replaceFirst("^0+(?=.)", "");
      }
      return digits.length() > 16 ? Long.MAX_VALUE : Long.parseLong(digits);
    }

    private @Nullable List<Object> identifiers() {
      var ids = new ArrayList<Object>(3);
      do {
        int start = at;
        boolean digits = true;
        while (at < s.length() && isIdentifierChar(s.charAt(at))) {
          digits &= s.charAt(at) >= '0' && s.charAt(at) <= '9';
          at++;
        }
        if (at == start) {
          return null;
        }
        String id = s.substring(start, at);
        if (digits) {
          if (!loose && id.length() > 1 && id.charAt(0) == '0') {
            return null;
          }
          long n = id.length() > 16 ? Long.MAX_VALUE : Long.parseLong(id);
          ids.add(n < MAX_SAFE_INTEGER ? (Object) n : id);
        } else {
          ids.add(id);
        }
      } while (take('.'));
      return ids;
    }

    private boolean build() {
      do {
        int start = at;
        while (at < s.length() && isIdentifierChar(s.charAt(at))) {
          at++;
        }
        if (at == start) {
          return false;
        }
      } while (take('.'));
      return true;
    }

    private static boolean isIdentifierChar(char c) {
      return c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '-';
    }
  }
}
