package dev.nodule.npm.semver;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A set of alternatives, each a conjunction of bounds, as node-semver reads a range. */
public final class Range {
  private static final String NUMBER = "0|[1-9]\\d*";
  private static final String ID = "[a-zA-Z0-9-]";
  private static final String PRE = "(?:\\d*[a-zA-Z-]" + ID + "*|" + NUMBER + ")";
  private static final String PRE_LOOSE = "(?:\\d*[a-zA-Z-]" + ID + "*|\\d+)";
  private static final String BUILD = "(?:\\+" + ID + "+(?:\\." + ID + "+)*)";
  private static final String PARTIAL =
      partial("(?:" + NUMBER + "|[xX*])", "-(" + PRE + "(?:\\." + PRE + ")*)");
  private static final String PARTIAL_LOOSE =
      partial("(?:\\d+|[xX*])", "-?(" + PRE_LOOSE + "(?:\\." + PRE_LOOSE + ")*)");
  private static final int MAX_DIGITS = 15;
  private static final ConcurrentHashMap<String, Optional<Range>> CACHE = new ConcurrentHashMap<>();
  private static final Version ZERO = new Version(0, 0, 0, List.of());

  private final List<List<Comparator>> alternatives;
  private final boolean includePrerelease;

  private Range(List<List<Comparator>> alternatives, boolean includePrerelease) {
    this.alternatives = alternatives;
    this.includePrerelease = includePrerelease;
  }

  private static String partial(String id, String pre) {
    return "[v=\\s]*("
        + id
        + ")(?:\\.("
        + id
        + ")(?:\\.("
        + id
        + ")(?:"
        + pre
        + ")?"
        + BUILD
        + "?)?)?";
  }

  /** The patterns of one of the two dialects, made when a range first needs them. */
  private record Grammar(Pattern hyphen, Pattern caret, Pattern tilde, Pattern plain) {
    static final Pattern BUILDS = Pattern.compile(BUILD);
    static final Pattern SPACES = Pattern.compile("\\s+");
    static final Pattern OPERATOR_SPACE = Pattern.compile("([<>]=?|=)\\s+(?=[v=\\s]*[0-9xX*])");
    static final Pattern TILDE_SPACE = Pattern.compile("~>?\\s+");
    static final Pattern CARET_SPACE = Pattern.compile("\\^\\s+");

    private static final class Strict {
      static final Grammar GRAMMAR = of(PARTIAL);
    }

    private static final class Loose {
      static final Grammar GRAMMAR = of(PARTIAL_LOOSE);
    }

    static Grammar of(String partial) {
      return new Grammar(
          Pattern.compile("\\s*(" + partial + ")\\s+-\\s+(" + partial + ")\\s*"),
          Pattern.compile("\\^" + partial),
          Pattern.compile("~>?" + partial),
          Pattern.compile("([<>]?=?)\\s*" + partial));
    }
  }

  /** The loose range, or null when the text is none. */
  public static @Nullable Range loose(String text) {
    return CACHE
        .computeIfAbsent(text, t -> Optional.ofNullable(parse(t, true, false)))
        .orElse(null);
  }

