'use strict';

// CommonJS as the Node.js documentation tells it (Modules: CommonJS modules, "All together"). Module's underscore methods are
// public in fact: packages replace them. So they are called through the class, which is the realm's own (internal/module_class);
// its statics and methods are those of `statics` and `methods` here.

const runtime = require('internal/runtime');
const path = require('path');
const packageJson = require('internal/modules/package_json');
const { validateString } = require('internal/check_string');
const { getOptionValue } = require('internal/options');
const { Module, calls, isWrapPatched, makeRequire } = require('internal/module_class');
const { sharedState, stateSymbol } = require('internal/symbols');

const FILE = 0;
const DIRECTORY = 1;
const PARAMETERS = 'exports, require, module, __filename, __dirname';

const state = sharedState('module', () => ({
  hookConditions: undefined, // what a resolve hook put in place of the usual ones, while the default step runs for it
  statCache: null, // within one tree of requires a path's kind does not change: the system is asked once
  requireDepth: 0,
  stat: undefined, // packages that bring a file system of their own set this through Module._stat
  hasHooks: false, // of module.registerHooks: their URL and source take the place of the file's
  hasSourceMaps: getOptionValue('--enable-source-maps') === true, // they are told of each file then
  isRegisterNoted: false,
  mainModule: undefined,
}));
const statics = {};
const methods = {};
Object.defineProperty(statics, 'prototype', { __proto__: null, value: methods, writable: true });
let cjsConditions;

// Loaded when something is wrong, as most programs never need them.
function codes() {
  return require('internal/errors').codes;
}

function conditions() {
  return state.hookConditions ?? (cjsConditions ??= new Set(['require', 'node', 'module-sync', 'node-addons', ...getOptionValue('--conditions')]));
}

function systemStat(file) {
  return (state.stat ?? binding.stat)(file);
}

function stat(file) {
  const { statCache } = state;
  if (statCache === null) return systemStat(file);
  let kind = statCache.get(file);
  if (kind === undefined) {
    kind = systemStat(file);
    statCache.set(file, kind);
  }
  return kind;
}

function construct(module, id, parent) {
  module.id = id;
  module.path = path.dirname(id);
  module.exports = {};
  Object.defineProperty(module, kParent, { __proto__: null, value: parent, writable: true, configurable: true });
  if (parent !== undefined && parent !== null && Array.isArray(parent.children)) parent.children.push(module);
  module.filename = null;
  module.loaded = false;
  module.children = [];
}

const kParent = stateSymbol('module.parent');

Object.defineProperty(methods, 'parent', {
  __proto__: null,
  configurable: true,
  enumerable: false,
  get() {
    return this[kParent];
  },
  set(value) {
    Object.defineProperty(this, kParent, { __proto__: null, value, writable: true, configurable: true });
  },
});
Object.defineProperty(statics, '_stat', {
  __proto__: null,
  configurable: true,
  get() {
    return state.stat ?? binding.stat;
  },
  set(value) {
    state.stat = value;
  },
});

if (getOptionValue('--pending-deprecation')) {
  const { deprecate } = require('internal/util');
  const { get, set } = Object.getOwnPropertyDescriptor(methods, 'parent');
  const text = 'module.parent is deprecated due to accuracy issues. Please use require.main to find program entry point instead.';
  Object.defineProperty(methods, 'parent', {
    __proto__: null,
    configurable: true,
    get: deprecate(get, text, 'DEP0144'),
    set: deprecate(set, text, 'DEP0144'),
  });
}

statics.isBuiltin = function isBuiltin(id) {
  if (typeof id !== 'string') return false;
  if (id.startsWith('node:')) return runtime.isBuiltin(id.slice(5));
  return runtime.isBuiltin(id) && !schemeOnly.has(id);
};
const schemeOnly = new Set(['sea', 'sqlite', 'test', 'test/reporters']);

/** A property whose value is made when it is asked for; also for subclasses, it can be assigned to as the plain one that Node.js has. */
function computed(name, get) {
  Object.defineProperty(statics, name, {
    __proto__: null,
    configurable: true,
    enumerable: true,
    get,
    set(value) {
      Object.defineProperty(this, name, { __proto__: null, value, writable: true, enumerable: true, configurable: true });
    },
  });
}

