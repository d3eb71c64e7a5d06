'use strict';

// module.register and --experimental-loader: hooks that may be asynchronous. Node.js runs them on a thread of their own; here they
// share the thread and the globals, but have module instances of their own (Node.js documentation: node:module, Customization hooks).

const runtime = require('internal/runtime');
const { codes } = require('internal/errors');
const { sharedState } = require('internal/symbols');
const { validateObject, validateString } = require('internal/validators');
const { URL } = require('url');

const state = sharedState('module.register', () => ({
  chains: { resolve: [], load: [] }, // hooks by kind; the last one registered runs first
  records: new Map(), // the module instances of the hooks
  warnedOfAssertions: false,
  warnedOfPreload: false,
}));
const { chains, records } = state;

const own = { resolve: 'node:internal/modules/esm/resolve', load: 'node:internal/modules/esm/load' };

function check(name, id, subject, context) {
  if (name === 'resolve') {
    validateString(subject, `${id} specifier`);
  } else {
    if (typeof subject !== 'string') throw new codes.ERR_INVALID_ARG_TYPE(`${id} url`, 'a URL string', subject);
    if (!URL.canParse(subject)) throw new codes.ERR_INVALID_ARG_VALUE(`${id} url`, subject, 'should be a URL string');
  }
  if (context !== undefined) validateObject(context, `${id} context`);
}

function warnOfAssertions() {
  if (state.warnedOfAssertions) return;
  state.warnedOfAssertions = true;
  process.emitWarning('Use `importAttributes` instead of `importAssertions`', 'ExperimentalWarning');
}

/** The former name of importAttributes still works in contexts and results. */
function withAssertions(context) {
  return Object.defineProperty(context, 'importAssertions', {
    __proto__: null,
    configurable: true,
    get() {
      warnOfAssertions();
      return this.importAttributes;
    },
    set(value) {
      warnOfAssertions();
      this.importAttributes = value;
    },
  });
}

function attributesOf(result, otherwise) {
  if (result.importAttributes === undefined && result.importAssertions !== undefined) {
    warnOfAssertions();
    return result.importAssertions;
  }
  return result.importAttributes ?? otherwise;
}

/** Runs one chain down to `last`, which is what happens without hooks. */
async function run(name, subject, context, last) {
  const chain = chains[name];
  const merged = withAssertions(context);
  const nextName = name === 'resolve' ? 'nextResolve' : 'nextLoad';
  let identifier = '';
  let finished = false;
  let shortCircuit = false;

  async function step(index, value, given) {
    const at = index < 0 ? own[name] : chain[index].url;
    check(name, `${at} '${name}' hook's ${nextName}()`, value, given);
    if (given !== undefined) Object.assign(merged, given);
    if (index < 0) {
      finished = true;
      return last(value, merged);
    }
    identifier = `${at} '${name}'`;
    const next = { [nextName]: async (nextValue = value, nextContext = undefined) => step(index - 1, nextValue, nextContext) }[nextName];
    const result = await chain[index].hook(value, merged, next);
    if (typeof result !== 'object' || result === null) {
      throw new codes.ERR_INVALID_RETURN_VALUE('an object', `${at} '${name}' hook's ${nextName}()`, result);
    }
    if (result.shortCircuit === true) shortCircuit = true;
    return result;
  }

  const result = await step(chain.length - 1, subject, undefined);
  if (!finished && !shortCircuit) throw new codes.ERR_LOADER_CHAIN_INCOMPLETE(identifier);
  return { result, identifier, context: merged };
}

/** `{ url, format, importAttributes }` of a specifier. */
async function resolve(specifier, parentURL, attributes) {
  const { conditions, resolveWith } = require('internal/modules/esm_resolve');
  const context = { conditions: [...conditions()], importAttributes: { ...attributes }, parentURL };
  const { result, identifier } = await run('resolve', specifier, context, (name, wanted) => {
    const url = resolveWith(name, wanted.parentURL, new Set(wanted.conditions));
    return { __proto__: null, url, format: require('internal/modules/esm').guessFormat(url) };
  });
  const { url, format } = result;
  if (typeof url !== 'string' || !URL.canParse(url)) {
    throw new codes.ERR_INVALID_RETURN_PROPERTY_VALUE('a URL string', identifier, 'url', url);
  }
  if (format !== undefined && format !== null && typeof format !== 'string') {
    throw new codes.ERR_INVALID_RETURN_PROPERTY_VALUE('a string', identifier, 'format', format);
  }
  const importAttributes = attributesOf(result, attributes);
  if (typeof importAttributes !== 'object') {
    throw new codes.ERR_INVALID_RETURN_PROPERTY_VALUE('an object', identifier, 'importAttributes', importAttributes);
  }
  return { url, format, importAttributes };
}

