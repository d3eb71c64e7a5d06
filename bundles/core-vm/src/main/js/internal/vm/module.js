'use strict';

// vm.SourceTextModule and vm.SyntheticModule (Node.js documentation: vm, Class: vm.Module): module records whose graph the program
// puts together itself.

const { codes } = require('internal/errors');
const { esm } = require('internal/runtime');
const { stateSymbol } = require('internal/symbols');
const { fingerprint, isFingerprint } = require('internal/vm/cached_data');
const { customInspectSymbol, emitExperimentalWarning, kEmptyObject } = require('internal/util');
const {
  validateArray, validateBoolean, validateFunction, validateInt32, validateObject, validateString, validateUint32,
} = require('internal/validators');

const kState = stateSymbol('vm.module');

/** How many modules without a name each context has. */
const counts = new WeakMap();

function nextIdentifier(context = globalThis) {
  const count = counts.get(context) ?? 0;
  counts.set(context, count + 1);
  return `vm:module(${count})`;
}

function stateOf(value) {
  const state = value?.[kState];
  if (state === undefined) throw new codes.ERR_VM_MODULE_NOT_MODULE();
  return state;
}

/** The state of the module that a method was called on. */
function own(value, kind = 'Module') {
  const state = value?.[kState];
  if (state === undefined || (kind !== 'Module' && state.kind !== kind)) throw new codes.ERR_INVALID_THIS(kind);
  return state;
}

function isModule(value) {
  return typeof value === 'object' && value !== null && value[kState] !== undefined;
}

function checkStatus(state, allowed, text) {
  if (!allowed.includes(state.status)) throw new codes.ERR_VM_MODULE_STATUS(text);
}

class Module {
  constructor(options) {
    emitExperimentalWarning('VM Modules');
    if (new.target === Module) throw new TypeError('Module is not a constructor');
    const { context } = options;
    if (context !== undefined) {
      validateObject(context, 'context');
      if (!require('vm').isContext(context)) throw new codes.ERR_INVALID_ARG_TYPE('options.context', 'vm.Context', context);
    }
    const { identifier = nextIdentifier(context) } = options;
    validateString(identifier, 'options.identifier');
    const value = { kind: undefined, record: undefined, status: 'unlinked', error: undefined, identifier, context, requests: undefined, linked: undefined };
    Object.defineProperty(this, kState, { __proto__: null, value });
  }

  get identifier() {
    return own(this).identifier;
  }

  get context() {
    return own(this).context;
  }

  get namespace() {
    const state = own(this);
    checkStatus(state, ['linked', 'evaluating', 'evaluated', 'errored'], 'must not be unlinked or linking');
    return esm.namespace(state.record);
  }

  get status() {
    return own(this).status;
  }

  get error() {
    const state = own(this);
    checkStatus(state, ['errored'], 'must be errored');
    return state.error;
  }

  async link(linker) {
    const state = own(this);
    validateFunction(linker, 'linker');
    if (state.status === 'linked') throw new codes.ERR_VM_MODULE_ALREADY_LINKED();
    checkStatus(state, ['unlinked'], 'must be unlinked');
    await linkWith(this, linker);
    instantiate(state);
  }

  /** No async function: a module that waits for nothing gives a promise that is settled already. */
  evaluate(options = kEmptyObject) {
    try {
      const state = own(this);
      validateObject(options, 'options');
      const { timeout, breakOnSigint = false } = options;
      if (timeout !== undefined) validateUint32(timeout, 'options.timeout', true);
      validateBoolean(breakOnSigint, 'options.breakOnSigint');
      checkStatus(state, ['linked', 'evaluated', 'errored'], 'must be one of linked, evaluated, or errored');
      return evaluate(state);
    } catch (error) {
      return Promise.reject(error);
    }
  }

  [customInspectSymbol](depth, options) {
    if (typeof depth === 'number' && depth < 0) return this;
    const { status, identifier, context } = own(this);
    const { name } = this.constructor;
    const Shown = { [name]: class {} }[name];
    return require('util').inspect(Object.assign(new Shown(), { status, identifier, context }), { ...options, customInspect: false });
  }
}