computed('builtinModules', () => {
  const ids = runtime.builtinIds().filter(runtime.isBuiltin);
  return [...ids.filter((id) => !schemeOnly.has(id)), ...ids.filter((id) => schemeOnly.has(id)).map((id) => `node:${id}`)];
});

function globalPaths() {
  const home = runtime.getEnv('HOME');
  const paths = [path.resolve(process.execPath, '..', '..', 'lib', 'node')];
  if (home) {
    paths.unshift(path.resolve(home, '.node_libraries'));
    paths.unshift(path.resolve(home, '.node_modules'));
  }
  const extra = runtime.getEnv('NODE_PATH');
  if (extra) paths.unshift(...extra.split(path.delimiter).filter(Boolean));
  return paths;
}

statics._initPaths = function() {
  Module.globalPaths = globalPaths();
};

statics._nodeModulePaths = function(from) {
  from = path.resolve(from);
  const paths = [];
  for (let folder = from; ; ) {
    if (path.basename(folder) !== 'node_modules') {
      paths.push(folder === '/' ? '/node_modules' : `${folder}/node_modules`);
    }
    if (folder === '/') return paths;
    folder = path.dirname(folder);
  }
};

function isRelative(request) {
  return request[0] === '.' &&
    (request.length === 1 || request[1] === '/' || (request[1] === '.' && (request.length === 2 || request[2] === '/')));
}

statics._resolveLookupPaths = function(request, parent) {
  if (Module.isBuiltin(request)) return null;
  if (!isRelative(request)) {
    const paths = parent?.paths?.length ? [...parent.paths, ...Module.globalPaths] : [...Module.globalPaths];
    return paths.length > 0 ? paths : null;
  }
  if (!parent?.id || !parent.filename) return ['.', ...Module._nodeModulePaths('.'), ...Module.globalPaths];
  return [path.dirname(parent.filename)];
};

function toRealPath(file, isMain) {
  if (getOptionValue(isMain ? '--preserve-symlinks-main' : '--preserve-symlinks')) return path.resolve(file);
  return binding.realpath(file);
}

function tryFile(file, isMain) {
  return stat(file) === FILE ? toRealPath(file, isMain) : false;
}

function tryExtensions(base, extensions, isMain) {
  for (const extension of extensions) {
    const found = tryFile(base + extension, isMain);
    if (found) return found;
  }
  return false;
}

function tryPackage(folder, extensions, isMain, request) {
  const main = packageJson.read(folder)?.main;
  if (!main) return tryExtensions(path.resolve(folder, 'index'), extensions, isMain);
  const file = path.resolve(folder, main);
  let found = tryFile(file, isMain) || tryExtensions(file, extensions, isMain) ||
    tryExtensions(path.resolve(file, 'index'), extensions, isMain);
  if (found) return found;
  found = tryExtensions(path.resolve(folder, 'index'), extensions, isMain);
  const manifest = path.resolve(folder, 'package.json');
  if (!found) {
    const error = new Error(`Cannot find module '${file}'. Please verify that the package.json has a valid "main" entry`);
    error.code = 'MODULE_NOT_FOUND';
    error.path = manifest;
    error.requestPath = request;
    throw error;
  }
  process.emitWarning(`Invalid 'main' field in '${manifest}' of '${main}'. Please either fix that or report it to the module author`,
    'DeprecationWarning', 'DEP0128');
  return found;
}

const PACKAGE_NAME = /^((?:@[^/\\%]+\/)?[^./\\%][^/\\%]*)(\/.*)?$/;

function resolvePackageExports(root, request) {
  const match = PACKAGE_NAME.exec(request);
  if (match === null) return undefined;
  const folder = path.resolve(root, match[1]);
  const config = packageJson.read(folder);
  if (config === undefined || config.exports === undefined || config.exports === null) return undefined;
  const { resolveExports } = require('internal/modules/package_target');
  return finishTarget(resolveExports(folder, `.${match[2] ?? ''}`, config, null, conditions()), null, config.file);
}

