'use strict';

// What `import()` does in code that node:vm has compiled.

const { codes } = require('internal/errors');
const { getOptionValue } = require('internal/options');
const { emitExperimentalWarning } = require('internal/util');
const { isModuleNamespaceObject } = require('internal/util/types');

const USE_MAIN_CONTEXT_DEFAULT_LOADER = Symbol('vm_dynamic_import_main_context_default');

const nowhere = {
  async importModule() {
    throw new codes.ERR_VM_DYNAMIC_IMPORT_CALLBACK_MISSING();
  },
};

function namespaceOf(module) {
  if (isModuleNamespaceObject(module)) return module;
  if (!require('internal/vm/module').isModule(module)) throw new codes.ERR_VM_MODULE_NOT_MODULE();
  if (module.status === 'errored') throw module.error;
  return module.namespace;
}

/**
 * The host of a piece of code, by its option importModuleDynamically; `referrer()` is what the callback is told. Undefined stands
 * for the loader of the program.
 */
function importHost(importModuleDynamically, referrer) {
  if (importModuleDynamically === undefined) return nowhere;
  if (importModuleDynamically === USE_MAIN_CONTEXT_DEFAULT_LOADER) {
    emitExperimentalWarning('vm.USE_MAIN_CONTEXT_DEFAULT_LOADER');
    return undefined;
  }
  return {
    async importModule(specifier, attributes, phase) {
      if (!getOptionValue('--experimental-vm-modules')) throw new codes.ERR_VM_DYNAMIC_IMPORT_CALLBACK_MISSING_FLAG();
      const given = { __proto__: null, ...attributes };
      const module = await importModuleDynamically(specifier, referrer(), given, phase);
      if (phase === 'source') throw new codes.ERR_SOURCE_PHASE_NOT_DEFINED(module?.identifier ?? specifier);
      return namespaceOf(module);
    },
  };
}

module.exports = { importHost, USE_MAIN_CONTEXT_DEFAULT_LOADER };
