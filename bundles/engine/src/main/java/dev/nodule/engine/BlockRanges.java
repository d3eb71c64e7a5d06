package dev.nodule.engine;

import com.oracle.js.parser.TokenType;
import com.oracle.js.parser.ir.BinaryNode;
import com.oracle.js.parser.ir.Block;
import com.oracle.js.parser.ir.BlockStatement;
import com.oracle.js.parser.ir.BreakableNode;
import com.oracle.js.parser.ir.CaseNode;
import com.oracle.js.parser.ir.CatchNode;
import com.oracle.js.parser.ir.ClassElement;
import com.oracle.js.parser.ir.ClassNode;
import com.oracle.js.parser.ir.Expression;
import com.oracle.js.parser.ir.ForNode;
import com.oracle.js.parser.ir.FunctionNode;
import com.oracle.js.parser.ir.IfNode;
import com.oracle.js.parser.ir.JumpStatement;
import com.oracle.js.parser.ir.LexicalContext;
import com.oracle.js.parser.ir.LoopNode;
import com.oracle.js.parser.ir.Node;
import com.oracle.js.parser.ir.ReturnNode;
import com.oracle.js.parser.ir.Statement;
import com.oracle.js.parser.ir.TernaryNode;
import com.oracle.js.parser.ir.ThrowNode;
import com.oracle.js.parser.ir.TryNode;
import com.oracle.js.parser.ir.WhileNode;
import com.oracle.js.parser.ir.visitor.NodeVisitor;
import com.oracle.truffle.api.source.Source;
import com.oracle.truffle.js.lang.JavaScriptLanguage;
import com.oracle.truffle.js.parser.GraalJSParserHelper;
import com.oracle.truffle.js.runtime.JSContext;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The functions of a source, and in each the parts that may run more or less often than what is
 * around them: branches, loop bodies, and what follows a statement that may leave its block. These
 * are the blocks of V8's block coverage.
 */
final class BlockRanges extends NodeVisitor<LexicalContext> {
  private static final String PROLOG = "(function (exports, require, module) {";
  private static final String EPILOG = "\n})";

  /**
   * A part of a function; what runs first in it begins at {@code anchor} or after it, unless it is
   * empty.
   */
  record Range(int start, int end, int anchor, boolean empty) {}

  /** A function with its parts and the functions in it. */
  static final class Function {
    final String name;
    final int start;
    final int end;

    /** Where the engine has it begin and end: a constructor with its class. */
    final int sectionStart;

    final int sectionEnd;
    final List<Range> ranges = new ArrayList<>();
    final List<Function> inner = new ArrayList<>();

    Function(String name, int start, int end, int sectionStart, int sectionEnd) {
      this.name = name;
      this.start = start;
      this.end = end;
      this.sectionStart = sectionStart;
      this.sectionEnd = sectionEnd;
    }
  }

  private final String text;
  private final int shift;
  private final Deque<Function> open = new ArrayDeque<>();

  /** The functions that V8 makes of the fields of a class. */
  private final Map<FunctionNode, Function> initializers = new HashMap<>();

  private BlockRanges(String text, int shift) {
    super(new LexicalContext());
    this.text = text;
    this.shift = shift;
  }

  /** The function that is the file. */
  static Function of(JSContext context, Source source) {
    boolean module = JavaScriptLanguage.MODULE_MIME_TYPE.equals(source.getMimeType());
    String text = source.getCharacters().toString();
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
    BlockRanges ranges = new BlockRanges(text, module ? 0 : PROLOG.length());
    Function file = new Function("", 0, text.length(), 0, text.length());
    ranges.open.push(file);
    program.getBody().accept(ranges);
    sort(file);
    return file;
  }

  /** The parser has some functions before others that come first in the text. */
  private static void sort(Function function) {
    function.inner.sort(Comparator.comparingInt(each -> each.start));
    function.inner.forEach(BlockRanges::sort);
  }

  private int place(int position) {
    return Math.clamp(position - (long) shift, 0, text.length());
  }

  private void add(int start, int end, int anchor, boolean empty) {
    if (end > start) {
      open.element().ranges.add(new Range(start, end, anchor, empty));
    }
  }

  private void add(int start, Block block) {
    int anchor = place(block.getStart());
    add(start, place(block.getFinish()), anchor, block.getStatementCount() == 0);
  }

  private boolean isFile(FunctionNode node) {
    // The wrapper around a CommonJS file is the file.
    return shift > 0 && node.getFinish() > shift + text.length();
  }

  @Override
  public boolean enterFunctionNode(FunctionNode node) {
    if (isFile(node)) {
      return true;
    }
    Function function = initializers.get(node);
    if (function == null) {
      function = function(node);
      // A class without a constructor has one of the parser's.
      if (!node.isClassConstructor() || text.startsWith("constructor", function.start)) {
        open.element().inner.add(function);
      }
    }
    open.push(function);
    return true;
  }