function finishTarget(file, base, manifest) {
  if (stat(file) === FILE) return toRealPath(file, false);
  const error = new Error(`Cannot find module '${file}'`);
  error.code = 'MODULE_NOT_FOUND';
  error.path = manifest;
  throw error;
}

statics._findPath = function(request, paths, isMain) {
  const absolute = path.isAbsolute(request);
  if (absolute) {
    paths = [''];
  } else if (!paths || paths.length === 0) {
    return false;
  }
  const cacheKey = `${request}\x00${paths.length === 1 ? paths[0] : paths.join('\x00')}`;
  const cached = Module._pathCache[cacheKey];
  if (cached) return cached;
  const last = request.charCodeAt(request.length - 1);
  const trailingSlash = request.length > 0 && (request.endsWith('/') || request === '.' || request === '..' ||
    request.endsWith('/.') || request.endsWith('/..'));
  const relative = isRelative(request);
  let extensions;
  for (const folder of paths) {
    if (folder && folder !== '.' && stat(folder) < 1) continue;
    if (!absolute && !relative) {
      const exported = resolvePackageExports(folder, request);
      if (exported) return (Module._pathCache[cacheKey] = exported);
    }
    const base = path.resolve(folder, request);
    let found;
    const kind = stat(base);
    if (!trailingSlash) {
      if (kind === FILE) found = toRealPath(base, isMain);
      if (!found) {
        extensions ??= Object.keys(Module._extensions);
        found = tryExtensions(base, extensions, isMain);
      }
    }
    if (!found && kind === DIRECTORY) {
      extensions ??= Object.keys(Module._extensions);
      found = tryPackage(base, extensions, isMain, request);
    }
    if (found) return (Module._pathCache[cacheKey] = found);
  }
  return false;
};

function resolveSelf(parent, request) {
  if (!parent?.filename) return false;
  const scope = packageJson.nearest(parent.filename);
  const { config } = scope ?? {};
  if (config === undefined || config.exports === undefined || config.exports === null || config.name === undefined) return false;
  let subpath;
  if (request === config.name) subpath = '.';
  else if (request.startsWith(`${config.name}/`)) subpath = `.${request.slice(config.name.length)}`;
  else return false;
  const { resolveExports } = require('internal/modules/package_target');
  return finishTarget(resolveExports(scope.folder, subpath, config, parent.filename, conditions()), parent.path, config.file);
}

function resolvePackageImport(request, parent, isMain) {
  const scope = packageJson.nearest(parent.filename);
  if (scope?.config.imports === undefined) return undefined;
  const { resolveImports } = require('internal/modules/package_target');
  const target = resolveImports(request, scope, parent.filename, conditions());
  if (target.path !== undefined) return finishTarget(target.path, parent.path, scope.config.file);
  if (Module.isBuiltin(target.specifier)) return target.specifier;
  return Module._resolveFilename(target.specifier, parent, isMain);
}

function optionPaths(request, options, parent) {
  if (!Array.isArray(options.paths)) {
    throw new (codes().ERR_INVALID_ARG_VALUE)('options.paths', options.paths);
  }
  if (isRelative(request)) return options.paths;
  const fake = new Module('', null);
  const paths = [];
  for (const folder of options.paths) {
    fake.paths = Module._nodeModulePaths(folder);
    for (const found of Module._resolveLookupPaths(request, fake)) if (!paths.includes(found)) paths.push(found);
  }
  return paths;
}

/** Whether --install=auto has just installed the package that was not found. */
function installed(request, parent) {
  if (getOptionValue('--install') !== 'auto' || isRelative(request) || path.isAbsolute(request)) return false;
  const file = parent?.filename ?? path.resolve('[eval]');
  // A package that is there and lacks this file is not missing.
  const [name] = /^(?:@[^/]+\/)?[^/]*/.exec(request);
  if (Module._nodeModulePaths(path.dirname(file)).some((folder) => binding.stat(path.join(folder, name)) === DIRECTORY)) return false;
  if (!require('internal/modules/missing_package').install(request, file)) return false;
  state.statCache?.clear();
  return true;
}