/** Asks the program for all that a module imports, and so on below. */
async function linkWith(module, linker) {
  const state = stateOf(module);
  if (state.requests === undefined) return;
  state.status = 'linking';
  try {
    const targets = await Promise.all(state.requests.map(async ({ specifier, attributes, phase }) => {
      const target = await linker(specifier, module, { attributes, assert: attributes });
      checkTarget(target, specifier, state);
      if (phase === 'source') throw new codes.ERR_SOURCE_PHASE_NOT_DEFINED(target.identifier);
      if (target.status === 'unlinked') await linkWith(target, linker);
      return target;
    }));
    connect(state, targets);
  } catch (error) {
    state.status = 'errored';
    state.error = error;
    throw error;
  }
}

function checkTarget(target, specifier, state) {
  if (!isModule(target)) throw new codes.ERR_VM_MODULE_NOT_MODULE();
  if (target.context !== state.context) throw new codes.ERR_VM_MODULE_DIFFERENT_CONTEXT();
  if (target.status === 'errored') {
    throw new codes.ERR_VM_MODULE_LINK_FAILURE(`request for '${specifier}' resolved to an errored module`, target.error);
  }
}

function connect(state, targets) {
  if (state.linked !== undefined) return;
  state.linked = targets;
  esm.connect(state.record, targets.map((target) => stateOf(target).record));
}

/** Binds the imports of a whole graph. */
function instantiate(state, seen = new Set()) {
  if (seen.size === 0) {
    try {
      esm.link(state.record);
    } catch (error) {
      state.status = 'errored';
      state.error = error;
      throw error;
    }
  }
  seen.add(state);
  if (state.status === 'unlinked' || state.status === 'linking') state.status = 'linked';
  for (const target of state.linked ?? []) if (!seen.has(stateOf(target))) instantiate(stateOf(target), seen);
}

function evaluate(state) {
  if (state.status !== 'linked') return esm.evaluate(state.record);
  setStatus(state, 'evaluating');
  const promise = esm.evaluate(state.record);
  const { details } = require('internal/runtime');
  const [settled, result] = details.getPromiseDetails(promise);
  if (settled === 0) {
    return promise.then(
      () => setStatus(state, 'evaluated'),
      (error) => {
        fail(state, error);
        throw error;
      });
  }
  if (settled === 2) fail(state, result);
  else setStatus(state, 'evaluated');
  return promise;
}

function setStatus(state, status, seen = new Set()) {
  if (seen.has(state)) return;
  seen.add(state);
  if (state.status === 'linked' || state.status === 'evaluating') state.status = status;
  for (const target of state.linked ?? []) setStatus(stateOf(target), status, seen);
}

function fail(state, error) {
  setStatus(state, 'evaluated');
  state.status = 'errored';
  state.error = error;
}

class SourceTextModule extends Module {
  constructor(sourceText, options = kEmptyObject) {
    validateString(sourceText, 'code');
    validateObject(options, 'options');
    const { lineOffset = 0, columnOffset = 0, initializeImportMeta, importModuleDynamically, context, cachedData } = options;
    validateInt32(lineOffset, 'options.lineOffset');
    validateInt32(columnOffset, 'options.columnOffset');
    if (initializeImportMeta !== undefined) validateFunction(initializeImportMeta, 'options.initializeImportMeta');
    if (importModuleDynamically !== undefined) validateFunction(importModuleDynamically, 'options.importModuleDynamically');
    if (cachedData !== undefined && !ArrayBuffer.isView(cachedData)) {
      throw new codes.ERR_INVALID_ARG_TYPE('options.cachedData', ['Buffer', 'TypedArray', 'DataView'], cachedData);
    }
    super(options);
    const state = own(this);
    state.kind = 'SourceTextModule';
    if (cachedData !== undefined && !isFingerprint(cachedData, sourceText)) throw new codes.ERR_VM_MODULE_CACHED_DATA_REJECTED();
    state.sourceText = sourceText;
    const { importHost } = require('internal/vm/imports');
    const host = {
      ...importHost(importModuleDynamically, () => this),
      initializeMeta: (meta) => initializeImportMeta?.(meta, this),
    };
    state.record = esm.compile(sourceText, state.identifier, host, context, lineOffset, columnOffset);
    state.requests = esm.requests(state.record).map(({ specifier, attributes, phase }) =>
      Object.freeze({ __proto__: null, specifier, attributes: Object.freeze({ __proto__: null, ...attributes }), phase }));
  }

