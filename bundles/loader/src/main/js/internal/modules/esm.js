'use strict';

// Loading of ECMAScript modules: the graph is read and linked at once, as all of it is local; evaluation is the engine's.

const runtime = require('internal/runtime');
const {
  Module, activeHooks, activeSourceMaps, endingOf, loadResolved, loadText, makeRequire, readModuleText, stripBom, stripShebang, textOf,
} = require('internal/modules/commonjs');
const packageJson = require('internal/modules/package_json');
const { codes } = require('internal/errors');
const { sharedState } = require('internal/symbols');
const { fileURLToPath, pathToFileURL, URL } = require('url');

const { esm } = runtime;

const state = sharedState('module.esm', () => ({
  records: new Map(), // by URL and import type
  nodes: new WeakMap(), // what a record stands for: its URL, the file if it is CommonJS, and the records that it imports, by its requests
  connected: new WeakSet(), // records that know all that they import
  builtins: [], // the synthetic records of core modules: syncBuiltinESMExports and hot swaps set their exports anew
  marked: new Map(), // records with the mark of transpilers
  hookFormats: new Map(), // the formats that resolve hooks gave to URLs
  resolved: new Map(), // what a specifier stood for it stands for until the process ends, also when the file is gone (resolve cache)
  hasAsyncHooks: false,
  mainUrl: undefined,
}));
const { records, nodes, connected, builtins, marked, hookFormats, resolved } = state;

function resolve(specifier, base) {
  return require('internal/modules/esm_resolve').resolve(specifier, base);
}

function conditions() {
  return require('internal/modules/esm_resolve').conditions();
}

function formatOf(url, source) {
  if (url.startsWith('node:') || url.startsWith('osgi:')) return 'builtin';
  if (url.startsWith('data:')) {
    const mime = /^data:([^,;]+)?/.exec(url)[1] ?? '';
    const format = { 'text/javascript': 'module', 'application/javascript': 'module', 'application/json': 'json' }[mime];
    if (format === undefined) throw new codes.ERR_UNKNOWN_MODULE_FORMAT(mime, url);
    return format;
  }
  const path = new URL(url).pathname;
  const dot = path.lastIndexOf('.');
  let extension = dot > path.lastIndexOf('/') + 1 ? path.slice(dot) : '';
  if (extension.endsWith('ts')) extension = endingOf(path);
  switch (extension) {
    case '.mjs': return 'module';
    case '.cjs': return 'commonjs';
    case '.json': return 'json';
    case '.wasm': return 'wasm';
    case '.node': return 'addon';
    case '':
    case '.js': {
      const type = packageJson.nearest(fileURLToPath(url))?.config.type;
      if (type === 'module') return 'module';
      if (type === 'commonjs') return 'commonjs';
      return hasModuleSyntax(source()) ? 'module' : 'commonjs';
    }
    default:
      throw new codes.ERR_UNKNOWN_FILE_EXTENSION(extension, fileURLToPath(url));
  }
}

/** Whether a file without a declared type is an ES module: it does not parse as CommonJS but does as a module. */
function hasModuleSyntax(source) {
  if (!/\b(import|export|await)\b/.test(source)) return false;
  try {
    runtime.compileFunction(stripShebang(source), 'detect', 'exports, require, module, __filename, __dirname');
    return false;
  } catch {
    try {
      esm.compile(stripShebang(source), 'detect');
      return true;
    } catch {
      return false;
    }
  }
}

function readSource(url) {
  if (url.startsWith('data:')) {
    const comma = url.indexOf(',');
    const body = decodeURIComponent(url.slice(comma + 1));
    return url.slice(0, comma).endsWith(';base64') ? require('buffer').Buffer.from(body, 'base64').toString() : body;
  }
  return readModuleText(fileURLToPath(url));
}

function checkAttributes(url, format, attributes) {
  for (const key of Object.keys(attributes)) {
    if (key !== 'type') throw new codes.ERR_IMPORT_ATTRIBUTE_UNSUPPORTED(key, attributes[key], url);
  }
  const { type } = attributes;
  if (type !== undefined && !IMPORT_TYPES.has(type)) throw new codes.ERR_IMPORT_ATTRIBUTE_UNSUPPORTED('type', type, url);
  if (format === 'json' && type === undefined) throw new codes.ERR_IMPORT_ATTRIBUTE_MISSING(url, 'type', 'json');
  if (type !== undefined && (type !== 'json' || format !== 'json')) throw new codes.ERR_IMPORT_ATTRIBUTE_TYPE_INCOMPATIBLE(url, type);
}
const IMPORT_TYPES = new Set(['json']);