statics._resolveFilename = function(request, parent, isMain, options) {
  if (Module.isBuiltin(request)) return request;
  let paths;
  if (typeof options === 'object' && options !== null && options.paths !== undefined) {
    paths = optionPaths(request, options, parent);
  } else {
    paths = Module._resolveLookupPaths(request, parent);
  }
  if (request[0] === '#' && (parent?.filename || parent?.id === '<repl>')) {
    const found = resolvePackageImport(request, parent, isMain);
    if (found !== undefined) return found;
  }
  const self = resolveSelf(parent, request);
  if (self) return self;
  let found = Module._findPath(request, paths, isMain);
  if (found) return found;
  if (options === undefined && installed(request, parent)) {
    found = Module._findPath(request, paths, isMain);
    if (found) return found;
  }
  const requireStack = [];
  for (let cursor = parent; cursor; cursor = cursor[kParent]) {
    const name = cursor.filename || cursor.id;
    if (requireStack.includes(name)) break;
    requireStack.push(name);
  }
  let message = `Cannot find module '${request}'`;
  if (requireStack.length > 0) message += `\nRequire stack:\n- ${requireStack.join('\n- ')}`;
  const error = new Error(message);
  error.code = 'MODULE_NOT_FOUND';
  error.requireStack = requireStack;
  throw error;
};

function childOf(parent, module) {
  if (parent?.children && !parent.children.includes(module)) parent.children.push(module);
}

function osgiService(id) {
  return require('internal/osgi').service(id.slice('osgi:'.length));
}

/** Whether the asking file, and the code that asks for it, may have that module or file. */
function demandFor(parent, found) {
  if (runtime.hasPackagePermissions) runtime.demandLoad(found, parent?.filename ?? undefined, true);
}

statics._load = function(request, parent, isMain) {
  if (request.startsWith('osgi:')) {
    demandFor(parent, request);
    return osgiService(request);
  }
  if (state.hasHooks) {
    const hooks = activeHooks();
    if (hooks.hasResolve || hooks.hasLoad) return loadHooked(request, parent, isMain);
  }
  if (request.startsWith('node:')) {
    const id = request.slice(5);
    if (!runtime.isBuiltin(id)) throw new (codes().ERR_UNKNOWN_BUILTIN_MODULE)(request);
    demandFor(parent, id);
    return runtime.requireBuiltin(id);
  }
  const filename = Module._resolveFilename(request, parent, isMain);
  demandFor(parent, filename);
  const cached = Module._cache[filename];
  if (cached !== undefined) {
    childOf(parent, cached);
    if (!cached.loaded) return partialExports(cached);
    return cached.exports;
  }
  if (Module.isBuiltin(filename)) return runtime.requireBuiltin(filename.startsWith('node:') ? filename.slice(5) : filename);
  return loadFile(filename, parent, isMain);
};

function loadFile(filename, parent, isMain, evaluate = (module) => module.load(filename)) {
  const module = new Module(filename, parent);
  if (isMain) {
    setMain(module);
    module.id = '.';
  }
  Module._cache[filename] = module;
  let threw = true;
  try {
    evaluate(module);
    threw = false;
  } finally {
    if (!threw) {
      endNoticing(module);
    } else {
      delete Module._cache[filename];
      const children = parent?.children;
      if (Array.isArray(children)) {
        const index = children.indexOf(module);
        if (index !== -1) children.splice(index, 1);
      }
    }
  }
  return module.exports;
}

function activeHooks() {
  return state.hasHooks ? require('internal/modules/hooks') : undefined;
}

function activeSourceMaps() {
  return state.hasSourceMaps ? require('internal/source_map/support') : undefined;
}

statics.stripTypeScriptTypes = function stripTypeScriptTypes(code, options = undefined) {
  return require('internal/modules/typescript').stripTypeScriptTypes(code, options);
};

statics.registerHooks = function registerHooks(functions) {
  const { registerHooks } = require('internal/modules/hooks');
  state.hasHooks = true;
  return registerHooks(functions);
};

statics.register = function register(specifier, parentURL = undefined, options = undefined) {
  noteDeprecation();
  require('internal/modules/register').register(specifier, parentURL, options);
};