  private Function function(FunctionNode node) {
    int start = place(node.getStart());
    int end = place(node.getFinish());
    if (!node.isClassConstructor()) {
      return new Function(node.getName(), start, end, start, end);
    }
    // It begins where it is written.
    int name = text.lastIndexOf("constructor", place(node.getBody().getStart()));
    int last = place(node.getBody().getFinish());
    return new Function(node.getName(), Math.max(start, name), last, start, end);
  }

  @Override
  public Node leaveFunctionNode(FunctionNode node) {
    if (!isFile(node)) {
      open.pop();
    }
    return node;
  }

  @Override
  public boolean enterClassNode(ClassNode node) {
    collectFields(node, false, "<instance_members_initializer>");
    collectFields(node, true, "<static_initializer>");
    return true;
  }

  private void collectFields(ClassNode node, boolean isStatic, String name) {
    List<FunctionNode> found = new ArrayList<>();
    for (ClassElement each : node.getClassElements()) {
      if (each.isStatic() == isStatic
          && each.isClassFieldOrAutoAccessor()
          && each.getValue() instanceof FunctionNode value) {
        found.add(value);
      }
    }
    if (found.isEmpty()) {
      return;
    }
    int start = place(found.getFirst().getStart());
    int end = place(found.getLast().getFinish());
    Function function = new Function(name, start, end, start, end);
    open.element().inner.add(function);
    found.forEach(each -> initializers.put(each, function));
  }

  @Override
  public boolean enterBlock(Block block) {
    continuations(block.getStatements(), Math.min(place(block.getFinish()), open.element().end));
    return true;
  }

  /** After what may leave a block comes a part of its own. */
  private void continuations(List<Statement> statements, int end) {
    for (int i = 0; i < statements.size(); i++) {
      if (mayLeave(statements.get(i))) {
        int after = place(statements.get(i).getFinish());
        int anchor = anchor(statements.subList(i + 1, statements.size()), after);
        if (anchor >= 0) {
          add(after, end, anchor, false);
        }
      }
    }
  }

  /** Where the first of these statements begins that says how often it was reached; or -1. */
  private int anchor(List<Statement> statements, int after) {
    for (Statement each : statements) {
      int start = place(each.getStart());
      if (start < after) {
        continue;
      }
      if (each instanceof ForNode loop) {
        Node first = loop.isForInOrOf() ? loop.getModify() : loop.getInit();
        if (first != null) {
          return place(first.getStart());
        }
      } else if (!(each instanceof LoopNode)) {
        return start;
      }
      // Of other loops only the test is counted, which runs more often.
    }
    return -1;
  }

  private static boolean mayLeave(Statement statement) {
    return statement instanceof IfNode
        || statement instanceof BreakableNode
        || statement instanceof TryNode
        || statement instanceof BlockStatement
        || statement instanceof JumpStatement
        || statement instanceof ReturnNode
        || statement instanceof ThrowNode;
  }

  @Override
  public boolean enterIfNode(IfNode node) {
    add(place(node.getPass().getStart()), node.getPass());
    Block fail = node.getFail();
    if (fail != null) {
      add(place(node.getPass().getFinish()), fail);
    }
    return true;
  }

  @Override
  public boolean enterForNode(ForNode node) {
    return loop(node);
  }

  @Override
  public boolean enterWhileNode(WhileNode node) {
    return loop(node);
  }

  private boolean loop(LoopNode node) {
    add(place(node.getBody().getStart()), node.getBody());
    return true;
  }

  @Override
  public boolean enterTryNode(TryNode node) {
    for (CatchNode each : node.getCatches()) {
      if (!each.isSyntheticRethrow()) {
        add(text.lastIndexOf("catch", place(each.getBody().getStart())), each.getBody());
      }
    }
    Block last = node.getFinallyBody();
    if (last != null) {
      add(text.lastIndexOf("finally", place(last.getStart())), last);
    }
    return true;
  }

  @Override
  public boolean enterCaseNode(CaseNode node) {
    if (!node.getStatements().isEmpty()) {
      int anchor = place(node.getStatements().getFirst().getStart());
      int end = place(node.getStatements().getLast().getFinish());
      add(place(node.getStart()), end, anchor, false);
      continuations(node.getStatements(), end);
    }
    return true;
  }

  @Override
  public boolean enterTernaryNode(TernaryNode node) {
    addFrom("?", node.getTrueExpression());
    addFrom(":", node.getFalseExpression());
    return true;
  }

  @Override
  public boolean enterBinaryNode(BinaryNode node) {
    if (node.isTokenType(TokenType.AND)
        || node.isTokenType(TokenType.OR)
        || node.isTokenType(TokenType.NULLISHCOALESC)) {
      addFrom(node.tokenType().getName(), node.getRhs());
    }
    return true;
  }

  /** An expression with the operator before it. */
  private void addFrom(String operator, Expression expression) {
    int start = place(expression.getStart());
    int from = text.lastIndexOf(operator, start - 1);
    add(from < 0 ? start : from, place(expression.getFinish()), start, false);
  }
}
