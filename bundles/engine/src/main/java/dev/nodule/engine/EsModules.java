package dev.nodule.engine;

import com.oracle.js.parser.ir.Module;
import com.oracle.js.parser.ir.Module.ModuleRequest;
import com.oracle.truffle.api.object.HiddenKey;
import com.oracle.truffle.api.source.Source;
import com.oracle.truffle.api.strings.TruffleString;
import com.oracle.truffle.js.lang.JavaScriptLanguage;
import com.oracle.truffle.js.runtime.JSRealm;
import com.oracle.truffle.js.runtime.builtins.JSArray;
import com.oracle.truffle.js.runtime.builtins.JSOrdinary;
import com.oracle.truffle.js.runtime.builtins.JSPromiseObject;
import com.oracle.truffle.js.runtime.objects.AbstractModuleRecord;
import com.oracle.truffle.js.runtime.objects.CyclicModuleRecord;
import com.oracle.truffle.js.runtime.objects.JSDynamicObject;
import com.oracle.truffle.js.runtime.objects.JSModuleRecord;
import com.oracle.truffle.js.runtime.objects.JSObject;
import com.oracle.truffle.js.runtime.objects.JSObjectUtil;
import com.oracle.truffle.js.runtime.objects.SyntheticModuleRecord;
import com.oracle.truffle.js.runtime.objects.Undefined;
import dev.nodule.api.Arguments;
import dev.nodule.api.Callback;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;

/**
 * ECMAScript module records for the loader's JavaScript, which decides what is loaded and from
 * where. A record reaches it as an opaque object.
 */
final class EsModules {
  private static final HiddenKey RECORD = new HiddenKey("nodule.moduleRecord");
  private static final HiddenKey OWNER = new HiddenKey("nodule.moduleRealm");

  private final Realm realm;
  private final Map<JSRealm, Object> shadows = new WeakHashMap<>();
  private @Nullable Callback importMeta;
  private @Nullable Callback dynamicImport;

  private EsModules(Realm realm) {
    this.realm = realm;
  }

  /** The natives that the loader calls {@code esm}. */
  static Object natives(Realm realm) {
    EsModules modules = new EsModules(realm);
    Object target = realm.newObject();
    realm
        .binding(target)
        .function("compile", 2, modules::compile)
        .function("synthetic", 3, modules::synthetic)
        .function("setExport", 3, modules::setExport)
        .function("requests", 1, modules::requests)
        .function("imports", 1, modules::imports)
        .function("connect", 2, modules::connect)
        .function("link", 1, modules::link)
        .function(
            "evaluate",
            1,
            arguments -> record(arguments.value(0)).evaluate(modules.realmOf(arguments.value(0))))
        .function("namespace", 1, arguments -> record(arguments.value(0)).getModuleNamespace(false))
        .function(
            "isAsync",
            1,
            arguments -> isAsync(record(arguments.value(0)), new java.util.HashSet<>()))
        .function(
            "hasTopLevelAwait",
            1,
            arguments ->
                record(arguments.value(0)) instanceof CyclicModuleRecord module && module.hasTLA())
        .function("status", 1, arguments -> String.valueOf(record(arguments.value(0)).getStatus()))
        .function("exportNames", 1, arguments -> names(record(arguments.value(0))))
        .function("setHooks", 2, modules::setHooks);
    return target;
  }

  private static Object names(AbstractModuleRecord record) {
    return new ArrayList<Object>(record.getExportedNames());
  }

  private Object wrap(AbstractModuleRecord record, JSRealm owner) {
    JSObject handle = JSOrdinary.create(realm.context, realm.js);
    JSObjectUtil.putHiddenProperty(handle, RECORD, record);
    if (owner != realm.js) {
      JSObjectUtil.putHiddenProperty(handle, OWNER, owner);
    }
    return handle;
  }

  /** The realm that a module belongs to: that of its vm context, or the main one. */
  private JSRealm realmOf(Object handle) {
    return JSDynamicObject.getOrNull((JSDynamicObject) handle, OWNER) instanceof JSRealm owner
        ? owner
        : realm.js;
  }

  private static AbstractModuleRecord record(Object handle) {
    if (handle instanceof JSDynamicObject object
        && JSDynamicObject.getOrNull(object, RECORD) instanceof AbstractModuleRecord record) {
      return record;
    }
    throw new IllegalArgumentException("not a module handle");
  }

  /** {@code compile(source, url, host, context, lineOffset, columnOffset)}; two are enough. */
  private Object compile(Arguments arguments) {
    boolean offset = arguments.length() > 4;
    Source source =
        HostDefined.source(
            realm,
            arguments.string(0),
            arguments.string(1),
            JavaScriptLanguage.MODULE_MIME_TYPE,
            offset ? arguments.int32(4) : 0,
            offset ? arguments.int32(5) : 0,
            arguments.value(2));
    if (arguments.value(2) != Undefined.instance) {
      CallerAttribution.claim(realm, source);
    }
    JSRealm owner = VirtualScripts.realmOf(realm, arguments.value(3));
    return wrap(new JSModuleRecord(SourceParser.module(owner, source), null, null), owner);
  }

  /**
   * {@code synthetic(url, exportNames, evaluate, context)}: {@code evaluate(handle)} sets the
   * exports.
   */
  private Object synthetic(Arguments arguments) {
    Source source =
        Source.newBuilder("js", "", arguments.string(0))
            .mimeType(JavaScriptLanguage.MODULE_MIME_TYPE)
            .build();
    List<TruffleString> names = new ArrayList<>();
    for (Object name : JSArray.toArray((JSDynamicObject) arguments.value(1))) {
      names.add((TruffleString) name);
    }
    Callback evaluate = arguments.callback(2);
    Object[] handle = new Object[1];
    handle[0] =
        wrap(
            new SyntheticModuleRecord(
                realm.context,
                source,
                null,
                names,
                record -> evaluate.call(Undefined.instance, handle[0])),
            VirtualScripts.realmOf(realm, arguments.value(3)));
    return handle[0];
  }

