'use strict';
// Scripts and contexts over the engine's natives.
const { codes } = require('internal/errors');
const { vm: natives } = require('internal/runtime');
const { getOptionValue } = require('internal/options');
const { stateSymbol } = require('internal/symbols');
const { importHost, USE_MAIN_CONTEXT_DEFAULT_LOADER } = require('internal/vm/imports');
const { fingerprint, isFingerprint } = require('internal/vm/cached_data');
const { emitExperimentalWarning, kEmptyObject } = require('internal/util');
const { isArrayBufferView } = require('internal/util/types');
const {
  validateArray, validateBoolean, validateInt32, validateObject, validateOneOf, validateString, validateStringArray, validateUint32,
  kValidateObjectAllowArray, kValidateObjectAllowFunction, kValidateObjectAllowObjects,
} = require('internal/validators');

const kScript = stateSymbol('vm.script');
const kAnyObject = kValidateObjectAllowObjects ?? (kValidateObjectAllowArray | kValidateObjectAllowFunction);

const constants = {
  __proto__: null,
  USE_MAIN_CONTEXT_DEFAULT_LOADER,
  DONT_CONTEXTIFY: Symbol('vm_context_no_contextify'),
};
Object.freeze(constants);

// Code that runs over and over

function checkImporter(importModuleDynamically) {
  if (importModuleDynamically !== undefined && typeof importModuleDynamically !== 'function' &&
      importModuleDynamically !== constants.USE_MAIN_CONTEXT_DEFAULT_LOADER) {
    throw new codes.ERR_INVALID_ARG_TYPE('options.importModuleDynamically', 'function', importModuleDynamically);
  }
}

function checkCachedData(cachedData) {
  if (cachedData !== undefined && !isArrayBufferView(cachedData)) {
    throw new codes.ERR_INVALID_ARG_TYPE('options.cachedData', ['Buffer', 'TypedArray', 'DataView'], cachedData);
  }
}

function magicComment(code, name) {
  const at = code.lastIndexOf(`${name}=`);
  if (at === -1) return undefined;
  return new RegExp(`//[#@] ${name}=(\\S+)[^\\S\\n]*$`, 'm').exec(code.slice(Math.max(0, at - 4)))?.[1];
}

class Script {
  constructor(code, options = kEmptyObject) {
    code = `${code}`;
    if (typeof options === 'string') options = { filename: options };
    else validateObject(options, 'options');
    const {
      filename = 'evalmachine.<anonymous>', lineOffset = 0, columnOffset = 0, cachedData, produceCachedData = false,
      importModuleDynamically,
    } = options;
    validateString(filename, 'options.filename');
    validateInt32(lineOffset, 'options.lineOffset');
    validateInt32(columnOffset, 'options.columnOffset');
    checkCachedData(cachedData);
    validateBoolean(produceCachedData, 'options.produceCachedData');
    checkImporter(importModuleDynamically);
    Object.defineProperty(this, kScript, {
      value: { code, compiled: compileScript(code, filename, lineOffset, columnOffset, importHost(importModuleDynamically, () => this)) },
    });
    if (cachedData !== undefined) this.cachedDataRejected = !isFingerprint(cachedData, code);
    if (produceCachedData) {
      this.cachedDataProduced = true;
      this.cachedData = fingerprint(code);
    }
    this.sourceURL = magicComment(code, 'sourceURL');
    this.sourceMapURL = magicComment(code, 'sourceMappingURL');
  }

  createCachedData() {
    return fingerprint(this[kScript].code);
  }

  runInThisContext(options) {
    return run(this, undefined, options);
  }

  runInContext(contextifiedObject, options) {
    return run(this, contextOf(contextifiedObject), options);
  }

  runInNewContext(contextObject, options) {
    const context = createContext(contextObject, contextOptionsOf(options));
    return this.runInContext(context, options);
  }
}

function run(script, context, options = kEmptyObject) {
  validateObject(options, 'options');
  const { timeout, displayErrors = true, breakOnSigint = false } = options;
  if (timeout !== undefined) validateUint32(timeout, 'options.timeout', true);
  validateBoolean(displayErrors, 'options.displayErrors');
  validateBoolean(breakOnSigint, 'options.breakOnSigint');
  try {
    return natives.runScript(script[kScript].compiled, context, timeout ?? 0, breakOnSigint);
  } catch (error) {
    throw displayErrors ? withArrow(error) : error;
  }
}

