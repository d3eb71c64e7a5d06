package dev.nodule.engine;

import com.oracle.truffle.api.source.Source;
import com.oracle.truffle.js.runtime.JSAgentWaiterList;
import com.oracle.truffle.js.runtime.builtins.JSArrayBufferObject;
import com.oracle.truffle.js.runtime.builtins.JSSharedArrayBuffer;
import com.oracle.truffle.js.runtime.builtins.wasm.JSWebAssemblyMemory;
import com.oracle.truffle.js.runtime.builtins.wasm.JSWebAssemblyMemoryObject;
import com.oracle.truffle.js.runtime.builtins.wasm.JSWebAssemblyModule;
import com.oracle.truffle.js.runtime.builtins.wasm.JSWebAssemblyModuleObject;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** What realms of several threads have in common of a value; each has an object of its own. */
sealed interface SharedValue {
  /** The realm's own object. */
  Object in(Realm realm);

  /** Null for what cannot be shared. */
  static @Nullable SharedValue of(Realm realm, Object value) {
    return switch (value) {
      case JSArrayBufferObject.Shared buffer ->
          new Memory(
              JSArrayBufferObject.getDirectByteBuffer(buffer),
              buffer.getByteLengthObject(),
              buffer.getMaxByteLength(),
              buffer.getWaiterList());
      case JSWebAssemblyMemoryObject memory when memory.isShared() ->
          new WebAssemblyMemory(
              memory.getWASMMemory(),
              JSSharedArrayBuffer.getWaiterList(memory.getBufferObject(realm.context, realm.js)));
      case JSWebAssemblyModuleObject module ->
          new WebAssemblyModule(module.getWASMModule(), module.getWASMSource());
      default -> null;
    };
  }

  /** Of a SharedArrayBuffer; who waits in one realm is woken from any. */
  record Memory(
      ByteBuffer bytes, AtomicInteger length, int maximum, @Nullable JSAgentWaiterList waiters)
      implements SharedValue {
    @Override
    public Object in(Realm realm) {
      JSArrayBufferObject buffer =
          JSSharedArrayBuffer.createSharedArrayBuffer(
              realm.context, realm.js, bytes, length, maximum);
      JSSharedArrayBuffer.setWaiterList(buffer, waiters);
      return buffer;
    }
  }

  /** Of a shared WebAssembly.Memory. */
  record WebAssemblyMemory(Object memory, JSAgentWaiterList waiters) implements SharedValue {
    @Override
    public Object in(Realm realm) {
      JSWebAssemblyMemoryObject object =
          JSWebAssemblyMemory.create(realm.context, realm.js, memory, true);
      JSSharedArrayBuffer.setWaiterList(object.getBufferObject(realm.context, realm.js), waiters);
      return object;
    }
  }

  /** Of a WebAssembly.Module. */
  record WebAssemblyModule(Object module, Source source) implements SharedValue {
    @Override
    public Object in(Realm realm) {
      return JSWebAssemblyModule.create(realm.context, realm.js, module, source);
    }
  }
}