function noteDeprecation() {
  if (state.isRegisterNoted) return;
  state.isRegisterNoted = true;
  process.emitWarning('`module.register()` is deprecated. Use `module.registerHooks()` instead.', 'DeprecationWarning', 'DEP0205');
}

function resolveForUser(request, parent, options) {
  const { url } = resolveHooked(request, parent, false, options);
  if (url.startsWith('file:')) return require('url').fileURLToPath(url);
  return url === `node:${request}` ? request : url;
}

function resolveHooked(request, parent, isMain, options) {
  const { pathToFileURL } = require('url');
  const context = {
    conditions: [...conditions()],
    importAttributes: { __proto__: null },
    parentURL: parent?.filename ? (path.isAbsolute(parent.filename) ? pathToFileURL(parent.filename).href : parent.filename) : undefined,
  };
  const hooks = activeHooks();
  return hooks.resolveWithHooks(request, context, (specifier, { conditions: wanted }) => {
    state.hookConditions = hooks.conditionsOf({ conditions: wanted });
    try {
      const filename = Module._resolveFilename(specifier, parent, isMain, options);
      if (Module.isBuiltin(filename)) return { url: filename.startsWith('node:') ? filename : `node:${filename}`, format: 'builtin' };
      return { url: pathToFileURL(filename).href };
    } finally {
      state.hookConditions = undefined;
    }
  });
}

function defaultFormat(filename) {
  switch (endingOf(filename)) {
    case '.json': return 'json';
    case '.mjs': return 'module';
    case '.cjs': return 'commonjs';
    case '.node': return 'addon';
    default: {
      const type = packageJson.nearest(filename)?.config.type;
      return type === 'module' || type === 'commonjs' ? type : undefined;
    }
  }
}

function loadHooked(request, parent, isMain) {
  const hooks = activeHooks();
  const { fileURLToPath } = require('url');
  const { url, format: resolvedFormat } = resolveHooked(request, parent, isMain);
  const filename = url.startsWith('file:') ? fileURLToPath(url) : url;
  const cached = Module._cache[filename];
  const isBuiltin = url.startsWith('node:') && Module.isBuiltin(url);
  demandFor(parent, isBuiltin ? url : filename);
  if (cached !== undefined && !isBuiltin) {
    childOf(parent, cached);
    return cached.loaded ? cached.exports : partialExports(cached);
  }
  if (isBuiltin && !hooks.hasLoad) return runtime.requireBuiltin(url.slice(5));
  if (!hooks.hasLoad && url.startsWith('file:') && resolvedFormat === undefined) return loadFile(filename, parent, isMain);
  const file = (value) => (value.startsWith('file:') ? fileURLToPath(value) : value);
  const context = {
    format: resolvedFormat ?? (isBuiltin ? 'builtin' : defaultFormat(filename)),
    conditions: [...conditions()],
    importAttributes: { __proto__: null },
  };
  const loaded = hooks.loadWithHooks(url, context, (value, { format }) => {
    if (value.startsWith('node:')) return { format: 'builtin', source: null };
    return { format: format ?? defaultFormat(file(value)), source: readModuleText(file(value)) };
  });
  if (loaded.format === 'builtin') return runtime.requireBuiltin(url.slice(5));
  if (cached !== undefined) return cached.exports;
  return loadText(filename, parent, isMain, loaded);
}

/** A file that import has resolved: hooks of resolution are through with it. */
function loadResolved(filename, isMain) {
  const cached = Module._cache[filename];
  return cached === undefined ? loadFile(filename, undefined, isMain) : cached.exports;
}

/** Loads a module whose format and source a hook gave. */
function loadText(filename, parent, isMain, loaded) {
  return loadFile(filename, parent, isMain, (module) => {
    module.filename = filename;
    module.paths = Module._nodeModulePaths(path.dirname(filename));
    compileAs(module, filename, loaded);
    module.loaded = true;
  });
}

/** The text of a source that a hook gave. */
function textOf(source) {
  return typeof source === 'string' ? source : new (require('util').TextDecoder)().decode(source);
}

