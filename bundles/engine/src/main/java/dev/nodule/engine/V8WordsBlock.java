package dev.nodule.engine;

import com.oracle.truffle.api.frame.VirtualFrame;
import com.oracle.truffle.api.instrumentation.Tag;
import com.oracle.truffle.api.profiles.BranchProfile;
import com.oracle.truffle.js.nodes.JavaScriptNode;
import com.oracle.truffle.js.runtime.JSException;
import java.util.Set;

/**
 * What a {@code try} tries, or the code of an async function; an error of the engine leaves it in
 * V8's words.
 */
final class V8WordsBlock extends JavaScriptNode {
  @Child private JavaScriptNode block;
  private final BranchProfile thrown = BranchProfile.create();

  V8WordsBlock(JavaScriptNode block) {
    this.block = block;
  }

  @Override
  public Object execute(VirtualFrame frame) {
    try {
      return block.execute(frame);
    } catch (JSException e) {
      thrown.enter();
      ErrorMessages.inV8Words(e);
      throw e;
    }
  }

  @Override
  public void executeVoid(VirtualFrame frame) {
    try {
      block.executeVoid(frame);
    } catch (JSException e) {
      thrown.enter();
      ErrorMessages.inV8Words(e);
      throw e;
    }
  }

  @Override
  public boolean isResultAlwaysOfType(Class<?> clazz) {
    return block.isResultAlwaysOfType(clazz);
  }

  @Override
  protected JavaScriptNode copyUninitialized(Set<Class<? extends Tag>> materializedTags) {
    return new V8WordsBlock(cloneUninitialized(block, materializedTags));
  }
}
