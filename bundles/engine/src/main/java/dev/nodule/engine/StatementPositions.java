package dev.nodule.engine;

import com.oracle.js.parser.ParserException;
import com.oracle.js.parser.ir.Block;
import com.oracle.js.parser.ir.BlockStatement;
import com.oracle.js.parser.ir.EmptyNode;
import com.oracle.js.parser.ir.FunctionNode;
import com.oracle.js.parser.ir.LexicalContext;
import com.oracle.js.parser.ir.Node;
import com.oracle.js.parser.ir.Statement;
import com.oracle.js.parser.ir.VarNode;
import com.oracle.js.parser.ir.visitor.NodeVisitor;
import com.oracle.truffle.api.source.Source;
import com.oracle.truffle.js.lang.JavaScriptLanguage;
import com.oracle.truffle.js.parser.GraalJSParserHelper;
import com.oracle.truffle.js.runtime.GraalJSException;
import com.oracle.truffle.js.runtime.JSContext;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * Where the statements of a source begin. The engine translates functions when they are first
 * called, so its own nodes do not tell yet.
 */
final class StatementPositions extends NodeVisitor<LexicalContext> {
  private static final String PROLOG = "(function (exports, require, module) {";
  private static final String EPILOG = "\n})";

  private final int shift;
  private final int length;
  private final NavigableSet<Integer> starts = new TreeSet<>();

  private StatementPositions(int shift, int length) {
    super(new LexicalContext());
    this.shift = shift;
    this.length = length;
  }

  /** Empty where the source does not parse by itself. */
  static NavigableSet<Integer> of(JSContext context, Source source) {
    boolean module = JavaScriptLanguage.MODULE_MIME_TYPE.equals(source.getMimeType());
    try {
      FunctionNode program =
          module
              ? GraalJSParserHelper.parseModule(context, source, context.getParserOptions())
              : GraalJSParserHelper.parseScript(
                  context,
                  source,
                  context.getParserOptions(),
                  false,
                  false,
                  null,
                  PROLOG,
                  EPILOG,
                  null);
      StatementPositions visitor =
          new StatementPositions(module ? 0 : PROLOG.length(), source.getLength());
      program.getBody().accept(visitor);
      return visitor.starts;
    } catch (GraalJSException | ParserException e) {
      return new TreeSet<>();
    }
  }

  @Override
  protected boolean enterDefault(Node node) {
    if (node instanceof Statement
        && !(node instanceof Block)
        && !(node instanceof BlockStatement)
        && !(node instanceof EmptyNode)
        && !(node instanceof VarNode variable && isDeclaration(variable))) {
      int start = node.getStart() - shift;
      if (start >= 0 && start < length) {
        starts.add(start);
      }
    }
    return true;
  }

  /** Nothing runs where a name is declared without a value, or a function declared. */
  private static boolean isDeclaration(VarNode variable) {
    return variable.getInit() == null || variable.isFunctionDeclaration();
  }

  @Override
  public boolean enterBlock(Block block) {
    return true;
  }
}