function isSource(source) {
  return source === undefined || source === null || typeof source === 'string' || ArrayBuffer.isView(source) ||
    source instanceof ArrayBuffer || source instanceof SharedArrayBuffer;
}

/** `{ format, source, importAttributes }` of a URL. */
async function load(url, format, attributes) {
  const { result, identifier, context } = await run('load', url, { format, importAttributes: attributes }, (value, wanted) =>
    require('internal/modules/esm').defaultLoad(value, wanted));
  if (result.format === undefined || result.format === null) throw new codes.ERR_UNKNOWN_MODULE_FORMAT(result.format, url);
  if (typeof result.format !== 'string') {
    throw new codes.ERR_INVALID_RETURN_PROPERTY_VALUE('a string', identifier, 'format', result.format);
  }
  if (!isSource(result.source)) {
    throw new codes.ERR_INVALID_RETURN_PROPERTY_VALUE('a string, an ArrayBuffer, or a TypedArray', identifier, 'source', result.source);
  }
  return { format: result.format, source: result.source, importAttributes: context.importAttributes };
}

/**
 * What a promise comes to, here and now: callers that cannot wait (require, import.meta.resolve, register) have the loop turn until
 * it is settled.
 */
function waitFor(promise) {
  let settled = 0;
  let value;
  promise.then(
    (result) => {
      settled = 1;
      value = result;
    },
    (reason) => {
      settled = 2;
      value = reason;
    });
  runtime.runMicrotasks();
  while (settled === 0 && runtime.turnLoop()) runtime.runMicrotasks();
  if (settled === 0) throw new codes.ERR_ASYNC_LOADER_REQUEST_NEVER_SETTLED();
  if (settled === 2) throw value;
  return value;
}

/** Imports a module of hooks and puts what it exports into the chains. */
async function add(specifier, parentURL, data) {
  const { initialize, resolve: resolveHook, load: loadHook, globalPreload } =
    await require('internal/modules/esm_async').importModule(specifier, parentURL, {}, records);
  if (globalPreload !== undefined && initialize === undefined && !state.warnedOfPreload) {
    state.warnedOfPreload = true;
    process.emitWarning('`globalPreload` has been removed; use `initialize` instead.', 'UnsupportedWarning');
  }
  if (resolveHook) chains.resolve.push({ url: specifier, hook: resolveHook });
  if (loadHook) chains.load.push({ url: specifier, hook: loadHook });
  await initialize?.(data);
}

/** What the hooks get of `data`: a copy. Message ports that go over to them stay what they are, as they stay on this thread. */
function dataFor(data, transferList) {
  return require('internal/structured_clone').cloneWithTransfer(data, transferList, (port) => port);
}

function register(specifier, parentURL = undefined, options = undefined) {
  if (parentURL !== null && typeof parentURL === 'object' && !(parentURL instanceof URL)) {
    options = parentURL;
    parentURL = options.parentURL;
  }
  require('internal/modules/esm').noteRegister();
  waitFor(add(`${specifier}`, `${parentURL ?? 'data:'}`, dataFor(options?.data, options?.transferList ?? [])));
}

/** --experimental-loader: each in its turn, so that the first ones see the loading of those after them. */
async function addFromCommandLine(specifiers, base) {
  if (specifiers.length === 0) return;
  const registrations = specifiers.map((specifier) => `register(${JSON.stringify(specifier)}, pathToFileURL("./"));`).join(' ');
  process.emitWarning('`--experimental-loader` may be removed in the future; instead use `register()`:\n' +
    `--import 'data:text/javascript,import { register } from "node:module"; import { pathToFileURL } from "node:url"; ${registrations}'`,
  'ExperimentalWarning');
  for (const specifier of specifiers) await add(specifier, base, undefined);
}

module.exports = {
  addFromCommandLine,
  load,
  register,
  resolve,
  waitFor,
  get isActive() { return chains.resolve.length > 0 || chains.load.length > 0; },
};
