package dev.nodule.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.oracle.truffle.api.source.Source;
import com.oracle.truffle.js.lang.JavaScriptLanguage;
import com.oracle.truffle.js.runtime.GraalJSException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Syntax errors speak V8's words and know their place. */
class SyntaxErrorTest {
  private static TestRealm test;

  @BeforeAll
  static void open() {
    test = new TestRealm();
  }

  @AfterAll
  static void close() {
    test.close();
  }

  private static String message(GraalJSException exception) {
    Object error = test.realm.javaScript().toError(exception);
    return test.realm.javaScript().toDisplayString(test.realm.javaScript().get(error, "message"));
  }

  private static GraalJSException scriptError(String source) {
    return assertThrows(
        GraalJSException.class, () -> test.realm.runScript(source, "test.js"), source);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "return 1                    | Illegal return statement",
        "let a; let a;               | Identifier 'a' has already been declared",
        "const a;                    | Missing initializer in const declaration",
        "var a = 'x                  | Invalid or unexpected token",
        "3in []                      | Invalid or unexpected token",
        "foo bar                     | Unexpected identifier 'bar'",
        "var a = 1 2                 | Unexpected number",
        "var a = 1 'x'               | Unexpected string",
        "if (                        | Unexpected end of input",
        "function f() {              | Unexpected end of input",
        "a = };                      | Unexpected token '}'",
        "import a from 'a'           | Cannot use import statement outside a module",
        "import.meta                 | Cannot use 'import.meta' outside a module",
        "super.x                     | 'super' keyword unexpected here",
        "new.target                  | new.target expression is not allowed here",
        "'use strict'; with (a) {}   | Strict mode code may not include a with statement",
        "'use strict'; 010           | Octal literals are not allowed in strict mode.",
        "'use strict'; delete a      | Delete of an unqualified identifier in strict mode.",
        "'use strict'; eval = 1      | Unexpected eval or arguments in strict mode",
        "a: a: 1                     | Label 'a' has already been declared",
        "while (1) break a           | Undefined label 'a'",
        "1 = 2                       | Invalid left-hand side in assignment",
        "class A { constructor() {} constructor() {} } | A class may only have one constructor",
        "switch (1) { default: default: } | More than one default clause in switch statement",
        "throw                       | Unexpected end of input",
        "continue                    | Illegal continue statement: no surrounding iteration statement",
        "enum                        | Unexpected reserved word",
      })
  void scriptsFailWithMessagesOfV8(String source, String expected) {
    assertEquals(expected, message(scriptError(source)));
  }

  @Test
  void aModuleFailsWithMessagesOfV8() {
    Source source =
        Source.newBuilder("js", "export { nothing }", "m.mjs")
            .mimeType(JavaScriptLanguage.MODULE_MIME_TYPE)
            .build();
    GraalJSException exception =
        assertThrows(GraalJSException.class, () -> SourceParser.module(test.realm.js, source));
    assertEquals("Export 'nothing' is not defined in module", message(exception));
  }

  @Test
  void anErrorIsWhereTheWrongTokenIs() {
    GraalJSException exception = scriptError("var a = 1;\nvar b = 2 three;\n");
    Object place =
        Introspection.locate(test.realm, exception, test.realm.javaScript().toError(exception));
    assertEquals("2", text(place, "line"));
    assertEquals("11", text(place, "column"));
    assertEquals("5", text(place, "length"));
    assertEquals("var b = 2 three;", text(place, "sourceLine"));
    assertEquals("test.js", text(place, "file"));
  }

  @Test
  void theWrapperOfAFunctionDoesNotMoveLinesAndColumns() {
    GraalJSException exception =
        assertThrows(
            GraalJSException.class,
            () ->
                test.realm.compileFunction(
                    "a b;\n// More text follows than the wrapper has.\n",
                    "f.js",
                    "exports, require"));
    Object place =
        Introspection.locate(test.realm, exception, test.realm.javaScript().toError(exception));
    assertEquals("1", text(place, "line"));
    assertEquals("3", text(place, "column"));
    assertEquals("Unexpected identifier 'b'", message(exception));
  }

  @Test
  void aFunctionBodyMayReturnAndEndInAComment() {
    Object function = test.realm.compileFunction("return a + b // end", "f.js", "a, b");
    Object result = test.realm.call(function, test.realm.javaScript().undefined(), 1, 2);
    assertEquals("3", test.realm.javaScript().toDisplayString(result));
  }

  private static String text(Object object, String key) {
    return test.realm.javaScript().toDisplayString(test.realm.javaScript().get(object, key));
  }
}
