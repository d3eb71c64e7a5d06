package dev.nodule.engine;

import com.oracle.js.parser.ParserException;
import com.oracle.js.parser.Token;
import com.oracle.truffle.api.source.Source;
import com.oracle.truffle.js.nodes.ScriptNode;
import com.oracle.truffle.js.runtime.Errors;
import com.oracle.truffle.js.runtime.GraalJSException;
import com.oracle.truffle.js.runtime.JSContext;
import com.oracle.truffle.js.runtime.objects.JSModuleData;

/**
 * Parses scripts, functions and modules; a syntax error comes with V8's message and the place in
 * the source.
 */
final class SourceParser {
  private SourceParser() {}

  /** Parses a script. */
  static ScriptNode script(JSContext context, Source source) {
    return parse(context, source, "", "");
  }

  /** Parses a source as the body of a function; lines and columns stay the source's own. */
  static ScriptNode functionBody(JSContext context, Source source, String parameters) {
    return parse(context, source, "(function (" + parameters + ") {", "\n})");
  }

  /** Parses an ES module. */
  static JSModuleData module(Realm realm, Source source) {
    try {
      return realm.context.getEvaluator().envParseModule(realm.js, source);
    } catch (GraalJSException e) {
      throw inV8Words(e, source, 0);
    }
  }

  private static ScriptNode parse(JSContext context, Source source, String prolog, String epilog) {
    try {
      return context.getEvaluator().parseScript(context, source, prolog, epilog, false, null);
    } catch (GraalJSException e) {
      throw inV8Words(e, source, prolog.length());
    }
  }

  private static GraalJSException inV8Words(
      GraalJSException exception, Source source, int prologLength) {
    if (!(exception.getCause() instanceof ParserException error)) {
      return exception;
    }
    int start =
        Math.clamp(
            Token.descPosition(error.getToken()) - (long) prologLength, 0, source.getLength());
    int length = Math.clamp(Token.descLength(error.getToken()), 0, source.getLength() - start);
    boolean atEnd = start == source.getLength();
    return Errors.createSyntaxError(
        SyntaxMessages.of(error, atEnd),
        error,
        source.createSection(start, length),
        atEnd || error.isIncompleteSource());
  }
}
