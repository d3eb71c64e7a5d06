package dev.nodule.engine;

import com.oracle.js.parser.ErrorManager;
import com.oracle.js.parser.Parser;
import com.oracle.js.parser.ParserException;
import com.oracle.js.parser.ScriptEnvironment;
import com.oracle.js.parser.Source;
import com.oracle.js.parser.TokenType;
import com.oracle.js.parser.ir.AccessNode;
import com.oracle.js.parser.ir.BinaryNode;
import com.oracle.js.parser.ir.CallNode;
import com.oracle.js.parser.ir.ExportNode;
import com.oracle.js.parser.ir.Expression;
import com.oracle.js.parser.ir.FunctionNode;
import com.oracle.js.parser.ir.IdentNode;
import com.oracle.js.parser.ir.ImportNode;
import com.oracle.js.parser.ir.LexicalContext;
import com.oracle.js.parser.ir.LiteralNode;
import com.oracle.js.parser.ir.visitor.NodeVisitor;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a JavaScript file refers to, found by GraalJS's parser without running anything: {@code
 * require}, {@code import}, files named beside it, and the names of globals.
 */
public final class ModuleReferences {
  private static final String WRAPPER =
      "(function (exports, require, module, __filename, __dirname) {";

  /** How a file refers to another. */
  public enum Kind {
    REQUIRE,
    IMPORT,
    /** A path beside the file: {@code path.join(__dirname, 'x')}, {@code new URL('x', ...)}. */
    FILE
  }

  /**
   * One reference.
   *
   * @param specifier null if it is computed
   * @param line counted from 1
   */
  public record Reference(Kind kind, @Nullable String specifier, int line) {}

  /** All of a file: its references, and every name that may be a global's. */
  public record References(List<Reference> references, Set<String> names) {}

  /** A file that is no JavaScript. */
  public static final class UnparsableException extends Exception {
    private static final long serialVersionUID = 1L;

    UnparsableException(String message) {
      super(message, null, false, false);
    }
  }

  private ModuleReferences() {}

  /** The references of a CommonJS file. */
  public static References ofScript(String name, String text) throws UnparsableException {
    String body = text.startsWith("#!") ? "//" + text.substring(2) : text;
    return collect(name, WRAPPER + body + "\n})", false);
  }

  /** The references of an ES module. */
  public static References ofModule(String name, String text) throws UnparsableException {
    String body = text.startsWith("#!") ? "//" + text.substring(2) : text;
    return collect(name, body, true);
  }

  private static References collect(String name, String text, boolean module)
      throws UnparsableException {
    Source source = Source.sourceFor(name, text);
    ScriptEnvironment environment =
        ScriptEnvironment.builder()
            .ecmaScriptVersion(ScriptEnvironment.ES_STAGING)
            .allowBigInt(true)
            .annexB(true)
            .classFields(true)
            .importAttributes(true)
            .privateFieldsIn(true)
            .topLevelAwait(true)
            .shebang(true)
            .build();
    try {
      Parser parser = new Parser(environment, source, new ErrorManager.ThrowErrorManager());
      FunctionNode program = module ? parser.parseModule(name) : parser.parse();
      if (program == null) {
        throw new UnparsableException(name + ": syntax error");
      }
      Collector collector = new Collector(source);
      if (module) {
        for (ImportNode node : program.getModule().getImports()) {
          collector.add(Kind.IMPORT, node.getModuleSpecifier(), node.getStart());
        }
        for (ExportNode node : program.getModule().getExports()) {
          if (node.getModuleSpecifier() != null) {
            collector.add(Kind.IMPORT, node.getModuleSpecifier(), node.getStart());
          }
        }
      }
      program.accept(collector);
      return new References(collector.references, collector.names);
    } catch (ParserException e) {
      throw new UnparsableException(
          name
              + ":"
              + e.getLineNumber()
              + ": "
              + String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
    }
  }

  private static final class Collector extends NodeVisitor<LexicalContext> {
    final List<Reference> references = new ArrayList<>();
    final Set<String> names = new HashSet<>();
    private final Source source;

    Collector(Source source) {
      super(new LexicalContext());
      this.source = source;
    }

    void add(Kind kind, @Nullable Expression specifier, int position) {
      references.add(new Reference(kind, constant(specifier), source.getLine(position)));
    }

    @Override
    public boolean enterIdentNode(IdentNode node) {
      names.add(node.getName());
      return true;
    }

    @Override
    public boolean enterCallNode(CallNode call) {
      List<Expression> arguments = call.getArgs();
      Expression function = call.getFunction();
      if (arguments.isEmpty()) {
        return true;
      }
      if (call.isImport()) {
        add(Kind.IMPORT, arguments.getFirst(), call.getStart());
      } else if (function instanceof IdentNode name && name.getName().equals("require")) {
        add(Kind.REQUIRE, arguments.getFirst(), call.getStart());
      } else if (isMember(function, "require", "resolve")) {
        add(Kind.REQUIRE, arguments.getFirst(), call.getStart());
      } else if (isMember(function, "module", "require")) {
        add(Kind.REQUIRE, arguments.getFirst(), call.getStart());
      } else if (isMember(function, "process", "getBuiltinModule")) {
        add(Kind.REQUIRE, arguments.getFirst(), call.getStart());
      } else if (isMember(function, "path", "join") || isMember(function, "path", "resolve")) {
        addJoined(call);
      } else if (call.isNew()
          && function instanceof IdentNode name
          && name.getName().equals("URL")
          && arguments.size() == 2
          && arguments.get(1) instanceof AccessNode) {
        addFile(constant(arguments.getFirst()), call.getStart());
      }
      return true;
    }

    /** {@code path.join(__dirname, 'a', 'b.js')}. */
    private void addJoined(CallNode call) {
      List<Expression> arguments = call.getArgs();
      if (!(arguments.getFirst() instanceof IdentNode base)
          || !base.getName().equals("__dirname")) {
        return;
      }
      StringBuilder joined = new StringBuilder(".");
      for (Expression part : arguments.subList(1, arguments.size())) {
        String text = constant(part);
        if (text == null) {
          return;
        }
        joined.append('/').append(text);
      }
      addFile(joined.toString(), call.getStart());
    }

    private void addFile(@Nullable String relative, int position) {
      if (relative != null && relative.startsWith(".")) {
        references.add(new Reference(Kind.FILE, relative, source.getLine(position)));
      }
    }

    private static boolean isMember(Expression function, String object, String property) {
      return function instanceof AccessNode access
          && access.getProperty().equals(property)
          && access.getBase() instanceof IdentNode base
          && base.getName().equals(object);
    }

    /** The text of a string, or of a sum of strings; null for what is computed. */
    private static @Nullable String constant(@Nullable Expression expression) {
      if (expression instanceof LiteralNode<?> literal && literal.isString()) {
        return literal.getString();
      }
      if (expression instanceof BinaryNode sum && sum.isTokenType(TokenType.ADD)) {
        String left = constant(sum.getLhs());
        String right = constant(sum.getRhs());
        return left == null || right == null ? null : left + right;
      }
      return null;
    }
  }
}
