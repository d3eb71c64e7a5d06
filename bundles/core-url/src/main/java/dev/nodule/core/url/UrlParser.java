package dev.nodule.core.url;

import java.util.ArrayList;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The basic URL parser (https://url.spec.whatwg.org/#concept-basic-url-parser); the states have the
 * standard's names.
 */
final class UrlParser {
  enum State {
    SCHEME_START,
    SCHEME,
    NO_SCHEME,
    SPECIAL_RELATIVE_OR_AUTHORITY,
    PATH_OR_AUTHORITY,
    RELATIVE,
    RELATIVE_SLASH,
    SPECIAL_AUTHORITY_SLASHES,
    SPECIAL_AUTHORITY_IGNORE_SLASHES,
    AUTHORITY,
    HOST,
    HOSTNAME,
    PORT,
    FILE,
    FILE_SLASH,
    FILE_HOST,
    PATH_START,
    PATH,
    OPAQUE_PATH,
    QUERY,
    FRAGMENT
  }

  private static final int EOF = -1;
  private static final int MAX_PORT = 65535;

  private final UrlRecord url;
  private final @Nullable UrlRecord base;
  private final @Nullable State override;
  private final int[] input;
  private final StringBuilder buffer = new StringBuilder();
  private State state;
  private int pointer;
  private boolean atSignSeen;
  private boolean insideBrackets;
  private boolean passwordTokenSeen;

  private UrlParser(
      String input, UrlRecord url, @Nullable UrlRecord base, @Nullable State override) {
    this.url = url;
    this.base = base;
    this.override = override;
    this.state = override == null ? State.SCHEME_START : override;
    this.input = codePoints(input);
  }

  /** Null is failure. */
  static @Nullable UrlRecord parse(String input, @Nullable UrlRecord base) {
    int start = 0;
    int end = input.length();
    while (start < end && input.charAt(start) <= ' ') {
      start++;
    }
    while (end > start && input.charAt(end - 1) <= ' ') {
      end--;
    }
    UrlRecord url = new UrlRecord();
    return new UrlParser(input.substring(start, end), url, base, null).run() ? url : null;
  }

  /** Parses into a part of {@code url}; false is failure, which can leave it changed. */
  static boolean parseInto(UrlRecord url, String input, State override) {
    return new UrlParser(input, url, null, override).run();
  }

  /** Without tabs and line ends, and with U+FFFD for lone surrogates. */
  private static int[] codePoints(String text) {
    return text.codePoints()
        .filter(c -> c != '\t' && c != '\n' && c != '\r')
        .map(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE ? 0xFFFD : c)
        .toArray();
  }

  static boolean isNormalizedDriveLetter(String text) {
    return text.length() == 2 && isAlpha(text.charAt(0)) && text.charAt(1) == ':';
  }

  private static boolean isDriveLetter(CharSequence text) {
    return text.length() == 2
        && isAlpha(text.charAt(0))
        && (text.charAt(1) == ':' || text.charAt(1) == '|');
  }

  private static boolean isAlpha(int c) {
    return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
  }

  private static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }

  private int at(int index) {
    return index < input.length ? input[index] : EOF;
  }

  private boolean remainingStartsWith(char first, char second) {
    return at(pointer + 1) == first && (second == 0 || at(pointer + 2) == second);
  }

  private boolean startsWithDriveLetter(int from) {
    if (!isAlpha(at(from)) || at(from + 1) != ':' && at(from + 1) != '|') {
      return false;
    }
    int after = at(from + 2);
    return after == EOF || after == '/' || after == '\\' || after == '?' || after == '#';
  }

  private boolean isSpecialBackslash(int c) {
    return c == '\\' && url.isSpecial();
  }

  private enum Step {
    GO_ON,
    DONE,
    FAILURE
  }

  private boolean run() {
    for (; ; pointer++) {
      int c = at(pointer);
      Step step = step(c);
      if (step != Step.GO_ON) {
        return step == Step.DONE;
      }
      // A state can have moved the pointer back to read the same again.
      if (pointer >= input.length) {
        return true;
      }
    }
  }

  private Step step(int c) {
    return switch (state) {
      case SCHEME_START -> schemeStart(c);
      case SCHEME -> scheme(c);
      case NO_SCHEME -> noScheme(c);
      case SPECIAL_RELATIVE_OR_AUTHORITY -> {
        if (c == '/' && remainingStartsWith('/', (char) 0)) {
          state = State.SPECIAL_AUTHORITY_IGNORE_SLASHES;
          pointer++;
        } else {
          again(State.RELATIVE);
        }
        yield Step.GO_ON;
      }
      case PATH_OR_AUTHORITY -> {
        if (c == '/') {
          state = State.AUTHORITY;
        } else {
          again(State.PATH);
        }
        yield Step.GO_ON;
      }
      case RELATIVE -> relative(c);
      case RELATIVE_SLASH -> relativeSlash(c);
      case SPECIAL_AUTHORITY_SLASHES -> {
        if (c == '/' && remainingStartsWith('/', (char) 0)) {
          pointer++;
          state = State.SPECIAL_AUTHORITY_IGNORE_SLASHES;
        } else {
          again(State.SPECIAL_AUTHORITY_IGNORE_SLASHES);
        }
        yield Step.GO_ON;
      }
      case SPECIAL_AUTHORITY_IGNORE_SLASHES -> {
        if (c != '/' && c != '\\') {
          again(State.AUTHORITY);
        }
        yield Step.GO_ON;
      }
      case AUTHORITY -> authority(c);
      case HOST, HOSTNAME -> host(c);
      case PORT -> port(c);
      case FILE -> file(c);
      case FILE_SLASH -> fileSlash(c);
      case FILE_HOST -> fileHost(c);
      case PATH_START -> pathStart(c);
      case PATH -> path(c);
      case OPAQUE_PATH -> opaquePath(c);
      case QUERY -> query(c);
      case FRAGMENT -> fragment(c);
    };
  }

  private void again(State next) {
    state = next;
    pointer--;
  }

  private Step schemeStart(int c) {
    if (isAlpha(c)) {
      buffer.append((char) Character.toLowerCase(c));
      state = State.SCHEME;
    } else if (override == null) {
      again(State.NO_SCHEME);
    } else {
      return Step.FAILURE;
    }
    return Step.GO_ON;
  }

  private Step scheme(int c) {
    if (isAlpha(c) || isDigit(c) || c == '+' || c == '-' || c == '.') {
      buffer.append((char) Character.toLowerCase(c));
      return Step.GO_ON;
    }
    if (c != ':') {
      if (override != null) {
        return Step.FAILURE;
      }
      buffer.setLength(0);
      pointer = -1;
      state = State.NO_SCHEME;
      return Step.GO_ON;
    }
    String scheme = buffer.toString();
    if (override != null) {
      boolean special = UrlRecord.defaultPort(scheme) >= 0;
      boolean toFile = scheme.equals("file") && (url.hasCredentials() || url.port >= 0);
      boolean fromFile = url.isFile() && (url.host == null || url.host.isEmpty());
      if (url.isSpecial() == special && !toFile && !fromFile) {
        url.scheme = scheme;
        if (url.port == UrlRecord.defaultPort(scheme)) {
          url.port = -1;
        }
      }
      return Step.DONE;
    }
    url.scheme = scheme;
    buffer.setLength(0);
    if (url.isFile()) {
      state = State.FILE;
    } else if (url.isSpecial()) {
      state =
          base != null && base.scheme.equals(scheme)
              ? State.SPECIAL_RELATIVE_OR_AUTHORITY
              : State.SPECIAL_AUTHORITY_SLASHES;
    } else if (remainingStartsWith('/', (char) 0)) {
      state = State.PATH_OR_AUTHORITY;
      pointer++;
    } else {
      url.opaquePath = "";
      state = State.OPAQUE_PATH;
    }
    return Step.GO_ON;
  }

  private Step noScheme(int c) {
    if (base == null || base.opaquePath != null && c != '#') {
      return Step.FAILURE;
    }
    if (base.opaquePath != null) {
      url.scheme = base.scheme;
      url.opaquePath = base.opaquePath;
      url.query = base.query;
      url.fragment = "";
      state = State.FRAGMENT;
    } else {
      again(base.isFile() ? State.FILE : State.RELATIVE);
    }
    return Step.GO_ON;
  }

  private Step relative(int c) {
    UrlRecord from = requireBase();
    url.scheme = from.scheme;
    if (c == '/' || isSpecialBackslash(c)) {
      state = State.RELATIVE_SLASH;
      return Step.GO_ON;
    }
    copyAuthority(from);
    url.path = new ArrayList<>(from.path);
    url.query = from.query;
    afterBasePath(c, false);
    return Step.GO_ON;
  }

  private UrlRecord requireBase() {
    if (base == null) {
      throw new IllegalStateException("relative without a base");
    }
    return base;
  }

  private void copyAuthority(UrlRecord from) {
    url.username = from.username;
    url.password = from.password;
    url.host = from.host;
    url.port = from.port;
  }

  /** What follows when path and query were taken from the base. */
  private void afterBasePath(int c, boolean isFile) {
    if (c == '?') {
      url.query = "";
      state = State.QUERY;
    } else if (c == '#') {
      url.fragment = "";
      state = State.FRAGMENT;
    } else if (c != EOF) {
      url.query = null;
      if (isFile && startsWithDriveLetter(pointer)) {
        url.path.clear();
      } else {
        url.shortenPath();
      }
      again(State.PATH);
    }
  }

  private Step relativeSlash(int c) {
    if (url.isSpecial() && (c == '/' || c == '\\')) {
      state = State.SPECIAL_AUTHORITY_IGNORE_SLASHES;
    } else if (c == '/') {
      state = State.AUTHORITY;
    } else {
      copyAuthority(requireBase());
      again(State.PATH);
    }
    return Step.GO_ON;
  }

  private boolean endsAuthority(int c) {
    return c == EOF || c == '/' || c == '?' || c == '#' || isSpecialBackslash(c);
  }

  private Step authority(int c) {
    if (c == '@') {
      if (atSignSeen) {
        buffer.insert(0, "%40");
      }
      atSignSeen = true;
      StringBuilder username = new StringBuilder(url.username);
      StringBuilder password = new StringBuilder(url.password);
      buffer
          .codePoints()
          .forEach(
              each -> {
                if (each == ':' && !passwordTokenSeen) {
                  passwordTokenSeen = true;
                } else {
                  PercentEncoding.append(
                      passwordTokenSeen ? password : username, each, PercentEncoding.USERINFO);
                }
              });
      url.username = username.toString();
      url.password = password.toString();
      buffer.setLength(0);
    } else if (endsAuthority(c)) {
      if (atSignSeen && buffer.isEmpty()) {
        return Step.FAILURE;
      }
      pointer -= buffer.codePointCount(0, buffer.length()) + 1;
      buffer.setLength(0);
      state = State.HOST;
    } else {
      buffer.appendCodePoint(c);
    }
    return Step.GO_ON;
  }

  private Step host(int c) {
    if (override != null && url.isFile()) {
      again(State.FILE_HOST);
    } else if (c == ':' && !insideBrackets) {
      if (buffer.isEmpty() || override == State.HOSTNAME) {
        return Step.FAILURE;
      }
      String host = HostParser.parse(buffer.toString(), !url.isSpecial());
      if (host == null) {
        return Step.FAILURE;
      }
      url.host = host;
      buffer.setLength(0);
      state = State.PORT;
    } else if (endsAuthority(c)) {
      pointer--;
      if (url.isSpecial() && buffer.isEmpty()) {
        return Step.FAILURE;
      }
      if (override != null && buffer.isEmpty() && (url.hasCredentials() || url.port >= 0)) {
        return Step.FAILURE;
      }
      String host = HostParser.parse(buffer.toString(), !url.isSpecial());
      if (host == null) {
        return Step.FAILURE;
      }
      url.host = host;
      buffer.setLength(0);
      state = State.PATH_START;
      if (override != null) {
        return Step.DONE;
      }
    } else {
      if (c == '[') {
        insideBrackets = true;
      } else if (c == ']') {
        insideBrackets = false;
      }
      buffer.appendCodePoint(c);
    }
    return Step.GO_ON;
  }

  private Step port(int c) {
    if (isDigit(c)) {
      buffer.append((char) c);
      return Step.GO_ON;
    }
    if (!endsAuthority(c) && override == null) {
      return Step.FAILURE;
    }
    if (!buffer.isEmpty()) {
      String digits = buffer.toString().replaceFirst("^0+(?=.)", "");
      if (digits.length() > 5 || Integer.parseInt(digits) > MAX_PORT) {
        return Step.FAILURE;
      }
      int number = Integer.parseInt(digits);
      url.port = number == UrlRecord.defaultPort(url.scheme) ? -1 : number;
      buffer.setLength(0);
      if (override != null) {
        return Step.DONE;
      }
    }
    if (override != null) {
      return Step.FAILURE;
    }
    again(State.PATH_START);
    return Step.GO_ON;
  }

  private Step file(int c) {
    url.scheme = "file";
    url.host = "";
    if (c == '/' || c == '\\') {
      state = State.FILE_SLASH;
    } else if (base != null && base.isFile()) {
      url.host = base.host;
      url.path = new ArrayList<>(base.path);
      url.query = base.query;
      afterBasePath(c, true);
    } else {
      again(State.PATH);
    }
    return Step.GO_ON;
  }

  private Step fileSlash(int c) {
    if (c == '/' || c == '\\') {
      state = State.FILE_HOST;
      return Step.GO_ON;
    }
    if (base != null && base.isFile()) {
      url.host = base.host;
      if (!startsWithDriveLetter(pointer)
          && !base.path.isEmpty()
          && isNormalizedDriveLetter(base.path.get(0))) {
        url.path.add(base.path.get(0));
      }
    }
    again(State.PATH);
    return Step.GO_ON;
  }

  private Step fileHost(int c) {
    if (c != EOF && c != '/' && c != '\\' && c != '?' && c != '#') {
      buffer.appendCodePoint(c);
      return Step.GO_ON;
    }
    pointer--;
    if (override == null && isDriveLetter(buffer)) {
      state = State.PATH;
    } else if (buffer.isEmpty()) {
      url.host = "";
      if (override != null) {
        return Step.DONE;
      }
      state = State.PATH_START;
    } else {
      String host = HostParser.parse(buffer.toString(), !url.isSpecial());
      if (host == null) {
        return Step.FAILURE;
      }
      url.host = host.equals("localhost") ? "" : host;
      if (override != null) {
        return Step.DONE;
      }
      buffer.setLength(0);
      state = State.PATH_START;
    }
    return Step.GO_ON;
  }

  private Step pathStart(int c) {
    if (url.isSpecial()) {
      state = State.PATH;
      if (c != '/' && c != '\\') {
        pointer--;
      }
    } else if (override == null && c == '?') {
      url.query = "";
      state = State.QUERY;
    } else if (override == null && c == '#') {
      url.fragment = "";
      state = State.FRAGMENT;
    } else if (c != EOF) {
      state = State.PATH;
      if (c != '/') {
        pointer--;
      }
    } else if (override != null && url.host == null) {
      url.path.add("");
    }
    return Step.GO_ON;
  }

  private Step path(int c) {
    boolean slash = c == '/' || isSpecialBackslash(c);
    if (!slash && c != EOF && (override != null || c != '?' && c != '#')) {
      PercentEncoding.append(buffer, c, PercentEncoding.PATH);
      return Step.GO_ON;
    }
    String segment = buffer.toString();
    buffer.setLength(0);
    String dots = segment.toLowerCase(Locale.ROOT).replace("%2e", ".");
    if (dots.equals("..")) {
      url.shortenPath();
      if (!slash) {
        url.path.add("");
      }
    } else if (dots.equals(".")) {
      if (!slash) {
        url.path.add("");
      }
    } else {
      if (url.isFile() && url.path.isEmpty() && isDriveLetter(segment)) {
        segment = segment.charAt(0) + ":";
      }
      url.path.add(segment);
    }
    if (c == '?') {
      url.query = "";
      state = State.QUERY;
    } else if (c == '#') {
      url.fragment = "";
      state = State.FRAGMENT;
    }
    return Step.GO_ON;
  }

  private Step opaquePath(int c) {
    if (c == '?' || c == '#') {
      url.opaquePath = buffer.toString();
      buffer.setLength(0);
      if (c == '?') {
        url.query = "";
        state = State.QUERY;
      } else {
        url.fragment = "";
        state = State.FRAGMENT;
      }
    } else if (c == EOF) {
      url.opaquePath = buffer.toString();
    } else if (c == ' ') {
      // Before a query or fragment the last space would be lost in a serialization.
      buffer.append(
          remainingStartsWith('?', (char) 0) || remainingStartsWith('#', (char) 0) ? "%20" : " ");
    } else {
      PercentEncoding.append(buffer, c, PercentEncoding.C0_CONTROL);
    }
    return Step.GO_ON;
  }

  private Step query(int c) {
    if (c == EOF || override == null && c == '#') {
      url.query = buffer.toString();
      buffer.setLength(0);
      if (c == '#') {
        url.fragment = "";
        state = State.FRAGMENT;
      }
    } else {
      PercentEncoding.append(
          buffer, c, url.isSpecial() ? PercentEncoding.SPECIAL_QUERY : PercentEncoding.QUERY);
    }
    return Step.GO_ON;
  }

  private Step fragment(int c) {
    if (c == EOF) {
      url.fragment = buffer.toString();
    } else {
      PercentEncoding.append(buffer, c, PercentEncoding.FRAGMENT);
    }
    return Step.GO_ON;
  }
}
