package dev.nodule.engine;

import com.oracle.truffle.api.TruffleLanguage;
import com.oracle.truffle.api.interop.InteropException;
import com.oracle.truffle.api.interop.InteropLibrary;
import com.oracle.truffle.js.runtime.JSErrorType;
import com.oracle.truffle.js.runtime.JSRealm;
import com.oracle.truffle.js.runtime.Strings;
import com.oracle.truffle.js.runtime.builtins.JSConstructor;
import com.oracle.truffle.js.runtime.builtins.JSFunctionObject;
import com.oracle.truffle.js.runtime.builtins.wasm.JSWebAssembly;
import com.oracle.truffle.js.runtime.builtins.wasm.JSWebAssemblyGlobal;
import com.oracle.truffle.js.runtime.builtins.wasm.JSWebAssemblyInstance;
import com.oracle.truffle.js.runtime.builtins.wasm.JSWebAssemblyMemory;
import com.oracle.truffle.js.runtime.builtins.wasm.JSWebAssemblyMemoryGrowCallback;
import com.oracle.truffle.js.runtime.builtins.wasm.JSWebAssemblyMemoryNotifyCallback;
import com.oracle.truffle.js.runtime.builtins.wasm.JSWebAssemblyMemoryWaitCallback;
import com.oracle.truffle.js.runtime.builtins.wasm.JSWebAssemblyModule;
import com.oracle.truffle.js.runtime.builtins.wasm.JSWebAssemblyTable;
import com.oracle.truffle.js.runtime.objects.JSAttributes;
import com.oracle.truffle.js.runtime.objects.JSObject;
import com.oracle.truffle.js.runtime.objects.JSObjectUtil;
import java.lang.reflect.Field;
import java.util.Map;

/**
 * WebAssembly for a realm that is there already. GraalJS's own option does the same while a realm
 * is made, which costs every start; here it is done when {@code WebAssembly} is first touched.
 */
public final class WebAssemblySetup {
  /** The fields of a realm, and the functions of GraalWasm that they hold. */
  private static final Map<String, String> FUNCTIONS =
      Map.ofEntries(
          Map.entry("wasmTableAlloc", "table_alloc"),
          Map.entry("wasmTableGrow", "table_grow"),
          Map.entry("wasmTableRead", "table_read"),
          Map.entry("wasmTableWrite", "table_write"),
          Map.entry("wasmTableLength", "table_size"),
          Map.entry("wasmFuncType", "func_type"),
          Map.entry("wasmIsFunc", "is_func"),
          Map.entry("wasmMemAlloc", "mem_alloc"),
          Map.entry("wasmMemGrow", "mem_grow"),
          Map.entry("wasmMemAsByteBuffer", "mem_as_byte_buffer"),
          Map.entry("wasmGlobalAlloc", "global_alloc"),
          Map.entry("wasmGlobalRead", "global_read"),
          Map.entry("wasmGlobalWrite", "global_write"),
          Map.entry("wasmModuleInstantiate", "module_instantiate"),
          Map.entry("wasmModuleExports", "module_exports"),
          Map.entry("wasmModuleImports", "module_imports"),
          Map.entry("wasmCustomSections", "custom_sections"),
          Map.entry("wasmInstanceExport", "instance_export"),
          Map.entry("wasmEmbedderDataGet", "embedder_data_get"),
          Map.entry("wasmEmbedderDataSet", "embedder_data_set"),
          Map.entry("wasmRefNull", "ref_null"));

  private WebAssemblySetup() {}

  /** Whether GraalWasm is on the class path. */
  public static boolean isAvailable() {
    return Availability.PRESENT;
  }

  /** Makes the object {@code WebAssembly}; once for each realm. */
  public static Object create(Realm realm) {
    JSRealm js = realm.js;
    TruffleLanguage.Env env = js.getEnv();
    try {
      env.initializeLanguage(env.getInternalLanguages().get("wasm"));
      Object wasm = env.importSymbol("WebAssembly");
      InteropLibrary interop = InteropLibrary.getUncached();
      for (Map.Entry<String, String> function : FUNCTIONS.entrySet()) {
        set(js, function.getKey(), interop.readMember(wasm, function.getValue()));
      }
      interop.execute(
          interop.readMember(wasm, "mem_set_grow_callback"),
          new JSWebAssemblyMemoryGrowCallback(js));
      interop.execute(
          interop.readMember(wasm, "mem_set_notify_callback"),
          new JSWebAssemblyMemoryNotifyCallback(js, realm.context));
      interop.execute(
          interop.readMember(wasm, "mem_set_wait_callback"),
          new JSWebAssemblyMemoryWaitCallback(js, realm.context));
      JSObject object = JSWebAssembly.create(js);
      set(js, "webAssemblyObject", object);
      define(js, object, "Global", JSWebAssemblyGlobal.createConstructor(js));
      define(js, object, "Instance", JSWebAssemblyInstance.createConstructor(js));
      define(js, object, "Memory", JSWebAssemblyMemory.createConstructor(js));
      define(js, object, "Module", JSWebAssemblyModule.createConstructor(js));
      define(js, object, "Table", JSWebAssemblyTable.createConstructor(js));
      for (JSErrorType type :
          new JSErrorType[] {
            JSErrorType.CompileError, JSErrorType.LinkError, JSErrorType.RuntimeError
          }) {
        put(object, type.name(), js.getErrorConstructor(type));
      }
      return object;
    } catch (InteropException | ReflectiveOperationException e) {
      throw new IllegalStateException("This GraalWasm does not fit this GraalJS", e);
    }
  }

  private static void define(JSRealm js, JSObject object, String name, JSConstructor constructor)
      throws ReflectiveOperationException {
    JSFunctionObject function = constructor.getFunctionObject();
    set(js, "webAssembly" + name + "Constructor", function);
    set(js, "webAssembly" + name + "Prototype", constructor.getPrototype());
    put(object, name, function);
  }

  private static void put(JSObject object, String name, Object value) {
    JSObjectUtil.putDataProperty(
        object, Strings.fromJavaString(name), value, JSAttributes.getDefaultNotEnumerable());
  }

  private static void set(JSRealm js, String field, Object value)
      throws ReflectiveOperationException {
    Field found = JSRealm.class.getDeclaredField(field);
    found.setAccessible(true);
    found.set(js, value);
  }

  /** Looked for once; by the name of the class that the engine's own search finds. */
  private static final class Availability {
    static final boolean PRESENT = isPresent();

    private static boolean isPresent() {
      try {
        Class.forName(
            "org.graalvm.wasm.WasmLanguageProvider",
            false,
            WebAssemblySetup.class.getClassLoader());
        return true;
      } catch (ClassNotFoundException e) {
        return false;
      }
    }
  }
}