  linkRequests(modules) {
    const state = own(this, 'SourceTextModule');
    checkStatus(state, ['unlinked'], 'must be unlinked');
    validateArray(modules, 'modules');
    if (modules.length !== state.requests.length) {
      throw new codes.ERR_MODULE_LINK_MISMATCH(`Expected ${state.requests.length} modules, got ${modules.length}`);
    }
    modules.forEach((module, index) => checkTarget(module, state.requests[index].specifier, state));
    connect(state, modules);
  }

  instantiate() {
    const state = own(this, 'SourceTextModule');
    checkStatus(state, ['unlinked'], 'must be unlinked');
    // Also without imports: linkRequests([]) says so.
    if (state.linked === undefined) throw new codes.ERR_VM_MODULE_LINK_FAILURE('module is not linked');
    for (const unlinked of unconnected(state)) {
      throw new codes.ERR_VM_MODULE_LINK_FAILURE(`request for '${unlinked}' is not yet fulfilled`);
    }
    instantiate(state);
  }

  get dependencySpecifiers() {
    return own(this, 'SourceTextModule').requests.map(({ specifier }) => specifier);
  }

  get moduleRequests() {
    return own(this, 'SourceTextModule').requests;
  }

  get status() {
    return super.status;
  }

  get error() {
    return super.error;
  }

  hasAsyncGraph() {
    const state = own(this, 'SourceTextModule');
    checkStatus(state, ['linked', 'evaluating', 'evaluated', 'errored'], 'must be instantiated');
    return esm.isAsync(state.record);
  }

  hasTopLevelAwait() {
    return esm.hasTopLevelAwait(own(this, 'SourceTextModule').record);
  }

  createCachedData() {
    const state = own(this, 'SourceTextModule');
    if (['evaluating', 'evaluated', 'errored'].includes(state.status)) throw new codes.ERR_VM_MODULE_CANNOT_CREATE_CACHED_DATA();
    return fingerprint(state.sourceText);
  }
}

/** The first specifier of a graph that stands for nothing yet. */
function* unconnected(state, seen = new Set()) {
  if (seen.has(state)) return;
  seen.add(state);
  if (state.linked === undefined && state.requests?.length > 0) yield state.requests[0].specifier;
  for (const target of state.linked ?? []) yield* unconnected(stateOf(target), seen);
}

class SyntheticModule extends Module {
  constructor(exportNames, evaluateCallback, options = kEmptyObject) {
    if (!Array.isArray(exportNames) || exportNames.some((name) => typeof name !== 'string')) {
      throw new codes.ERR_INVALID_ARG_TYPE('exportNames', 'Array of unique strings', exportNames);
    }
    exportNames.forEach((name, index) => {
      if (exportNames.includes(name, index + 1)) throw new codes.ERR_INVALID_ARG_VALUE(`exportNames.${name}`, name, 'is duplicated');
    });
    validateFunction(evaluateCallback, 'evaluateCallback');
    validateObject(options, 'options');
    super(options);
    const state = own(this);
    state.kind = 'SyntheticModule';
    state.record = esm.synthetic(state.identifier, exportNames, () => {
      Reflect.apply(evaluateCallback, this, []);
    }, state.context);
    // It imports nothing: there is nothing to wait for.
    esm.link(state.record);
    state.status = 'linked';
  }

  async link() {
    own(this, 'SyntheticModule');
  }

  setExport(name, value) {
    validateString(name, 'name');
    const state = own(this, 'SyntheticModule');
    if (!esm.exportNames(state.record).includes(name)) throw new ReferenceError(`Export '${name}' is not defined in module`);
    esm.setExport(state.record, name, value);
  }
}

module.exports = { Module, SourceTextModule, SyntheticModule, isModule };
