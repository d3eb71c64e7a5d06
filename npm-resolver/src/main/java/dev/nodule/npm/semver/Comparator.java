package dev.nodule.npm.semver;

import org.jspecify.annotations.Nullable;

/** One bound of a range; a null version admits everything. */
record Comparator(String operator, @Nullable Version version) {
  static final Comparator ANY = new Comparator("", null);

  /** The bound that nothing meets. */
  static final String NOTHING = "<0.0.0-0";

  String value() {
    return version == null ? "" : operator + version;
  }

  boolean test(Version v) {
    if (version == null) {
      return true;
    }
    int c = v.compareTo(version);
    return switch (operator) {
      case ">" -> c > 0;
      case ">=" -> c >= 0;
      case "<" -> c < 0;
      case "<=" -> c <= 0;
      default -> c == 0;
    };
  }

  boolean intersects(Comparator o) {
    if (operator.isEmpty()) {
      return version == null || Range.single(o).test(version);
    }
    if (o.operator.isEmpty()) {
      return o.version == null || Range.single(this).test(o.version);
    }
    if (value().startsWith("<0.0.0") || o.value().startsWith("<0.0.0")) {
      return false;
    }
    char a = operator.charAt(0);
    char b = o.operator.charAt(0);
    if (a == b) {
      return true;
    }
    int c = version == null || o.version == null ? 0 : version.compareTo(o.version);
    if (c == 0) {
      return operator.length() == 2 && o.operator.length() == 2;
    }
    return c < 0 ? a == '>' : a == '<';
  }
}