function compileAs(module, filename, { format, source }) {
  let text = source === undefined || source === null ? readModuleText(filename) : textOf(source);
  if (format?.endsWith('-typescript')) {
    text = require('internal/modules/typescript').strip(text, filename);
    format = format.slice(0, -'-typescript'.length);
  }
  switch (format) {
    case 'json': module.exports = JSON.parse(stripBom(text)); break;
    case 'module': module.exports = require('internal/modules/esm').loadEsModule(filename, text, module); break;
    case 'addon': Module._extensions['.node'](module, filename); break;
    case 'commonjs': case undefined: case null: module._compile(stripShebang(text), filename, format ?? undefined); break;
    default: throw new (codes().ERR_UNKNOWN_MODULE_FORMAT)(format, filename);
  }
}

// A module of a cycle that is still running: whoever reads what it has not exported yet is told. The exports get a prototype
// that notices; it goes when the module has finished.
function partialExports(module) {
  const { exports } = module;
  if (exports !== null && typeof exports === 'object' && !require('internal/util/types').isProxy(exports) &&
      Object.getPrototypeOf(exports) === Object.prototype && !exports.__esModule) {
    Object.setPrototypeOf(exports, noticing);
  }
  return exports;
}

function notice(name) {
  process.emitWarning(`Accessing non-existent property '${String(name)}' of module exports inside circular dependency`);
}

const noticing = sharedState('module.noticing', () => new Proxy({}, {
  get(target, name) {
    if (name in target || name === '__esModule') return target[name];
    notice(name);
    return undefined;
  },
  getOwnPropertyDescriptor(target, name) {
    if (Object.hasOwn(target, name) || name === '__esModule') return Object.getOwnPropertyDescriptor(target, name);
    notice(name);
    return undefined;
  },
}));

function endNoticing(module) {
  const { exports } = module;
  if (exports !== null && typeof exports === 'object' && !require('internal/util/types').isProxy(exports) &&
      Object.getPrototypeOf(exports) === noticing) {
    Object.setPrototypeOf(exports, Object.prototype);
  }
}

function setMain(module) {
  Object.defineProperty(process, 'mainModule', { __proto__: null, value: module, writable: true, enumerable: true, configurable: true });
  state.mainModule = module;
}

// The parent of --watch wants to know each file.
const isWatched = runtime.getEnv('WATCH_REPORT_DEPENDENCIES') !== undefined;

methods.load = function(filename) {
  this.filename = filename;
  if (isWatched) process.send?.({ 'watch:require': [filename] });
  this.paths = Module._nodeModulePaths(path.dirname(filename));
  const extension = findLongestExtension(filename);
  Module._extensions[extension](this, filename);
  this.loaded = true;
};

function findLongestExtension(filename) {
  const name = path.basename(filename);
  let index = name.indexOf('.', 1);
  while (index > 0) {
    const extension = name.slice(index);
    if (Module._extensions[extension]) return extension;
    index = name.indexOf('.', index + 1);
  }
  return '.js';
}

methods.require = function(id) {
  validateString(id, 'id');
  if (id === '') throw new (codes().ERR_INVALID_ARG_VALUE)('id', id, 'must be a non-empty string');
  state.requireDepth++;
  state.statCache ??= new Map();
  try {
    return Module._load(id, this, false);
  } finally {
    if (--state.requireDepth === 0) state.statCache = null;
  }
};

function resolveFor(request, module, options) {
  validateString(request, 'request');
  if (activeHooks()?.hasResolve) return resolveForUser(request, module, options);
  return Module._resolveFilename(request, module, false, options);
}

function lookupPaths(request, module) {
  validateString(request, 'request');
  return Module._resolveLookupPaths(request, module);
}

methods._compile = function(content, filename, format) {
  let compiled;
  activeSourceMaps()?.note(filename, content);
  if (isWrapPatched()) {
    compiled = runtime.runScript(Module.wrap(content), filename);
  } else {
    compiled = compileWrapper(content, filename, this, format);
    if (compiled === undefined) return undefined;
  }
  const require = makeRequire(this);
  const depth = state.requireDepth;
  if (depth === 0) state.statCache = new Map();
  if (typeof getOptionValue('--inspect-brk') === 'string' && state.mainModule === this) runtime.requireBuiltin('internal/main').breakOnStart();
  let result;
  try {
    result = Reflect.apply(compiled, this.exports, [this.exports, require, this, filename, path.dirname(filename)]);
  } finally {
    if (depth === 0) state.statCache = null;
  }
  return result;
};

