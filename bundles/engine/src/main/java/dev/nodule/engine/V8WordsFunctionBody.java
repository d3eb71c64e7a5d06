package dev.nodule.engine;

import com.oracle.truffle.api.frame.VirtualFrame;
import com.oracle.truffle.api.instrumentation.Tag;
import com.oracle.truffle.api.profiles.BranchProfile;
import com.oracle.truffle.js.nodes.JavaScriptNode;
import com.oracle.truffle.js.nodes.function.FunctionBodyNode;
import com.oracle.truffle.js.runtime.JSException;
import java.util.Set;

/** The body of a function; an error of the engine leaves it in V8's words. */
final class V8WordsFunctionBody extends FunctionBodyNode {
  private final BranchProfile thrown = BranchProfile.create();

  V8WordsFunctionBody(JavaScriptNode body) {
    super(body);
  }

  @Override
  public Object execute(VirtualFrame frame) {
    try {
      return super.execute(frame);
    } catch (JSException e) {
      thrown.enter();
      ErrorMessages.inV8Words(e);
      throw e;
    }
  }

  @Override
  protected JavaScriptNode copyUninitialized(Set<Class<? extends Tag>> materializedTags) {
    return new V8WordsFunctionBody(cloneUninitialized(getBody(), materializedTags));
  }
}
