package dev.nodule.engine;

import com.oracle.truffle.api.source.SourceSection;
import com.oracle.truffle.api.strings.TruffleString;
import com.oracle.truffle.js.nodes.JavaScriptNode;
import com.oracle.truffle.js.nodes.NodeFactory;
import com.oracle.truffle.js.nodes.access.JSReadFrameSlotNode;
import com.oracle.truffle.js.nodes.access.JSWriteFrameSlotNode;
import com.oracle.truffle.js.nodes.control.TryCatchNode;
import com.oracle.truffle.js.nodes.function.BlockScopeNode;
import com.oracle.truffle.js.nodes.function.FunctionBodyNode;
import com.oracle.truffle.js.runtime.JSContext;
import com.oracle.truffle.js.runtime.objects.ScriptOrModule;
import org.jspecify.annotations.Nullable;

/**
 * Makes the nodes of all code but that of {@code eval}: where an error of the engine can first be
 * seen by a program, at the end of a function and of a {@code try}, it gets V8's words.
 */
final class EngineNodeFactory extends NodeFactory {
  static final EngineNodeFactory INSTANCE = new EngineNodeFactory();

  private EngineNodeFactory() {}

  @Override
  public FunctionBodyNode createFunctionBody(JavaScriptNode body) {
    return new V8WordsFunctionBody(body);
  }

  @Override
  public JavaScriptNode createTryCatch(
      JSContext context,
      JavaScriptNode tryNode,
      JavaScriptNode catchBlock,
      @Nullable JavaScriptNode writeErrorVar,
      @Nullable BlockScopeNode blockScope,
      @Nullable JavaScriptNode destructuring,
      @Nullable JavaScriptNode conditionExpression) {
    return TryCatchNode.create(
        context,
        new V8WordsBlock(tryNode),
        catchBlock,
        (JSWriteFrameSlotNode) writeErrorVar,
        blockScope,
        destructuring,
        conditionExpression);
  }

  @Override
  public JavaScriptNode createAsyncFunctionBody(
      JSContext context,
      JavaScriptNode body,
      JSWriteFrameSlotNode writeAsyncContext,
      JSReadFrameSlotNode readAsyncContext,
      JSWriteFrameSlotNode writeAsyncResult,
      SourceSection functionSourceSection,
      TruffleString functionName,
      ScriptOrModule activeScriptOrModule) {
    return super.createAsyncFunctionBody(
        context,
        new V8WordsBlock(body),
        writeAsyncContext,
        readAsyncContext,
        writeAsyncResult,
        functionSourceSection,
        functionName,
        activeScriptOrModule);
  }

  @Override
  public JavaScriptNode createAsyncGeneratorBody(
      JSContext context,
      JavaScriptNode body,
      JSWriteFrameSlotNode writeYieldValue,
      JSReadFrameSlotNode readYieldResult,
      JSWriteFrameSlotNode writeAsyncContext,
      JSReadFrameSlotNode readAsyncContext,
      SourceSection functionSourceSection,
      TruffleString functionName,
      ScriptOrModule activeScriptOrModule) {
    return super.createAsyncGeneratorBody(
        context,
        new V8WordsBlock(body),
        writeYieldValue,
        readYieldResult,
        writeAsyncContext,
        readAsyncContext,
        functionSourceSection,
        functionName,
        activeScriptOrModule);
  }
}
