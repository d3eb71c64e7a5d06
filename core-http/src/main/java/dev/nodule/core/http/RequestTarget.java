package dev.nodule.core.http;

/**
 * Which part of a request-target (RFC 9112, section 3.2) is being read; one step for each octet.
 */
enum RequestTarget {
  /** Before the first octet of any form but authority-form. */
  START,
  SCHEME,
  SCHEME_SLASH,
  SCHEME_SLASH_SLASH,
  AUTHORITY,
  /** Right after the {@code @} of an authority. */
  AUTHORITY_AT,
  PATH,
  QUERY,
  FRAGMENT;

  /** Whether the target may end here. */
  boolean complete() {
    return compareTo(AUTHORITY) >= 0;
  }

  /**
   * The part that goes on with {@code octet}, which is none of SP, CR and LF; null where {@link
   * #error} says why it must not.
   */
  @org.jspecify.annotations.Nullable
  RequestTarget next(int octet) {
    return switch (this) {
      case START -> octet == '/' || octet == '*' ? PATH : CharClass.isAlpha(octet) ? SCHEME : null;
      case SCHEME -> octet == ':' ? SCHEME_SLASH : CharClass.isAlpha(octet) ? SCHEME : null;
      case SCHEME_SLASH -> octet == '/' ? SCHEME_SLASH_SLASH : null;
      case SCHEME_SLASH_SLASH -> octet == '/' ? AUTHORITY : null;
      case AUTHORITY, AUTHORITY_AT ->
          switch (octet) {
            case '/' -> PATH;
            case '?' -> QUERY;
            case '@' -> this == AUTHORITY ? AUTHORITY_AT : null;
            default -> CharClass.AUTHORITY[octet] ? AUTHORITY : null;
          };
      case PATH ->
          CharClass.TARGET[octet] ? PATH : octet == '?' ? QUERY : octet == '#' ? FRAGMENT : null;
      case QUERY ->
          CharClass.TARGET[octet] || octet == '?' ? QUERY : octet == '#' ? FRAGMENT : null;
      case FRAGMENT -> CharClass.TARGET[octet] || octet == '?' || octet == '#' ? FRAGMENT : null;
    };
  }

  /** What is wrong with {@code octet} here. */
  ParseError error(int octet) {
    if (octet == '\t'
        || octet == '\f'
        || (!complete() && (octet == ' ' || octet == '\r' || octet == '\n'))) {
      return ParseError.INVALID_URL;
    }
    return switch (this) {
      case START -> ParseError.URL_START;
      case SCHEME, SCHEME_SLASH, SCHEME_SLASH_SLASH -> ParseError.URL_SCHEME;
      case AUTHORITY -> ParseError.URL_AUTHORITY;
      case AUTHORITY_AT -> octet == '@' ? ParseError.URL_DOUBLE_AT : ParseError.URL_AUTHORITY;
      case PATH -> ParseError.URL_PATH;
      case QUERY -> ParseError.URL_QUERY;
      case FRAGMENT -> ParseError.URL_FRAGMENT;
    };
  }
}