// Undefined if the file turned out to be an ES module and has been loaded as one.
function compileWrapper(content, filename, module, format) {
  try {
    return runtime.compileFunction(content, filename, PARAMETERS);
  } catch (error) {
    if (error?.name !== 'SyntaxError') throw error;
    const { hasModuleSyntax, loadEsModule } = require('internal/modules/esm');
    const isEsModule = hasModuleSyntax(content);
    if (!isEsModule || format === 'commonjs') {
      if (isEsModule) noteEsModule(filename);
      throw require('internal/error_arrow').decorate(error);
    }
    module.exports = loadEsModule(filename, content, module);
    return undefined;
  }
}

// Written at once: the syntax error that follows ends most programs before a warning of process.emitWarning is due.
function noteEsModule(filename) {
  if (!getOptionValue('--warnings')) return;
  runtime.writeStdio(2, `(node:${process.pid}) Warning: Failed to load the ES module: ${filename}. Make sure to set "type": "module" in ` +
    'the nearest package.json file or use the .mjs extension.\n' +
    '(Use `node --trace-warnings ...` to show where the warning was created)\n');
}

function stripShebang(content) {
  return content.startsWith('#!') ? `//${content}` : content;
}

function stripBom(content) {
  return content.charCodeAt(0) === 0xfeff ? content.slice(1) : content;
}

function loadJavaScript(module, filename) {
  const ending = endingOf(filename);
  const type = ending === '.js' ? packageJson.nearest(filename)?.config.type : undefined;
  if (ending === '.mjs' || type === 'module') {
    if (getOptionValue('--no-experimental-require-module') || getOptionValue('--no-require-module')) throw requireOfEsModule(module, filename);
    module.exports = require('internal/modules/esm').requireEsModule(filename, module);
    return;
  }
  const format = type === 'commonjs' || ending === '.cjs' ? 'commonjs' : undefined;
  module._compile(stripShebang(readModuleText(filename)), filename, format);
}

/** The ending that tells the module system; those of TypeScript mean what those of JavaScript do. */
function endingOf(filename) {
  const ending = path.extname(filename);
  const isTyped = ending.endsWith('ts') && require('internal/modules/typescript').isTypeScript(filename);
  return isTyped ? `${ending.slice(0, -2)}js` : ending;
}

function readModuleText(filename) {
  return filename.endsWith('ts') ? require('internal/modules/typescript').readModuleText(filename) : stripBom(binding.readText(filename));
}

function requireOfEsModule(module, filename) {
  const { hasModuleSyntax } = require('internal/modules/esm');
  const scope = endingOf(filename) === '.js' ? packageJson.nearest(filename) : undefined;
  const parent = module[kParent]?.filename ?? null;
  const hasSyntax = endingOf(filename) === '.mjs' || hasModuleSyntax(readModuleText(filename));
  return new (codes().ERR_REQUIRE_ESM)(filename, hasSyntax, parent, scope?.config.file ?? null);
}

function loadJson(module, filename) {
  const content = binding.readText(filename);
  try {
    module.exports = JSON.parse(stripBom(content));
  } catch (error) {
    error.message = `${filename}: ${error.message}`;
    throw error;
  }
}

function loadAddon(module, filename) {
  throw require('internal/modules/addons').addonError(filename);
}

statics.createRequire = function createRequire(filename) {
  let file = filename;
  if (filename instanceof URL || (typeof filename === 'string' && !path.isAbsolute(filename))) {
    try {
      file = require('url').fileURLToPath(filename);
    } catch {
      throw new (codes().ERR_INVALID_ARG_VALUE)('filename', filename, 'must be a file URL object, file URL string, or absolute path string');
    }
  } else if (typeof filename !== 'string') {
    throw new (codes().ERR_INVALID_ARG_VALUE)('filename', filename, 'must be a file URL object, file URL string, or absolute path string');
  }
  const folder = file.endsWith('/');
  const proxy = folder ? path.join(file, 'noop.js') : file;
  const module = new Module(proxy);
  module.filename = proxy;
  module.paths = Module._nodeModulePaths(module.path);
  return makeRequire(module);
};

