'use strict';

// module.registerHooks: functions of the application around the resolving and loading of modules, on this thread, for require and
// import alike (Node.js documentation: node:module, Customization hooks). The last one registered runs first.

const { codes } = require('internal/errors');
const { sharedState } = require('internal/symbols');
const { validateFunction, validateObject } = require('internal/validators');

const { resolveHooks, loadHooks, entries } = sharedState('module.hooks', () => ({ resolveHooks: [], loadHooks: [], entries: new WeakMap() }));

function registerHooks(hooks) {
  validateObject(hooks, 'hooks');
  const { resolve, load } = hooks;
  if (resolve !== undefined) validateFunction(resolve, 'hooks.resolve');
  if (load !== undefined) validateFunction(load, 'hooks.load');
  const entry = { resolve, load };
  if (resolve !== undefined) resolveHooks.push(entry);
  if (load !== undefined) loadHooks.push(entry);
  return new ModuleHooks(entry);
}

class ModuleHooks {
  constructor(entry) {
    entries.set(this, entry);
  }

  deregister() {
    for (const list of [resolveHooks, loadHooks]) {
      const index = list.indexOf(entries.get(this));
      if (index !== -1) list.splice(index, 1);
    }
  }
}

/**
 * Runs one chain: each hook gets the subject, the context and the function that runs the rest. A hook that ends the chain early
 * must say that it means to.
 */
function run(list, name, subject, context, last, check) {
  const chain = [...list];
  let merged = context;
  function step(index, value) {
    if (index < 0) return last(value, merged);
    let called = false;
    const result = chain[index][name](value, { ...merged }, (nextValue = value, nextContext = undefined) => {
      called = true;
      if (nextContext !== undefined && nextContext !== null) merged = { ...merged, ...nextContext };
      return step(index - 1, nextValue);
    });
    if (result === null || typeof result !== 'object') {
      throw new codes.ERR_INVALID_RETURN_VALUE('an object', `the "${name}" hook`, result);
    }
    check(result);
    if (!called && result.shortCircuit !== true) {
      throw new codes.ERR_INVALID_RETURN_PROPERTY_VALUE('true', name, 'shortCircuit', result.shortCircuit);
    }
    return result;
  }
  return step(chain.length - 1, subject);
}

function checkUrl({ url }) {
  if (typeof url !== 'string') throw new codes.ERR_INVALID_RETURN_PROPERTY_VALUE('a URL string', 'resolve', 'url', url);
}

function checkSource({ source, format }) {
  const known = typeof source === 'string' || ArrayBuffer.isView(source) || source instanceof ArrayBuffer ||
    source instanceof SharedArrayBuffer;
  if (known || ((source === undefined || source === null) && (format === 'builtin' || format === 'commonjs'))) return;
  throw new codes.ERR_INVALID_RETURN_PROPERTY_VALUE('a string, an ArrayBuffer, or a TypedArray', 'load', 'source', source);
}

/** `{ url, format }` of a specifier; `last(specifier, context)` is what happens without hooks. */
function resolveWithHooks(specifier, context, last) {
  return run(resolveHooks, 'resolve', specifier, context, last, checkUrl);
}

/** `{ format, source }` of a URL; `last(url, context)` is what happens without hooks. */
function loadWithHooks(url, context, last) {
  return run(loadHooks, 'load', url, context, last, checkSource);
}

/** The conditions that a hook left in the context: undefined or an empty list means the usual ones. */
function conditionsOf(context) {
  const { conditions } = context;
  if (conditions === undefined) return undefined;
  if (!Array.isArray(conditions)) throw new codes.ERR_INVALID_ARG_VALUE('conditions', conditions, 'expected an array');
  return new Set(conditions);
}

module.sharedClasses = { ModuleHooks };
module.exports = {
  registerHooks,
  resolveWithHooks,
  loadWithHooks,
  conditionsOf,
  get hasResolve() { return resolveHooks.length > 0; },
  get hasLoad() { return loadHooks.length > 0; },
};