function osgiService(name) {
  return require('internal/osgi').service(name);
}

function builtinRecord(url) {
  const id = url.slice('node:'.length);
  const exports = url.startsWith('osgi:') ? osgiService(id) : runtime.requireBuiltin(id);
  const names = new Set(['default', ...Object.keys(exports)]);
  const builtin = { record: undefined, exports, names, lazy: new Set(LAZY_EXPORTS[url]), evaluated: false };
  const evaluate = () => {
    builtin.evaluated = true;
    syncBuiltin(builtin);
  };
  builtin.record = esm.synthetic(url, [...names], evaluate);
  builtins.push(builtin);
  return builtin.record;
}

/** Exports whose getters load much: they are read when somebody imports that name, or the namespace. */
const LAZY_EXPORTS = { '__proto__': null, 'node:http': ['WebSocket', 'CloseEvent', 'MessageEvent'] };

/** Reads the lazy exports of that name, or all. */
function wantExport(builtin, wanted) {
  for (const name of builtin.lazy) {
    if (wanted !== name && wanted !== '*') continue;
    builtin.lazy.delete(name);
    if (builtin.evaluated) esm.setExport(builtin.record, name, builtin.exports[name]);
  }
}

function wantImports(record, targets) {
  const lazy = builtins.filter((builtin) => builtin.lazy.size > 0 && targets.includes(builtin.record));
  for (const builtin of lazy) for (const [, name] of esm.imports(record)) wantExport(builtin, name);
}

function syncBuiltin({ record, exports, names, lazy }) {
  for (const name of names) {
    if (!lazy.has(name)) esm.setExport(record, name, name === 'default' ? exports : exports[name]);
  }
}

function syncBuiltinESMExports() {
  builtins.forEach(syncBuiltin);
}

let parseExports;

function lexer() {
  if (parseExports === undefined) {
    const text = runtime.classPathResource('META-INF/resources/webjars/cjs-module-lexer/1.4.3/lexer.js');
    const lexerModule = { exports: {} };
    runtime.compileFunction(text, 'node:internal/deps/cjs-module-lexer', 'exports, module')(lexerModule.exports, lexerModule);
    parseExports = lexerModule.exports.parse;
  }
  return parseExports;
}

/** The names that a CommonJS file exports, as far as its text tells. */
function commonJsNames(file, seen = new Set(), text = undefined) {
  const names = new Set();
  if (seen.has(file)) return names;
  seen.add(file);
  if (file.endsWith('.json') || file.endsWith('.node')) return names;
  let found;
  try {
    found = lexer()(stripShebang(text === undefined ? readModuleText(file) : stripBom(text)));
  } catch {
    return names;
  }
  for (const name of found.exports) names.add(name);
  if (found.reexports.length > 0) {
    const parent = new Module(file, undefined);
    parent.filename = file;
    parent.paths = Module._nodeModulePaths(parent.path);
    for (const reexport of found.reexports) {
      try {
        const target = Module._resolveFilename(reexport, parent, false);
        if (Module.isBuiltin(target)) {
          for (const name of Object.keys(runtime.requireBuiltin(target.replace(/^node:/, '')))) names.add(name);
        } else {
          for (const name of commonJsNames(target, seen)) names.add(name);
        }
      } catch {
        // Whoever requires it will be told.
      }
    }
  }
  return names;
}

