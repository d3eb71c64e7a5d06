package dev.nodule.core.http;

/** Classes of octets, by the names of RFC 9110 (section 5.6) and RFC 3986. */
final class CharClass {
  /** {@code tchar}: what names of fields, methods and chunk extensions consist of. */
  static final boolean[] TOKEN = alphanumericAnd("!#$%&'*+-.^_`|~");

  /** HTAB, SP, VCHAR and obs-text: what values of fields consist of. */
  static final boolean[] FIELD_VALUE = fieldValue();

  /** {@link #FIELD_VALUE} and the other control characters, but no NUL, CR and LF. */
  static final boolean[] RELAXED_FIELD_VALUE = relaxedFieldValue();

  /** The text of a quoted-string besides quoted pairs. */
  static final boolean[] QDTEXT = without(FIELD_VALUE, "\"\\");

  /**
   * Octets of a path; {@code ?} and {@code #} end it. Wider than RFC 3986, as user agents do not
   * escape all they should.
   */
  static final boolean[] TARGET = alphanumericAnd("!\"$%&'()*+,-./:;<=>@[\\]^_`{|}~");

  /** Octets of an authority, besides {@code @}. */
  static final boolean[] AUTHORITY = alphanumericAnd("-_.!~*'()%;:&=+$,[]");

  private CharClass() {}

  static boolean isAlpha(int c) {
    int lower = c | 0x20;
    return lower >= 'a' && lower <= 'z';
  }

  static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }

  /** The value of a hexadecimal digit; -1 for another octet. */
  static int hexValue(int c) {
    if (isDigit(c)) {
      return c - '0';
    }
    int lower = c | 0x20;
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
  }

  private static boolean[] alphanumericAnd(String others) {
    boolean[] set = new boolean[256];
    for (int c = 0; c < 128; c++) {
      set[c] = isAlpha(c) || isDigit(c) || others.indexOf(c) >= 0;
    }
    return set;
  }

  private static boolean[] fieldValue() {
    boolean[] set = new boolean[256];
    for (int c = 0; c < 256; c++) {
      set[c] = c == '\t' || (c >= 0x20 && c != 0x7f);
    }
    return set;
  }

  private static boolean[] relaxedFieldValue() {
    boolean[] set = new boolean[256];
    for (int c = 0; c < 256; c++) {
      set[c] = c != 0 && c != '\r' && c != '\n';
    }
    return set;
  }

  private static boolean[] without(boolean[] base, String others) {
    boolean[] set = base.clone();
    for (int i = 0; i < others.length(); i++) {
      set[others.charAt(i)] = false;
    }
    return set;
  }
}