/** Shows in the stack of an error which line of the code it comes from. */
function withArrow(error) {
  return require('internal/error_arrow').decorate(error);
}

function compileScript(...args) {
  try {
    return natives.compileScript(...args);
  } catch (error) {
    throw withArrow(error);
  }
}

function compileBody(...args) {
  try {
    return natives.compileFunction(...args);
  } catch (error) {
    throw withArrow(error);
  }
}

// Contexts

let contexts = 0;

function isContext(object) {
  validateObject(object, 'object', kAnyObject);
  return natives.isContext(object);
}

function contextOf(object) {
  const isObject = (typeof object === 'object' && object !== null) || typeof object === 'function';
  if (!isObject || !natives.isContext(object)) {
    throw new codes.ERR_INVALID_ARG_TYPE('contextifiedObject', 'vm.Context', object);
  }
  return object;
}

function createContext(contextObject = {}, options = kEmptyObject) {
  const vanilla = contextObject === constants.DONT_CONTEXTIFY;
  if (!vanilla && isContext(contextObject)) return contextObject;
  validateObject(options, 'options');
  const { name = `VM Context ${++contexts}`, origin, codeGeneration, microtaskMode, importModuleDynamically } = options;
  validateString(name, 'options.name');
  if (origin !== undefined) validateString(origin, 'options.origin');
  if (codeGeneration !== undefined) validateObject(codeGeneration, 'options.codeGeneration');
  const { strings = true, wasm = true } = codeGeneration ?? kEmptyObject;
  validateBoolean(strings, 'options.codeGeneration.strings');
  validateBoolean(wasm, 'options.codeGeneration.wasm');
  validateOneOf(microtaskMode, 'options.microtaskMode', ['afterEvaluate', undefined]);
  checkImporter(importModuleDynamically);
  const context = vanilla ? natives.createVanillaContext() : natives.createContext(contextObject);
  if (!strings) forbidCodeFromStrings(context);
  return context;
}

function forbidCodeFromStrings(context) {
  natives.runScript(natives.compileScript(`{
    const refuse = () => { throw new EvalError('Code generation from strings disallowed for this context'); };
    Object.defineProperty(globalThis, 'eval', { value: function eval_() { refuse(); }, writable: true, configurable: true });
    for (const kind of [function() {}, function*() {}, async function() {}, async function*() {}]) {
      const prototype = Object.getPrototypeOf(kind);
      const replacement = function() { refuse(); };
      replacement.prototype = prototype;
      Object.defineProperty(prototype, 'constructor', { value: replacement, writable: true, configurable: true });
      if (kind.constructor === Function) globalThis.Function = replacement;
    }
    globalThis.Function = (function() {}).constructor;
  }`, 'node:vm', 0, 0), context, 0, false);
}

function contextOptionsOf(options) {
  if (options === undefined || options === null || typeof options === 'string') return {};
  validateObject(options, 'options');
  const { contextName, contextOrigin, contextCodeGeneration, microtaskMode, importModuleDynamically } = options;
  if (contextName !== undefined) validateString(contextName, 'options.contextName');
  if (contextOrigin !== undefined) validateString(contextOrigin, 'options.contextOrigin');
  if (contextCodeGeneration !== undefined) {
    validateObject(contextCodeGeneration, 'options.contextCodeGeneration');
    const { strings, wasm } = contextCodeGeneration;
    if (strings !== undefined) validateBoolean(strings, 'options.contextCodeGeneration.strings');
    if (wasm !== undefined) validateBoolean(wasm, 'options.contextCodeGeneration.wasm');
  }
  if (microtaskMode !== undefined) validateString(microtaskMode, 'options.microtaskMode');
  const context = { importModuleDynamically };
  if (contextName !== undefined) context.name = contextName;
  if (contextOrigin !== undefined) context.origin = contextOrigin;
  if (contextCodeGeneration !== undefined) context.codeGeneration = contextCodeGeneration;
  if (microtaskMode !== undefined) context.microtaskMode = microtaskMode;
  return context;
}

