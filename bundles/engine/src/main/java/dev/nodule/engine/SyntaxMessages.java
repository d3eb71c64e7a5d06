package dev.nodule.engine;

import com.oracle.js.parser.ParserException;
import com.oracle.js.parser.Token;
import com.oracle.js.parser.TokenKind;
import com.oracle.js.parser.TokenType;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What V8 says about a syntax error; programs and tests read these texts. */
final class SyntaxMessages {
  private static final Pattern UNEXPECTED =
      Pattern.compile(
          "Expected (?<wanted>.*?) but found (?<found>.*)|Unexpected token: (?<token>.*)",
          Pattern.DOTALL);
  private static final Map<Pattern, String> TEXTS = new LinkedHashMap<>();

  static {
    text("Invalid return statement", "Illegal return statement");
    text(
        "Variable \"(.*)\" has already been declared", "Identifier '$1' has already been declared");
    text(
        "Missing close quote|Missing space after numeric literal|Missing digit after .*|Missing exponent",
        "Invalid or unexpected token");
    text("Missing assignment to constant .*", "Missing initializer in const declaration");
    text(
        "Missing assignment in destructuring declaration",
        "Missing initializer in destructuring declaration");
    text(
        "new.target expression is only allowed in functions",
        "new.target expression is not allowed here");
    text("invalid use of keyword super", "'super' keyword unexpected here");
    text(
        "\"with\" statement cannot be used in strict mode",
        "Strict mode code may not include a with statement");
    text("cannot use octal value in strict mode", "Octal literals are not allowed in strict mode.");
    text(
        "cannot use octal escapes in strict mode",
        "Octal escape sequences are not allowed in strict mode.");
    text(
        "cannot delete identifier .* in strict mode",
        "Delete of an unqualified identifier in strict mode.");
    text(
        "Illegal continue statement",
        "Illegal continue statement: no surrounding iteration statement");
    text("Duplicate Label \"(.*)\"", "Label '$1' has already been declared");
    text("Undefined Label \"(.*)\"", "Undefined label '$1'");
    text("Invalid left hand side for assignment", "Invalid left-hand side in assignment");
    text(
        "strict mode function cannot have duplicate parameter name .*",
        "Duplicate parameter name not allowed in this context");
    text(
        "\"(?:eval|arguments)\" cannot be used as .* in strict mode",
        "Unexpected eval or arguments in strict mode");
    text("Class contains more than one constructor", "A class may only have one constructor");
    text("Switch already has default case", "More than one default clause in switch statement");
    text(
        "for\\.\\.(in|of) loop declaration must not have an initializer",
        "for-$1 loop variable declaration may not have an initializer.");
    text("Invalid left side value of for\\.\\.(in|of) loop", "Invalid left-hand side in for-loop");
    text(
        "property name __proto__ appears more than once in object literal",
        "Duplicate __proto__ fields are not allowed in object literals");
    text("Cannot use import.meta outside a module", "Cannot use 'import.meta' outside a module");
    text("Duplicate export name '(.*)'", "Duplicate export of '$1'");
    text("Export '(.*)' is not defined", "Export '$1' is not defined in module");
  }

  private SyntaxMessages() {}

  private static void text(String engine, String v8) {
    TEXTS.put(Pattern.compile(engine, Pattern.DOTALL), v8);
  }

  /**
   * The message for an error of the parser.
   *
   * @param atEnd whether it was met behind the last character of the source
   */
  static String of(ParserException error, boolean atEnd) {
    String message = error.getRawMessage().replace("\r\n", "\n");
    Matcher unexpected = UNEXPECTED.matcher(message);
    if (unexpected.matches()) {
      return atEnd || error.isIncompleteSource()
          ? "Unexpected end of input"
          : unexpected(error, unexpected);
    }
    for (Map.Entry<Pattern, String> text : TEXTS.entrySet()) {
      Matcher matcher = text.getKey().matcher(message);
      if (matcher.matches()) {
        return matcher.replaceFirst(text.getValue());
      }
    }
    return message;
  }

  private static String unexpected(ParserException error, Matcher message) {
    String found = message.group("found") != null ? message.group("found") : message.group("token");
    TokenType type = Token.descType(error.getToken());
    return switch (type) {
      case IDENT -> "Unexpected identifier '" + found + "'";
      case STRING, ESCSTRING -> "Unexpected string";
      case TEMPLATE, TEMPLATE_HEAD -> "Unexpected template string";
      case DECIMAL,
          HEXADECIMAL,
          OCTAL,
          OCTAL_LEGACY,
          BINARY_NUMBER,
          FLOATING,
          BIGINT,
          NON_OCTAL_DECIMAL ->
          "Unexpected number";
      case IMPORT -> "Cannot use import statement outside a module";
      case SUPER -> "'super' keyword unexpected here";
      case ENUM -> "Unexpected reserved word";
      case DIV, ASSIGN_DIV ->
          "an operand".equals(message.group("wanted"))
              ? "Invalid regular expression: missing /"
              : "Unexpected token '" + found + "'";
      case ERROR -> "Invalid or unexpected token";
      default -> {
        if (type.getKind() == TokenKind.CONTEXTUAL) {
          yield "Unexpected identifier '" + found + "'";
        }
        yield found.equals("eol")
            ? "Illegal newline after throw"
            : "Unexpected token '" + found + "'";
      }
    };
  }
}