  private @Nullable Object setExport(Arguments arguments) {
    ((SyntheticModuleRecord) record(arguments.value(0)))
        .setSyntheticModuleExport((TruffleString) arguments.value(1), arguments.value(2));
    return null;
  }

  private Object requests(Arguments arguments) {
    List<Object> requests = new ArrayList<>();
    if (record(arguments.value(0)) instanceof CyclicModuleRecord module) {
      for (ModuleRequest request : module.getRequestedModules()) {
        requests.add(describe(request));
      }
    }
    return requests;
  }

  private static Map<String, Object> describe(ModuleRequest request) {
    Map<String, Object> attributes = new LinkedHashMap<>();
    request.attributes().forEach((key, value) -> attributes.put(key.toJavaStringUncached(), value));
    Map<String, Object> description = new LinkedHashMap<>();
    description.put("specifier", request.specifier());
    description.put("attributes", attributes);
    description.put("phase", String.valueOf(request.phase()).toLowerCase(java.util.Locale.ROOT));
    return description;
  }

  /**
   * {@code imports(handle)}: specifier and name of all that a module imports or exports again; the
   * name of a whole namespace is a star.
   */
  private Object imports(Arguments arguments) {
    List<Object> imports = new ArrayList<>();
    if (record(arguments.value(0)) instanceof JSModuleRecord module) {
      for (Module.ImportEntry entry : module.getModule().getImportEntries()) {
        imports.add(describe(entry.getModuleRequest(), entry.getImportName()));
      }
      for (Module.ExportEntry entry : module.getModule().getIndirectExportEntries()) {
        imports.add(describe(entry.getModuleRequest(), entry.getImportName()));
      }
      for (Module.ExportEntry entry : module.getModule().getStarExportEntries()) {
        imports.add(describe(entry.getModuleRequest(), null));
      }
    }
    return imports;
  }

  private static Object describe(ModuleRequest request, @Nullable TruffleString name) {
    return new Object[] {request.specifier(), name == null ? Module.STAR_NAME : name};
  }

  /** {@code connect(handle, handles)}: the modules that its requests stand for, in their order. */
  private @Nullable Object connect(Arguments arguments) {
    CyclicModuleRecord module = (CyclicModuleRecord) record(arguments.value(0));
    Object[] targets = JSArray.toArray((JSDynamicObject) arguments.value(1));
    List<ModuleRequest> requests = module.getRequestedModules();
    for (int i = 0; i < targets.length; i++) {
      module.addLoadedModule(realm.js, requests.get(i), record(targets[i]));
    }
    return null;
  }

  private @Nullable Object link(Arguments arguments) {
    AbstractModuleRecord module = record(arguments.value(0));
    JSRealm owner = realmOf(arguments.value(0));
    module.loadRequestedModulesSync(owner, null);
    module.link(owner);
    return null;
  }

  private static boolean isAsync(AbstractModuleRecord record, java.util.Set<Object> seen) {
    if (!(record instanceof CyclicModuleRecord module) || !seen.add(record)) {
      return false;
    }
    if (module.hasTLA()) {
      return true;
    }
    for (ModuleRequest request : module.getRequestedModules()) {
      if (isAsync(module.getImportedModule(request), seen)) {
        return true;
      }
    }
    return false;
  }

  /** Stands for a ShadowRealm where natives take a context; undefined for all other realms. */
  private Object shadowHandle(JSRealm caller) {
    if (caller == realm.js || realm.contextRealms.containsKey(caller)) {
      return Undefined.instance;
    }
    return shadows.computeIfAbsent(caller, owner -> VirtualScripts.handleOf(realm, owner));
  }

  /**
   * {@code setHooks(initializeImportMeta(meta, url, host), importDynamically(specifier, referrer,
   * attributes, host, shadowRealm, phase))}.
   */
  private @Nullable Object setHooks(Arguments arguments) {
    importMeta = arguments.callback(0);
    dynamicImport = arguments.callback(1);
    realm.esModules = this;
    // Both are the engine's, for all of its realms.
    realm.context.setImportMetaInitializer(
        (meta, module) -> of(JSRealm.getMain(null)).initializeImportMeta(meta, module.getSource()));
    realm.context.setImportModuleDynamicallyCallback(
        (callerRealm, referrer, request) ->
            of(callerRealm)
                .importDynamically(
                    callerRealm, referrer == null ? null : referrer.getSource(), request));
    return null;
  }

  private static EsModules of(JSRealm js) {
    EsModules modules = Realm.of(js).esModules;
    if (modules == null) {
      throw new IllegalStateException("no loader");
    }
    return modules;
  }

  private void initializeImportMeta(JSDynamicObject meta, Source source) {
    Callback hook = importMeta;
    if (hook != null) {
      hook.call(Undefined.instance, meta, source.getName(), realm.hostDefined.of(source));
    }
  }

  private JSPromiseObject importDynamically(
      JSRealm callerRealm, @Nullable Source source, ModuleRequest request) {
    Callback hook = dynamicImport;
    if (hook == null) {
      throw new IllegalStateException("no loader");
    }
    Map<String, Object> description = describe(request);
    return (JSPromiseObject)
        hook.call(
            Undefined.instance,
            description.get("specifier"),
            source == null ? null : source.getName(),
            description.get("attributes"),
            realm.hostDefined.of(source),
            shadowHandle(callerRealm),
            description.get("phase"));
  }
}
