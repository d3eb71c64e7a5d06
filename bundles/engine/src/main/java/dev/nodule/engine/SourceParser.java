package dev.nodule.engine;

import com.oracle.js.parser.ParserException;
import com.oracle.js.parser.Token;
import com.oracle.truffle.api.nodes.NodeUtil;
import com.oracle.truffle.api.source.Source;
import com.oracle.truffle.api.source.SourceSection;
import com.oracle.truffle.js.nodes.ScriptNode;
import com.oracle.truffle.js.nodes.function.JSFunctionExpressionNode;
import com.oracle.truffle.js.parser.JavaScriptTranslator;
import com.oracle.truffle.js.runtime.Errors;
import com.oracle.truffle.js.runtime.GraalJSException;
import com.oracle.truffle.js.runtime.JSContext;
import com.oracle.truffle.js.runtime.JSRealm;
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
    ScriptNode script = parse(context, source, "(function (" + parameters + ") {", "\n})");
    refuseEarlyEnd(script, source);
    return script;
  }

  /** A body with an unmatched brace would end the function around it and run the rest at once. */
  private static void refuseEarlyEnd(ScriptNode script, Source source) {
    JSFunctionExpressionNode function =
        NodeUtil.findFirstNodeInstance(script.getRootNode(), JSFunctionExpressionNode.class);
    SourceSection section = function == null ? null : function.getSourceSection();
    int length = source.getLength();
    if (length == 0 || section == null || section.getCharEndIndex() == length) {
      return;
    }
    int brace =
        section.isAvailable()
            ? source.getCharacters().toString().lastIndexOf('}', section.getCharEndIndex() - 1)
            : 0;
    throw Errors.createSyntaxError(
        "Unexpected token '}'", null, source.createSection(Math.max(0, brace), 1), false);
  }

  /** Parses an ES module. */
  static JSModuleData module(JSRealm realm, Source source) {
    try {
      return JavaScriptTranslator.translateModule(
          EngineNodeFactory.INSTANCE, realm.getContext(), source);
    } catch (GraalJSException | ParserException e) {
      throw inV8Words(e, source, 0);
    }
  }

  private static ScriptNode parse(JSContext context, Source source, String prolog, String epilog) {
    try {
      return JavaScriptTranslator.translateScript(
          EngineNodeFactory.INSTANCE, context, source, false, prolog, epilog);
    } catch (GraalJSException | ParserException e) {
      throw inV8Words(e, source, prolog.length());
    }
  }

  /** The parser throws its own exception, or, where it gathers errors, the engine's around it. */
  static RuntimeException inV8Words(RuntimeException exception, Source source, int prologLength) {
    Throwable cause = exception instanceof ParserException ? exception : exception.getCause();
    if (!(cause instanceof ParserException error)) {
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