/** The record of a CommonJS file; `source` is its text if a hook gave one. */
function commonJsRecord(url, isMain, source) {
  const file = url.startsWith('file:') ? fileURLToPath(url) : url;
  const cached = Module._cache[file];
  const names = commonJsNames(file, undefined, source);
  if (cached?.loaded && cached.exports !== null && typeof cached.exports === 'object') {
    for (const name of Object.keys(cached.exports)) names.add(name);
  }
  names.add('default');
  names.add('module.exports');
  const record = esm.synthetic(url, [...names], (handle) => {
    const exports = source === undefined
      ? activeHooks()?.hasResolve ? loadResolved(file, isMain) : Module._load(file, undefined, isMain)
      : Module._cache[file]?.exports ?? loadText(file, undefined, isMain, { format: 'commonjs', source });
    const isObject = exports !== null && (typeof exports === 'object' || typeof exports === 'function');
    for (const name of names) {
      if (name === 'default' || name === 'module.exports') continue;
      if (isObject && Object.hasOwn(exports, name)) {
        let value;
        try {
          value = exports[name];
        } catch {
          continue;
        }
        esm.setExport(handle, name, value);
      }
    }
    esm.setExport(handle, 'default', exports);
    esm.setExport(handle, 'module.exports', exports);
  });
  nodes.set(record, { url, file, targets: [] });
  return record;
}