  public static @Nullable Range parse(String text, boolean loose, boolean includePrerelease) {
    try {
      var sets = new Parser(loose, includePrerelease).alternatives(text.strip());
      return sets.isEmpty() ? null : new Range(sets, includePrerelease);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  static Range single(Comparator c) {
    return new Range(List.of(List.of(c)), false);
  }

  public boolean test(@Nullable Version version) {
    if (version == null) {
      return false;
    }
    for (var set : alternatives) {
      if (test(set, version)) {
        return true;
      }
    }
    return false;
  }

  private boolean test(List<Comparator> set, Version version) {
    for (var c : set) {
      if (!c.test(version)) {
        return false;
      }
    }
    if (!version.isPrerelease() || includePrerelease) {
      return true;
    }
    // A prerelease is admitted only by a bound that names a prerelease of the same triple.
    for (var c : set) {
      if (c.version() != null && c.version().isPrerelease() && c.version().sameTriple(version)) {
        return true;
      }
    }
    return false;
  }

  public boolean intersects(Range other) {
    for (var mine : alternatives) {
      for (var theirs : other.alternatives) {
        if (satisfiable(mine)
            && satisfiable(theirs)
            && mine.stream().allMatch(a -> theirs.stream().allMatch(a::intersects))) {
          return true;
        }
      }
    }
    return false;
  }

  /**
   * Whether this range admits everything between the two bounds of {@code inner}, a range without
   * alternatives.
   */
  public boolean contains(Range inner) {
    var bounds = inner.alternatives.getFirst();
    var low = bounds.getFirst().version();
    var high = bounds.getLast().version();
    if (inner.alternatives.size() != 1 || low == null || high == null) {
      return false;
    }
    return alternatives.stream()
        .anyMatch(
            set ->
                set.stream()
                    .allMatch(
                        c ->
                            c.version() == null
                                || switch (c.operator()) {
                                  case ">=" -> low.compareTo(c.version()) >= 0;
                                  case ">" -> low.compareTo(c.version()) > 0;
                                  case "<" ->
                                      bounds.size() == 1
                                          ? low.compareTo(c.version()) < 0
                                          : high.compareTo(c.version()) <= 0;
                                  case "<=" ->
                                      bounds.size() == 1 && low.compareTo(c.version()) <= 0;
                                  default -> bounds.size() == 1 && low.equals(c.version());
                                }));
  }

  private static boolean satisfiable(List<Comparator> set) {
    for (int i = set.size() - 1; i > 0; i--) {
      for (int k = 0; k < i; k++) {
        if (!set.get(i).intersects(set.get(k))) {
          return false;
        }
      }
    }
    return true;
  }

  /** The normalised text; {@code *} for a range that admits everything. */
  @Override
  public String toString() {
    String s =
        alternatives.stream()
            .map(set -> set.stream().map(Comparator::value).collect(Collectors.joining(" ")))
            .collect(Collectors.joining("||"));
    return s.isEmpty() ? "*" : s;
  }

  private record Parser(boolean loose, boolean includePrerelease) {
    List<List<Comparator>> alternatives(String text) {
      var sets = new ArrayList<List<Comparator>>();
      if (simple(text, new ArrayList<>())) {
        return List.of(conjunction(text));
      }
      for (String part : Grammar.SPACES.matcher(text).replaceAll(" ").split("\\|\\|", -1)) {
        var set = conjunction(part.strip());
        if (!set.isEmpty()) {
          sets.add(set);
        }
      }
      if (sets.size() < 2) {
        return sets;
      }
      var first = sets.getFirst();
      sets.removeIf(set -> set.getFirst().value().equals(Comparator.NOTHING));
      if (sets.isEmpty()) {
        return List.of(first);
      }
      for (var set : sets) {
        if (set.size() == 1 && set.getFirst().version() == null) {
          return List.of(set);
        }
      }
      return sets;
    }

    private Grammar grammar() {
      return loose ? Grammar.Loose.GRAMMAR : Grammar.Strict.GRAMMAR;
    }

    private List<Comparator> conjunction(String text) {
      var found = new ArrayList<Comparator>();
      if (!simple(text, found)) {
        expandAll(Grammar.BUILDS.matcher(text).replaceAll(""), found);
      }
      var byValue = new LinkedHashMap<String, Comparator>();
      for (var c : found) {
        if (c.value().equals(Comparator.NOTHING)) {
          return List.of(c);
        }
        var bound = c.operator().equals(">=") && isZero(c) ? Comparator.ANY : c;
        byValue.put(bound.value(), bound);
      }
      if (byValue.size() > 1) {
        byValue.remove("");
      }
      return List.copyOf(byValue.values());
    }

    /**
     * What nearly all are, without regular expressions: a version, or one behind a caret or tilde.
     */
    private boolean simple(String text, List<Comparator> out) {
      boolean caret = text.startsWith("^");
      boolean bound = caret || text.startsWith("~");
      var numbers = new long[3];
      int at = bound ? 1 : 0;
      for (int i = 0; i < 3; i++) {
        int start = at;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
          numbers[i] = numbers[i] * 10 + (text.charAt(at++) - '0');
          if (at - start > MAX_DIGITS) {
            return false;
          }
        }
        boolean leadingZero = at > start + 1 && text.charAt(start) == '0';
        boolean ends = i == 2 ? at == text.length() : at < text.length() && text.charAt(at) == '.';
        if (at == start || leadingZero || !ends) {
          return false;
        }
        at++;
      }
      var version = new Version(numbers[0], numbers[1], numbers[2], List.of());
      if (bound) {
        upTo(caret, version, version, out);
      } else {
        out.add(new Comparator("", version));
      }
      return true;
    }

    private void expandAll(String text, List<Comparator> found) {
      Matcher hyphen = grammar().hyphen.matcher(text);
      if (hyphen.matches()) {
        hyphen(hyphen, found);
        return;
      }
      String s = Grammar.OPERATOR_SPACE.matcher(text).replaceAll("$1");
      s = Grammar.TILDE_SPACE.matcher(s).replaceAll("~");
      s = Grammar.CARET_SPACE.matcher(s).replaceAll("^");
      for (String token : Grammar.SPACES.split(s.strip(), -1)) {
        if (!expand(token, found) && !loose) {
          throw new IllegalArgumentException(token);
        }
      }
    }

    private boolean isZero(Comparator c) {
      return c.value().equals(includePrerelease ? ">=0.0.0-0" : ">=0.0.0");
    }

    private boolean expand(String token, List<Comparator> out) {
      if (token.isEmpty()) {
        out.add(Comparator.ANY);
        return true;
      }
      char first = token.charAt(0);
      if (first == '^' || first == '~') {
        Matcher m = (first == '^' ? grammar().caret : grammar().tilde).matcher(token);
        if (!m.matches()) {
          return false;
        }
        upTo(first == '^', m, out);
        return true;
      }
      Matcher m = grammar().plain.matcher(token);
      return m.matches() && plain(m, out);
    }

    /** Caret and tilde: from the given version up to the next that may break. */
    private void upTo(boolean caret, Matcher m, List<Comparator> out) {
      if (isX(m.group(1))) {
        out.add(Comparator.ANY);
        return;
      }
      long major = number(m.group(1));
      if (isX(m.group(2))) {
        out.add(from(major, 0, 0));
        out.add(before(major + 1, 0, 0));
        return;
      }
      long minor = number(m.group(2));
      if (isX(m.group(3))) {
        out.add(from(major, minor, 0));
        out.add(caret && major > 0 ? before(major + 1, 0, 0) : before(major, minor + 1, 0));
        return;
      }
      var numbers = new Version(major, minor, number(m.group(3)), List.of());
      upTo(caret, exact(m, 1), numbers, out);
    }

    private void upTo(boolean caret, Version first, Version numbers, List<Comparator> out) {
      out.add(new Comparator(">=", first));
      if (caret && numbers.major > 0) {
        out.add(before(numbers.major + 1, 0, 0));
      } else if (caret && numbers.minor == 0) {
        out.add(before(0, 0, numbers.patch + 1));
      } else {
        out.add(before(numbers.major, numbers.minor + 1, 0));
      }
    }

    private boolean plain(Matcher m, List<Comparator> out) {
      String op = m.group(1);
      boolean xMajor = isX(m.group(2));
      boolean xMinor = isX(m.group(3));
      boolean xPatch = isX(m.group(4));
      if (xMajor && !xMinor || xMinor && m.group(4) != null && !xPatch) {
        return false;
      }
      if (xMajor) {
        out.add(op.equals("<") || op.equals(">") ? nothing() : Comparator.ANY);
        return true;
      }
      if (!xMinor && !xPatch) {
        String prefix = m.group(0).substring(m.end(1), m.start(2));
        if (!loose && !prefix.isEmpty() && !prefix.equals("v")) {
          return false; // the strict grammar lets a full version follow its operator, with nothing
          // but a v before it
        }
        out.add(new Comparator(op.equals("=") ? "" : op, exact(m, 2)));
        return true;
      }
      long major = number(m.group(2));
      long minor = xMinor ? 0 : number(m.group(3));
      long nextMajor = xMinor ? major + 1 : major;
      long nextMinor = xMinor ? 0 : minor + 1;
      switch (op) {
        case ">" -> out.add(from(nextMajor, nextMinor, 0));
        case ">=" -> out.add(from(major, minor, 0));
        case "<" -> out.add(before(major, minor, 0));
        case "<=" -> out.add(before(nextMajor, nextMinor, 0));
        default -> {
          out.add(from(major, minor, 0));
          out.add(before(nextMajor, nextMinor, 0));
        }
      }
      return true;
    }

    private void hyphen(Matcher m, List<Comparator> out) {
      if (isX(m.group(2))) {
        out.add(Comparator.ANY);
      } else if (isX(m.group(3))) {
        out.add(from(number(m.group(2)), 0, 0));
      } else if (isX(m.group(4))) {
        out.add(from(number(m.group(2)), number(m.group(3)), 0));
      } else if (m.group(5) == null) {
        out.add(from(number(m.group(2)), number(m.group(3)), number(m.group(4))));
      } else {
        out.add(new Comparator(">=", exact(m, 2)));
      }
      if (isX(m.group(7))) {
        out.add(Comparator.ANY);
      } else if (isX(m.group(8))) {
        out.add(before(number(m.group(7)) + 1, 0, 0));
      } else if (isX(m.group(9))) {
        out.add(before(number(m.group(7)), number(m.group(8)) + 1, 0));
      } else if (m.group(10) == null && includePrerelease) {
        out.add(before(number(m.group(7)), number(m.group(8)), number(m.group(9)) + 1));
      } else {
        out.add(new Comparator("<=", exact(m, 7)));
      }
    }

    private Version exact(Matcher m, int group) {
      String pre = m.group(group + 3);
      String text = m.group(group) + "." + m.group(group + 1) + "." + m.group(group + 2);
      var v = Version.parse(pre == null ? text : text + "-" + pre, loose);
      if (v == null) {
        throw new IllegalArgumentException(text);
      }
      return v;
    }

    private Comparator from(long major, long minor, long patch) {
      return new Comparator(
          ">=", new Version(major, minor, patch, includePrerelease ? List.of(0L) : List.of()));
    }

    private static Comparator before(long major, long minor, long patch) {
      return new Comparator("<", new Version(major, minor, patch, List.of(0L)));
    }

    private static Comparator nothing() {
      return new Comparator("<", new Version(ZERO.major, ZERO.minor, ZERO.patch, List.of(0L)));
    }

    private static boolean isX(@Nullable String id) {
      return id == null || id.equals("x") || id.equals("X") || id.equals("*");
    }

    private static long number(String s) {
      return s.length() > 16 ? Long.MAX_VALUE - 1 : Long.parseLong(s);
    }
  }
}