statics.runMain = function executeUserEntryPoint() {
  require('internal/modules/run_main').runEntryPoint(process.argv[1]);
};

statics.constants = Object.freeze({
  __proto__: null,
  compileCacheStatus: Object.freeze({ __proto__: null, FAILED: 0, ENABLED: 1, ALREADY_ENABLED: 2, DISABLED: 3 }),
});

// Parsed code is not kept between processes: what Node.js answers where its cache is switched off.
statics.enableCompileCache = function enableCompileCache(options) {
  const directory = typeof options === 'object' && options !== null ? options.directory : options;
  if (options === null || (directory !== undefined && typeof directory !== 'string')) {
    throw new (codes().ERR_INVALID_ARG_TYPE)('cacheDir', 'string', directory);
  }
  return { status: Module.constants.compileCacheStatus.DISABLED, message: 'Nodule keeps no compile cache' };
};
statics.getCompileCacheDir = function getCompileCacheDir() {
  return undefined;
};
statics.flushCompileCache = function flushCompileCache() {};
// Source maps

statics.findSourceMap = function findSourceMap(path) {
  return activeSourceMaps()?.findSourceMap(path);
};
statics.getSourceMapsSupport = function getSourceMapsSupport() {
  return require('internal/source_map/support').support;
};
statics.setSourceMapsSupport = function setSourceMapsSupport(enabled, options = undefined) {
  const { setSourceMapsSupport } = require('internal/source_map/support');
  state.hasSourceMaps = true;
  setSourceMapsSupport(enabled, options);
};
computed('SourceMap', () => require('internal/source_map/source_map').SourceMap);

statics.syncBuiltinESMExports = function syncBuiltinESMExports() {
  require('internal/modules/esm').syncBuiltinESMExports();
};

statics.findPackageJSON = function findPackageJSON(specifier, base) {
  if (arguments.length === 0) throw new (codes().ERR_MISSING_ARGS)('specifier');
  const { fileURLToPath } = require('url');
  const toPath = (value) => (value instanceof URL || /^file:/.test(value) ? fileURLToPath(value) : `${value}`);
  const target = toPath(specifier);
  if (base === undefined && !path.isAbsolute(target)) {
    throw new (codes().ERR_INVALID_ARG_TYPE)('base', ['string', 'URL'], base);
  }
  let file;
  if (path.isAbsolute(target)) {
    file = target;
  } else if (isRelative(target)) {
    file = path.resolve(path.dirname(toPath(base)), target);
  } else {
    const [, name] = PACKAGE_NAME.exec(target) ?? [];
    for (const folder of Module._nodeModulePaths(path.dirname(toPath(base)))) {
      const candidate = path.join(folder, name, 'package.json');
      if (stat(candidate) === FILE) return candidate;
    }
    const error = new (codes().ERR_MODULE_NOT_FOUND)(target, toPath(base), 'package');
    throw error;
  }
  return packageJson.nearest(stat(file) === DIRECTORY ? path.join(file, 'x') : file)?.config.file;
};

statics._preloadModules = function(requests) {
  if (!Array.isArray(requests) || requests.length === 0) return;
  const parent = new Module('internal/preload', null);
  parent.paths = Module._nodeModulePaths(process.cwd());
  for (const request of requests) parent.require(request);
};

/** Makes this revision the one that the class calls. */
function connect() {
  Object.assign(calls, { construct, loadJavaScript, loadJson, loadAddon, lookupPaths, resolve: resolveFor });
  if (state.hasSourceMaps) require('internal/source_map/support').connect();
}

if (process.permission !== undefined) {
  const { denial, guard } = require('internal/permission');
  guard(binding, { readText: (file) => denial('FileSystemRead', file) });
}

if (calls.construct === undefined) {
  connect();
  Module.globalPaths = globalPaths();
}

module.exports = {
  activeHooks, activeSourceMaps, connect, endingOf, loadResolved, loadText, Module, makeRequire, readModuleText, statics, stripBom,
  stripShebang, textOf, toRealPath,
};