// Code that runs once

const named = (options) => (typeof options === 'string' ? { filename: options } : options);

function createScript(code, options) {
  return new Script(code, options);
}

function runInContext(code, contextifiedObject, options) {
  contextOf(contextifiedObject);
  options = named(options);
  return new Script(code, options).runInContext(contextifiedObject, options);
}

function runInNewContext(code, contextObject, options) {
  options = named(options);
  contextObject = createContext(contextObject, contextOptionsOf(options));
  return new Script(code, options).runInContext(contextObject, options);
}

function runInThisContext(code, options) {
  options = named(options);
  return new Script(code, options).runInThisContext(options);
}

function compileFunction(code, params, options = kEmptyObject) {
  validateString(code, 'code');
  validateObject(options, 'options');
  if (params !== undefined) validateStringArray(params, 'params');
  const {
    filename = '', columnOffset = 0, lineOffset = 0, cachedData, produceCachedData = false, parsingContext, contextExtensions = [],
    importModuleDynamically,
  } = options;
  validateString(filename, 'options.filename');
  validateInt32(columnOffset, 'options.columnOffset');
  validateInt32(lineOffset, 'options.lineOffset');
  checkCachedData(cachedData);
  validateBoolean(produceCachedData, 'options.produceCachedData');
  if (parsingContext !== undefined) {
    if (typeof parsingContext !== 'object' || parsingContext === null || !isContext(parsingContext)) {
      throw new codes.ERR_INVALID_ARG_TYPE('options.parsingContext', 'Context', parsingContext);
    }
  }
  validateArray(contextExtensions, 'options.contextExtensions');
  contextExtensions.forEach((extension, i) => {
    validateObject(extension, `options.contextExtensions[${i}]`, kAnyObject);
  });
  checkImporter(importModuleDynamically);
  const context = parsingContext === undefined ? undefined : contextOf(parsingContext);
  const host = importHost(importModuleDynamically, () => compiled);
  let compiled;
  if (contextExtensions.length === 0) {
    compiled = compileBody(code, (params ?? []).join(','), filename, lineOffset, columnOffset, context, host);
  } else {
    // Each extension is one scope more around the function, which must be one by itself.
    compileBody(code, (params ?? []).join(','), filename, lineOffset, columnOffset, context, host);
    const names = contextExtensions.map((_, i) => `__extension${i}`);
    const opening = names.map((name) => `with (${name}) `).join('');
    const inner = `${opening}return (function(${(params ?? []).join(',')}) {${code}\n});`;
    compiled = natives.compileFunction(inner, names.join(','), filename, lineOffset, columnOffset, context, host)(...contextExtensions);
  }
  if (cachedData !== undefined) compiled.cachedDataRejected = !isFingerprint(cachedData, code);
  if (produceCachedData) {
    compiled.cachedDataProduced = true;
    compiled.cachedData = fingerprint(code);
  }
  return compiled;
}

function measureMemory(options = kEmptyObject) {
  emitExperimentalWarning('vm.measureMemory');
  validateObject(options, 'options');
  const { mode = 'summary', execution = 'default' } = options;
  validateOneOf(mode, 'options.mode', ['summary', 'detailed']);
  validateOneOf(execution, 'options.execution', ['default', 'eager']);
  const used = process.memoryUsage().heapUsed;
  const estimate = () => ({ jsMemoryEstimate: used, jsMemoryRange: [used, used] });
  const result = { total: estimate() };
  if (mode === 'detailed') {
    result.current = estimate();
    result.other = [];
  }
  return Promise.resolve(result);
}

for (const [method, length] of [[runInNewContext, 3], [createContext, 0]]) {
  Object.defineProperty(method, 'length', { value: length });
}

module.exports = {
  Script, createContext, createScript, runInContext, runInNewContext, runInThisContext, isContext, compileFunction, measureMemory,
  constants,
};

if (getOptionValue('--experimental-vm-modules')) {
  for (const name of ['Module', 'SourceTextModule', 'SyntheticModule']) {
    Object.defineProperty(module.exports, name, {
      __proto__: null, configurable: true, enumerable: true, get() { return require('internal/vm/module')[name]; },
    });
  }
}
