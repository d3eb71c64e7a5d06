package dev.nodule.engine;

/**
 * What V8 says about a text that is not JSON. The engine only tells where it stopped; this reads
 * the text once more, so it costs nothing before there is an error.
 */
final class JsonSyntax {
  /** How many characters V8 shows on each side of the one that it did not expect. */
  private static final int SHOWN = 10;

  private final String text;
  private int at;

  private JsonSyntax(String text) {
    this.text = text;
  }

  /** The message for a text that {@code JSON.parse} refused. */
  static String message(String text) {
    if (text.equals("undefined")
        || text.equals("NaN")
        || text.equals("Infinity")
        || text.equals("[object Object]")) {
      return '"' + text + "\" is not valid JSON";
    }
    JsonSyntax syntax = new JsonSyntax(text);
    try {
      syntax.value();
      syntax.space();
      if (!syntax.atEnd()) {
        throw syntax.wrong("Unexpected non-whitespace character after JSON", "");
      }
      return "Unexpected end of JSON input";
    } catch (Wrong e) {
      return e.text;
    }
  }

  /** How a text goes wrong; no error of the program's own. */
  private static final class Wrong extends Exception {
    private static final long serialVersionUID = 1L;
    private final String text;

    Wrong(String text) {
      super(null, null, false, false);
      this.text = text;
    }
  }

  private boolean atEnd() {
    return at >= text.length();
  }

  private int peek() {
    return atEnd() ? -1 : text.charAt(at);
  }

  private void space() {
    while (!atEnd() && " \t\n\r".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  /** An error with its place: position, line and column. */
  private Wrong wrong(String what) {
    return wrong(what, " in JSON");
  }

  private Wrong wrong(String what, String where) {
    int line = 1;
    int start = 0;
    for (int i = 0; i < at; i++) {
      char c = text.charAt(i);
      if (c == '\n' || c == '\r') {
        if (c == '\r' && i + 1 < at && text.charAt(i + 1) == '\n') {
          i++;
        }
        line++;
        start = i + 1;
      }
    }
    return new Wrong(
        what
            + where
            + " at position "
            + at
            + " (line "
            + line
            + " column "
            + (at - start + 1)
            + ")");
  }

  /** What stands here instead of a value. */
  private Wrong unexpected() {
    if (atEnd()) {
      return new Wrong("Unexpected end of JSON input");
    }
    char c = text.charAt(at);
    if (c == '"') {
      return wrong("Unexpected string");
    }
    if (c == '-' || Character.isDigit(c) && c < 128) {
      return wrong("Unexpected number");
    }
    String shown;
    if (text.length() <= 4 * SHOWN) {
      shown = '"' + text + '"';
    } else {
      int from = Math.max(0, at - SHOWN);
      int to = Math.min(text.length(), at + SHOWN);
      shown =
          (from > 0 ? "..." : "")
              + '"'
              + text.substring(from, to)
              + '"'
              + (to < text.length() ? "..." : "");
    }
    return new Wrong("Unexpected token '" + c + "', " + shown + " is not valid JSON");
  }

  private void value() throws Wrong {
    space();
    switch (peek()) {
      case '{' -> object();
      case '[' -> array();
      case '"' -> string();
      case 't' -> word("true");
      case 'f' -> word("false");
      case 'n' -> word("null");
      case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> number();
      default -> throw unexpected();
    }
  }

  private void word(String word) throws Wrong {
    for (int i = 0; i < word.length(); i++) {
      if (peek() != word.charAt(i)) {
        throw unexpected();
      }
      at++;
    }
  }

  private void object() throws Wrong {
    at++;
    space();
    if (peek() == '}') {
      at++;
      return;
    }
    if (peek() != '"') {
      throw wrong("Expected property name or '}'");
    }
    while (true) {
      string();
      space();
      if (peek() != ':') {
        throw wrong("Expected ':' after property name");
      }
      at++;
      value();
      space();
      if (peek() == '}') {
        at++;
        return;
      }
      if (peek() != ',') {
        throw wrong("Expected ',' or '}' after property value");
      }
      at++;
      space();
      if (peek() != '"') {
        throw wrong("Expected double-quoted property name");
      }
    }
  }

  private void array() throws Wrong {
    at++;
    space();
    if (peek() == ']') {
      at++;
      return;
    }
    while (true) {
      value();
      space();
      if (peek() == ']') {
        at++;
        return;
      }
      if (peek() != ',') {
        throw wrong("Expected ',' or ']' after array element");
      }
      at++;
    }
  }

  private void string() throws Wrong {
    at++;
    while (true) {
      int c = peek();
      if (c == -1) {
        throw wrong("Unterminated string");
      }
      if (c < ' ') {
        throw wrong("Bad control character in string literal");
      }
      at++;
      if (c == '"') {
        return;
      }
      if (c == '\\') {
        escape();
      }
    }
  }

  private void escape() throws Wrong {
    int c = peek();
    if (c == -1) {
      throw wrong("Unterminated string");
    }
    if (c == 'u') {
      at++;
      for (int i = 0; i < 4; i++, at++) {
        if (Character.digit(peek(), 16) < 0) {
          throw wrong("Bad Unicode escape");
        }
      }
    } else if ("\"\\/bfnrt".indexOf(c) >= 0) {
      at++;
    } else {
      throw wrong("Bad escaped character");
    }
  }

  private boolean digit() {
    return peek() >= '0' && peek() <= '9';
  }

  private void digits() {
    while (digit()) {
      at++;
    }
  }

  private void number() throws Wrong {
    if (peek() == '-') {
      at++;
      if (!digit()) {
        throw wrong("No number after minus sign");
      }
    }
    if (peek() == '0') {
      at++;
      if (digit()) {
        throw wrong("Unexpected number");
      }
    } else {
      digits();
    }
    if (peek() == '.') {
      at++;
      if (!digit()) {
        throw wrong("Unterminated fractional number");
      }
      digits();
    }
    if (peek() == 'e' || peek() == 'E') {
      at++;
      if (peek() == '+' || peek() == '-') {
        at++;
      }
      if (!digit()) {
        throw wrong("Exponent part is missing a number");
      }
      digits();
    }
  }
}