// A JSON file is one value in both module systems: whoever loads it first puts it into require.cache.
function jsonRecord(url, source) {
  return esm.synthetic(url, ['default'], (handle) => {
    const file = url.startsWith('file:') && !/[?#]/.test(url) ? fileURLToPath(url) : undefined;
    const cached = file === undefined ? undefined : Module._cache[file];
    if (cached?.loaded) {
      esm.setExport(handle, 'default', cached.exports);
      return;
    }
    let value;
    try {
      value = JSON.parse(source);
    } catch (error) {
      error.message = `${url.startsWith('file:') ? fileURLToPath(url) : url}: ${error.message}`;
      throw error;
    }
    if (file !== undefined && cached === undefined) {
      const module = new Module(file);
      module.filename = file;
      module.paths = Module._nodeModulePaths(module.path);
      module.exports = value;
      module.loaded = true;
      Module._cache[file] = module;
    }
    esm.setExport(handle, 'default', value);
  });
}

/** The hooks of module.register, once there are some. */
function asyncHooks() {
  if (!state.hasAsyncHooks) return undefined;
  const register = require('internal/modules/register');
  return register.isActive ? register : undefined;
}

function noteRegister() {
  state.hasAsyncHooks = true;
}

/** The URL of a specifier, with the attributes that hooks leave of those that were given. */
function resolveOnce(specifier, base, attributes = {}) {
  const found = resolveFor(specifier, base, attributes);
  if (runtime.hasPackagePermissions) runtime.demandLoad(found.url, base, false);
  return found;
}

function resolveFor(specifier, base, attributes) {
  const hooks = activeHooks();
  if (hooks?.hasResolve) {
    const context = { conditions: [...conditions()], importAttributes: attributes, parentURL: base };
    const result = hooks.resolveWithHooks(specifier, context, (name, wanted) => {
      if (asyncHooks() !== undefined) return asyncHooks().waitFor(asyncHooks().resolve(name, base, attributes));
      const url = require('internal/modules/esm_resolve').resolveWith(name, wanted.parentURL ?? base, hooks.conditionsOf(wanted));
      return { url, format: guessFormat(url) };
    });
    if (result.format !== undefined && result.format !== null) hookFormats.set(result.url, result.format);
    return { url: result.url, format: result.format, importAttributes: result.importAttributes ?? attributes };
  }
  if (asyncHooks() !== undefined) {
    const result = asyncHooks().waitFor(asyncHooks().resolve(specifier, base, attributes));
    if (result.format !== undefined && result.format !== null) hookFormats.set(result.url, result.format);
    return result;
  }
  const id = `${specifier}\0${base}`;
  let url = resolved.get(id);
  if (url === undefined) {
    url = resolve(specifier, base);
    // Another scheme may be a core module's once its bundle is there (acme:gpio).
    if (LOADABLE.test(url)) resolved.set(id, url);
  }
  return { url, format: undefined, importAttributes: attributes };
}

async function resolveAsync(specifier, base, attributes) {
  if (asyncHooks() === undefined || activeHooks()?.hasResolve) return resolveOnce(specifier, base, attributes);
  const found = await asyncHooks().resolve(specifier, base, attributes);
  if (runtime.hasPackagePermissions) runtime.demandLoad(found.url, base, false);
  return found;
}

function key(url, attributes) {
  return attributes.type === undefined ? url : `${url}\0${attributes.type}`;
}

// No module has a source to import yet: WebAssembly is missing.
function refuseSourcePhase(phase, url) {
  if (phase === 'source') throw new codes.ERR_SOURCE_PHASE_NOT_DEFINED(url);
}

function guessFormat(url) {
  if (url.startsWith('node:') || url.startsWith('osgi:')) return 'builtin';
  try {
    return formatOf(url, () => '');
  } catch {
    return undefined;
  }
}

const LOADABLE = /^(file|data|node|osgi):/;

// Resolution lets every scheme pass, as hooks may know how to load it.
function checkScheme(url) {
  if (!LOADABLE.test(url)) throw new codes.ERR_UNSUPPORTED_ESM_URL_SCHEME(new URL(url), ['file', 'data', 'node']);
}

/** What loading is without hooks. The source of CommonJS is left to require. */
function defaultLoad(url, { format: wanted }) {
  if (url.startsWith('node:')) return { __proto__: null, format: 'builtin', responseURL: url, source: null };
  checkScheme(url);
  let source;
  const text = () => (source ??= readSource(url));
  const format = wanted ?? formatOf(url, text);
  if (format === 'commonjs') return { __proto__: null, format, responseURL: url, source: null };
  return { __proto__: null, format, responseURL: url, source: require('buffer').Buffer.from(text()) };
}

function connect(record, targets, url) {
  if (connected.has(record)) return;
  esm.connect(record, targets);
  wantImports(record, targets);
  connected.add(record);
  nodes.set(record, { url, targets });
}

/** Whether all that a record imports directly is known to it. */
function isConnected(record) {
  return connected.has(record);
}

/** A new record, without what it imports. `customized` says that hooks gave format and source. */
function create(url, attributes, options) {
  const table = options.records ?? records;
  let { source } = options;
  if (source !== undefined && source !== null) source = textOf(source);
  const text = () => (source ??= readSource(url));
  if (source === undefined || source === null) checkScheme(url);
  let format = options.format ?? formatOf(url, text);
  if (format.endsWith('-typescript')) {
    source = require('internal/modules/typescript').strip(text(), fileURLToPath(url));
    format = format.slice(0, -'-typescript'.length);
  }
  checkAttributes(url, format, attributes);
  if (options.shadowRealm !== undefined && format !== 'module' && format !== 'json') {
    throw new codes.ERR_UNKNOWN_MODULE_FORMAT(format, url); // What it exports would belong to the main realm.
  }
  let record;
  switch (format) {
    case 'builtin': record = builtinRecord(url); break;
    case 'commonjs': record = commonJsRecord(url, options.isMain === true, options.customized ? source ?? undefined : undefined); break;
    case 'json': record = jsonRecord(url, text()); break;
    case 'module':
      activeSourceMaps()?.note(url, text());
      record = compile(stripShebang(text()), url, options.shadowRealm);
      break;
    case 'addon': return Module._extensions['.node']({}, fileURLToPath(url));
    default: throw new codes.ERR_UNKNOWN_MODULE_FORMAT(format, url);
  }
  if (format !== 'module') connected.add(record);
  table.set(key(url, attributes), record);
  return record;
}

/** Parses a module; a syntax error names its place in the text. */
function compile(text, url, shadowRealm) {
  try {
    return esm.compile(text, url, undefined, shadowRealm);
  } catch (error) {
    throw require('internal/error_arrow').decorate(error);
  }
}

/** The record of a module and, if it is new, of all that it imports. */
// The parent of --watch wants to know each file.
const isWatched = runtime.getEnv('WATCH_REPORT_DEPENDENCIES') !== undefined;

function load(url, attributes = {}, options = {}) {
  if (isWatched && url.startsWith('file:')) process.send?.({ 'watch:import': [url] });
  const table = options.records ?? records;
  const id = key(url, attributes);
  const known = table.get(id);
  if (known !== undefined) {
    // What an asynchronous import has begun.
    if (!connected.has(known)) loadImports(known, url, id, options.records);
    return known;
  }
  const format = options.format ?? hookFormats.get(url);
  let wanted = { format, source: options.source, records: options.records, isMain: options.isMain };
  const hooks = activeHooks();
  if (options.source === undefined) {
    if (hooks?.hasLoad) {
      const context = { format: format ?? guessFormat(url), conditions: [...conditions()], importAttributes: attributes };
      const loaded = hooks.loadWithHooks(url, context, (value, given) => {
        if (asyncHooks() !== undefined) return asyncHooks().waitFor(asyncHooks().load(value, given.format, attributes));
        if (value.startsWith('node:')) return { format: 'builtin', source: null };
        checkScheme(value);
        const found = readSource(value);
        return { format: given.format ?? formatOf(value, () => found), source: found };
      });
      wanted = { ...wanted, format: loaded.format, source: loaded.source ?? undefined, customized: true };
    } else if (asyncHooks() !== undefined) {
      const loaded = asyncHooks().waitFor(asyncHooks().load(url, format ?? guessFormat(url), attributes));
      wanted = { ...wanted, format: loaded.format, source: loaded.source ?? undefined, customized: true };
    }
  }
  const record = create(url, attributes, wanted);
  if (!connected.has(record)) loadImports(record, url, id, options.records);
  return record;
}

function loadImports(record, url, id, table) {
  // In a cycle the record is met again; what it imports is on its way.
  connected.add(record);
  try {
    const targets = [];
    for (const { specifier, attributes, phase } of esm.requests(record)) {
      const target = resolveOnce(specifier, url, attributes);
      refuseSourcePhase(phase, target.url);
      targets.push(load(target.url, target.importAttributes, { records: table }));
    }
    esm.connect(record, targets);
    wantImports(record, targets);
    nodes.set(record, { url, targets });
  } catch (error) {
    (table ?? records).delete(id);
    throw error;
  }
}

function link(record) {
  try {
    esm.link(record);
  } catch (error) {
    throw decorateLinkError(error);
  }
}

// A name that cjs-module-lexer does not see is the usual reason; the message shows the way around it.
function decorateLinkError(error) {
  const [, specifier, name] = /^The requested module '(.*)' does not provide an export named '(.*)'$/.exec(error?.message) ?? [];
  const [, importer] = /^\s+at (file:.*):\d+:\d+$/m.exec(error?.stack) ?? [];
  if (specifier === undefined || importer === undefined) return error;
  try {
    const url = resolve(specifier, importer);
    if (formatOf(url, () => readSource(url)) !== 'commonjs') return error;
    error.message = `Named export '${name}' not found. The requested module '${specifier}' is a CommonJS module, which may not ` +
      'support all module.exports as named exports.\nCommonJS modules can always be imported via the default export, for example ' +
      `using:\n\nimport pkg from '${specifier}';\n${destructuring(readSource(importer), specifier, name)}`;
  } catch {
    // The error as it is says enough.
  }
  return error;
}

/** What replaces the names that an import statement on one line asks for. */
function destructuring(source, specifier, name) {
  for (const line of source.split('\n')) {
    const [, names, from] = /^\s*import\s*\{([^}]*)\}\s*from\s*["'](.*?)["']/.exec(line) ?? [];
    if (from === specifier && new RegExp(`(^|[\\s,])${RegExp.escape(name)}($|[\\s,])`).test(names)) {
      return `const { ${names.trim().replace(/\s+as\s+/g, ': ')} } = pkg;\n`;
    }
  }
  return '';
}

function initializeImportMeta(meta, url) {
  if (url.startsWith('file:')) {
    const filename = fileURLToPath(url);
    meta.dirname = require('path').dirname(filename);
    meta.filename = filename;
  }
  meta.main = url === state.mainUrl;
  meta.resolve = function(specifier, parent = url) {
    if (typeof parent !== 'string' && !(parent instanceof URL)) {
      throw new codes.ERR_INVALID_ARG_TYPE('parentURL', ['string', 'URL'], parent);
    }
    try {
      return resolveOnce(`${specifier}`, `${parent}`).url;
    } catch (error) {
      // Only the way is asked for, not whether there is something at its end.
      if ((error?.code === 'ERR_MODULE_NOT_FOUND' || error?.code === 'ERR_UNSUPPORTED_DIR_IMPORT') && error.url) return error.url;
      throw error;
    }
  };
  Object.defineProperty(meta.resolve, 'name', { __proto__: null, value: 'resolve' });
  meta.url = url;
}

function baseOf(referrer) {
  if (referrer === undefined) return pathToFileURL(`${process.cwd()}/`).href;
  if (/^(file|data|node):/.test(referrer)) return referrer;
  if (referrer[0] === '/') return pathToFileURL(referrer).href;
  return pathToFileURL(`${process.cwd()}/${referrer}`).href;
}

async function importDynamically(specifier, referrer, attributes, shadowRealm, phase) {
  if (shadowRealm !== undefined) return require('internal/modules/shadow_realm').importDynamically(specifier, referrer, attributes, shadowRealm);
  specifier = `${specifier}`;
  const base = baseOf(referrer);
  let record;
  if (asyncHooks() !== undefined) {
    ({ record } = await require('internal/modules/esm_async').loadGraph(specifier, base, attributes, records));
  } else {
    const target = resolveOnce(specifier, base, attributes);
    refuseSourcePhase(phase, target.url);
    record = load(target.url, target.importAttributes, { format: target.format ?? undefined });
  }
  link(record);
  await evaluate(record);
  for (const builtin of builtins) if (builtin.lazy.size > 0 && builtin.record === record) wantExport(builtin, '*');
  return esm.namespace(record);
}

const COMMON_JS_NAMES = /^(require|module|exports|__filename|__dirname) is not defined$/;

async function evaluate(record) {
  try {
    await esm.evaluate(record);
  } catch (error) {
    if (error instanceof ReferenceError) explainMissingName(error);
    throw error;
  }
}

// The names of the CommonJS wrapper are the most frequent mistake in ES modules: the message says what is wrong.
function explainMissingName(error) {
  const [, name] = COMMON_JS_NAMES.exec(error.message) ?? [];
  const [, at] = /^\s+at (?:.* \()?((?:file|data):[^\n]*?):\d+:\d+\)?$/m.exec(error.stack) ?? [];
  if (name === undefined || at === undefined) return;
  error.message += ' in ES module scope';
  if (name === 'require') error.message += ', you can use import instead';
  const scope = /^file:[^?#]*\.js(?:[?#]|$)/.test(at) ? packageJson.nearest(fileURLToPath(at)) : undefined;
  if (scope?.config.type === 'module') {
    error.message += '\nThis file is being treated as an ES module because it has a \'.js\' file extension and ' +
      `'${scope.config.file}' contains "type": "module". To treat it as a CommonJS script, rename it to use the '.cjs' file extension.`;
  }
  error.stack = error.stack.replace(`${name} is not defined`, () => error.message);
}

/** Runs a module as the entry point; its pending promise at the end of the process is exit code 13. */
function runEntry(start) {
  const { setEntryPromise } = require('internal/main');
  const state = {
    pending: true,
    warn() {
      process.emitWarning?.('Detected unsettled top-level await', 'Warning');
    },
  };
  setEntryPromise(state);
  const promise = (async () => start())();
  promise.then(
    () => {
      state.pending = false;
    },
    (error) => {
      state.pending = false;
      runtime.triggerUncaughtException(error, true);
    });
}

/** What --experimental-loader and --import ask for, before the entry point. */
async function preload() {
  const { getOptionValue } = require('internal/options');
  const base = pathToFileURL(`${process.cwd()}/`).href;
  const loaders = getOptionValue('--experimental-loader');
  if (loaders.length > 0) {
    noteRegister();
    await require('internal/modules/register').addFromCommandLine(loaders, base);
  }
  for (const specifier of getOptionValue('--import')) await importDynamically(specifier, base, {});
}

/** The file, or the data: URL of a worker. */
function runMain(file) {
  runEntry(async () => {
    await preload();
    const specifier = file.startsWith('data:') ? file : pathToFileURL(file).href;
    let record;
    if (asyncHooks() !== undefined) {
      const graph = await require('internal/modules/esm_async').loadGraph(specifier, undefined, {}, records, true);
      state.mainUrl = graph.url;
      ({ record } = graph);
    } else {
      const target = activeHooks()?.hasResolve ? resolveOnce(specifier, undefined, {}) : { url: specifier, importAttributes: {} };
      state.mainUrl = target.url;
      record = load(state.mainUrl, target.importAttributes, { isMain: true });
    }
    link(record);
    runtime.requireBuiltin('internal/main').breakOnStart();
    await evaluate(record);
  });
}

/** Runs source text as a module of the current folder. */
function runSource(source, name) {
  runEntry(async () => {
    await preload();
    const url = `${pathToFileURL(`${process.cwd()}/`).href}${name}`;
    state.mainUrl = url;
    let record;
    if (asyncHooks() !== undefined) {
      record = create(url, {}, { source, format: 'module' });
      await require('internal/modules/esm_async').loadSource(record, url, records);
    } else {
      record = load(url, {}, { source, format: 'module' });
    }
    link(record);
    await evaluate(record);
  });
}

/** Runs what is no module after what has to be there before it. */
function runAfterPreloads(start) {
  runEntry(async () => {
    await preload();
    start();
  });
}

function check(source, name) {
  esm.compile(source, name);
}

/** What `require` gives for an ES module: its namespace, if its graph needs no await. */
function requireEsModule(file, module) {
  return finishRequire(load(pathToFileURL(file).href, {}, { format: 'module' }), file, module);
}

/** The same for a file that turned out to be a module while CommonJS compiled it. */
function loadEsModule(file, source, module) {
  if (module !== undefined && process.mainModule === module) {
    state.mainUrl = pathToFileURL(file).href;
    runEntry(async () => {
      const record = load(state.mainUrl, {}, { source, format: 'module' });
      link(record);
      await evaluate(record);
    });
    return {};
  }
  return finishRequire(load(pathToFileURL(file).href, {}, { source, format: 'module' }), file, module);
}

// A module that is running cannot be awaited by what it requires.
function refuseCycle(record, seen) {
  seen.add(record);
  const { url, targets } = nodes.get(record) ?? { targets: [] };
  if (targets.length === 0) return;
  const requests = esm.requests(record);
  targets.forEach((target, index) => {
    if (seen.has(target)) return;
    const file = nodes.get(target)?.file;
    const isCommonJs = file !== undefined;
    const isRunning = isCommonJs ? Module._cache[file]?.loaded === false : esm.status(target) === 'Evaluating';
    if (isRunning) {
      throw new codes.ERR_REQUIRE_CYCLE_MODULE(`Cannot import ${isCommonJs ? 'CommonJS ' : ''}Module ${requests[index].specifier} in a ` +
        `cycle. (from ${url.startsWith('file:') ? fileURLToPath(url) : url})`);
    }
    refuseCycle(target, seen);
  });
}

function finishRequire(record, file, module) {
  link(record);
  if (esm.isAsync(record)) throw new codes.ERR_REQUIRE_ASYNC_MODULE(file, module?.parent?.filename);
  const status = esm.status(record);
  if (status === 'Evaluating') {
    const from = module?.parent?.filename;
    throw new codes.ERR_REQUIRE_CYCLE_MODULE(`Cannot require() ES Module ${file} in a cycle.${from ? ` (from ${from})` : ''} A cycle ` +
      'involving require(esm) is not allowed to maintain invariants mandated by the ECMAScript specification. Try making at least part ' +
      'of the dependency in the graph lazily loaded.');
  }
  if (status !== 'Evaluated') refuseCycle(record, new Set());
  const promise = esm.evaluate(record);
  const [state, result] = runtime.details.getPromiseDetails(promise);
  if (state === 2) {
    promise.catch(() => {});
    throw result;
  }
  const namespace = esm.namespace(record);
  if (Object.hasOwn(namespace, 'module.exports')) return namespace['module.exports'];
  if (Object.hasOwn(namespace, 'default') && !Object.hasOwn(namespace, '__esModule')) return withEsModuleMark(record);
  return namespace;
}

// Transpiled importers look for __esModule to find the default export.
function withEsModuleMark(record) {
  let facade = marked.get(record);
  if (facade === undefined) {
    facade = esm.compile("export * from 'original'; export { default } from 'original'; export const __esModule = true;", 'node:facade');
    esm.connect(facade, esm.requests(facade).map(() => record));
    esm.link(facade);
    esm.evaluate(facade);
    marked.set(record, facade);
  }
  return esm.namespace(facade);
}

module.exports = {
  check,
  connect,
  create,
  defaultLoad,
  evaluate,
  guessFormat,
  isConnected,
  key,
  link,
  noteRegister,
  resolveAsync,
  runAfterPreloads,
  hasModuleSyntax,
  importDynamically,
  initializeImportMeta,
  loadEsModule,
  makeRequire,
  requireEsModule,
  runMain,
  runSource,
  syncBuiltinESMExports,
};
