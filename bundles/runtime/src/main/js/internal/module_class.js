'use strict';

// The class Module. Applications patch it, and its instances live as long as the realm: so it is the realm's own object, and the core
// module `module` is the face on it. What is here is what no revision of that module may take away.

const runtime = require('internal/runtime');

/** What the current revision of `module` does, by name. */
const calls = { __proto__: null };

function Module(id = '', parent) {
  calls.construct(this, id, parent);
}

const table = (object) => {
  runtime.keepOffFace(object);
  return object;
};

function hide(name, value) {
  Object.defineProperty(Module, name, { __proto__: null, value, writable: true, enumerable: false, configurable: true });
}

const wrapper = ['(function (exports, require, module, __filename, __dirname) { ', '\n});'];

Module._cache = table({ __proto__: null });
Module._pathCache = table({ __proto__: null });
Module._extensions = table({
  '__proto__': null,
  '.js': (0, function(module, filename) { return calls.loadJavaScript(module, filename); }),
  '.json': (0, function(module, filename) { return calls.loadJson(module, filename); }),
  '.node': (0, function(module, filename) { return calls.loadAddon(module, filename); }),
});
Module.globalPaths = [];
Module.Module = Module;
hide('wrapper', wrapper);
hide('wrap', function wrap(script) {
  return Module.wrapper[0] + script + Module.wrapper[1];
});
hide('_debug', () => {});
Module.prototype.isPreloading = false;
Module.prototype.constructor = Module;
runtime.keepOffFace(Module);

const { wrap } = Module;

/** Whether an application has changed what is put around files. */
function isWrapPatched() {
  return Module.wrapper !== wrapper || Module.wrap !== wrap;
}

/** The `require` of a module. Applications keep it, so it holds no revision. */
function makeRequire(module) {
  function require(path) {
    return module.require(path);
  }
  function resolve(request, options) {
    return calls.resolve(request, module, options);
  }
  function paths(request) {
    return calls.lookupPaths(request, module);
  }
  resolve.paths = paths;
  require.resolve = resolve;
  require.main = process.mainModule;
  require.extensions = Module._extensions;
  require.cache = Module._cache;
  return require;
}

module.exports = { Module, calls, isWrapPatched, makeRequire };
