'use strict';

// What most core modules share: promisify, deprecate, warnings, and lazily defined properties.

const { codes } = require('internal/errors');

const { defineProperty } = Object;

const kEmptyObject = Object.freeze({ __proto__: null });
const kEnumerableProperty = Object.freeze({ __proto__: null, enumerable: true });
const customInspectSymbol = Symbol.for('nodejs.util.inspect.custom');
const kCustomPromisifiedSymbol = Symbol.for('nodejs.util.promisify.custom');
const { stateSymbol } = require('internal/symbols');
const { assignFunctionName } = require('internal/function_name');
const kCustomPromisifyArgsSymbol = stateSymbol('customPromisifyArgs');
const kIsEncodingSymbol = stateSymbol('kIsEncodingSymbol');

const encodingsMap = {
  __proto__: null, ascii: 0, utf8: 1, base64: 2, utf16le: 3, latin1: 4, hex: 5, buffer: 6, base64url: 7,
};

function promisify(original) {
  const { validateFunction } = require('internal/validators');
  validateFunction(original, 'original');
  const custom = original[kCustomPromisifiedSymbol];
  if (custom) {
    validateFunction(custom, 'util.promisify.custom');
    return defineProperty(custom, kCustomPromisifiedSymbol, {
      __proto__: null, value: custom, enumerable: false, writable: false, configurable: true,
    });
  }
  // Names for several results, which then come as an object: `fs.read` and the like.
  const names = original[kCustomPromisifyArgsSymbol];

  function fn(...args) {
    return new Promise((resolve, reject) => {
      args.push((error, ...values) => {
        if (error) return reject(error);
        if (names === undefined || values.length < 2) return resolve(values[0]);
        const result = {};
        for (let i = 0; i < names.length; i++) result[names[i]] = values[i];
        resolve(result);
      });
      const returned = Reflect.apply(original, this, args);
      if (returned !== undefined && require('internal/util/types').isPromise(returned)) {
        process.emitWarning('Calling promisify on a function that returns a Promise is likely a mistake.',
                            'DeprecationWarning', 'DEP0174');
      }
    });
  }

  Object.setPrototypeOf(fn, Object.getPrototypeOf(original));
  defineProperty(fn, kCustomPromisifiedSymbol, {
    __proto__: null, value: fn, enumerable: false, writable: false, configurable: true,
  });
  const descriptors = Object.getOwnPropertyDescriptors(original);
  for (const key of Reflect.ownKeys(descriptors)) Object.setPrototypeOf(descriptors[key], null);
  return Object.defineProperties(fn, descriptors);
}
promisify.custom = kCustomPromisifiedSymbol;

const warnedCodes = new Set();

function emitDeprecation(message, code, constructorOpt) {
  if (code !== undefined) {
    if (warnedCodes.has(code)) return;
    warnedCodes.add(code);
  }
  process.emitWarning(message, 'DeprecationWarning', code, constructorOpt);
}

// A function that warns at its first call; for a class it stays usable with `new`.
function deprecate(fn, message, code, { modifyPrototype = true } = kEmptyObject) {
  if (code !== undefined) require('internal/validators').validateString(code, 'code');
  let warned = false;

  function deprecated(...args) {
    if (!warned && process.noDeprecation !== true) {
      warned = true;
      emitDeprecation(message, code, deprecated);
    }
    if (new.target) return Reflect.construct(fn, args, new.target === deprecated ? fn : new.target);
    return Reflect.apply(fn, this, args);
  }

  defineProperty(deprecated, 'length', {
    __proto__: null, ...Object.getOwnPropertyDescriptor(fn, 'length'),
  });
  if (modifyPrototype) {
    Object.setPrototypeOf(deprecated, fn);
    if (fn.prototype) deprecated.prototype = fn.prototype;
  }
  return deprecated;
}

function isPendingDeprecation() {
  return require('internal/options').getOptionValue('--pending-deprecation') === true &&
    process.noDeprecation !== true;
}

// As `deprecate`, but warns only under --pending-deprecation.
function pendingDeprecate(fn, message, code) {
  const loud = deprecate(fn, message, code);
  return assignFunctionName(fn.name, function(...args) {
    const target = isPendingDeprecation() ? loud : fn;
    return new.target ? Reflect.construct(target, args, new.target) : Reflect.apply(target, this, args);
  });
}

function deprecateProperty(key, target, message, code) {
  const descriptor = Object.getOwnPropertyDescriptor(target, key);
  const read = deprecate(() => (descriptor.get ? Reflect.apply(descriptor.get, target, []) : descriptor.value),
                         message, code);
  const write = deprecate((value) => {
    if (descriptor.set) Reflect.apply(descriptor.set, target, [value]);
    else descriptor.value = value;
  }, message, code);
  defineProperty(target, key, {
    __proto__: null, get: () => read(), set: write, enumerable: descriptor.enumerable, configurable: true,
  });
}

// For classes that could once be called without `new`.
function deprecateInstantiation(Class, code, ...args) {
  emitDeprecation(`Instantiating ${Class.name} without the 'new' keyword has been deprecated.`, code);
  return new Class(...args);
}

const experimentalWarnings = new Set();

function emitExperimentalWarning(feature, messagePrefix, code, constructorOpt) {
  if (experimentalWarnings.has(feature)) return;
  experimentalWarnings.add(feature);
  const prefix = messagePrefix ? `${messagePrefix} ` : '';
  process.emitWarning(`${prefix}${feature} is an experimental feature and might change at any time`,
                      'ExperimentalWarning', code, constructorOpt);
}

// The canonical name, or undefined for an unknown one. Nothing given means UTF-8.
function normalizeEncoding(encoding) {
  if (encoding === undefined || encoding === 'utf8' || encoding === 'utf-8' || encoding === null || encoding === '') {
    return 'utf8';
  }
  switch (`${encoding}`.toLowerCase()) {
    case 'utf8': case 'utf-8': return 'utf8';
    case 'ucs2': case 'ucs-2': case 'utf16le': case 'utf-16le': return 'utf16le';
    case 'latin1': case 'binary': return 'latin1';
    case 'base64': return 'base64';
    case 'base64url': return 'base64url';
    case 'hex': return 'hex';
    case 'ascii': return 'ascii';
    default: return undefined;
  }
}

function once(callback, { preserveReturnValue = false } = kEmptyObject) {
  let called = false;
  let result;
  return function(...args) {
    if (called) return preserveReturnValue ? result : undefined;
    called = true;
    const returned = Reflect.apply(callback, this, args);
    if (preserveReturnValue) result = returned;
    return preserveReturnValue ? result : undefined;
  };
}

// A function that computes its value at the first call.
function lazy(initialize) {
  let computed = false;
  let value;
  return () => {
    if (!computed) {
      value = initialize();
      computed = true;
    }
    return value;
  };
}

function setOwnProperty(object, key, value) {
  return defineProperty(object, key, { __proto__: null, value, writable: true, enumerable: true, configurable: true });
}

// Defines `keys` of the module `id`, which is loaded when the first of them is read.
function defineLazyProperties(target, id, keys, enumerable = true) {
  for (const key of keys) {
    const redefine = (value) => defineProperty(target, key, {
      __proto__: null, value, writable: true, enumerable, configurable: true,
    });
    const get = assignFunctionName(key, () => {
      const value = require(id)[key];
      redefine(value);
      return value;
    });
    defineProperty(target, key, {
      __proto__: null, get, set: assignFunctionName(key, (value) => { redefine(value); }), enumerable, configurable: true,
    });
  }
}

// Web IDL's kinds of members of a global.

function defineOperation(target, name, value) {
  defineProperty(target, name, { __proto__: null, value, writable: true, enumerable: true, configurable: true });
}

function exposeInterface(target, name, value) {
  defineProperty(target, name, { __proto__: null, value, writable: true, enumerable: false, configurable: true });
}

function exposeLazyInterfaces(target, id, keys) {
  defineLazyProperties(target, id, keys, false);
}

function defineReplaceableLazyAttribute(target, id, keys, writable = true, check) {
  for (const key of keys) {
    let value;
    const attribute = {
      get [key]() {
        if (check !== undefined) check(this);
        return value ??= require(id)[key];
      },
      set [key](replacement) { setOwnProperty(target, key, replacement); },
    };
    const { get, set } = Object.getOwnPropertyDescriptor(attribute, key);
    defineProperty(target, key, {
      __proto__: null, get, set: writable ? set : undefined, enumerable: true, configurable: true,
    });
  }
}

function getConstructorOf(object) {
  for (; object; object = Object.getPrototypeOf(object)) {
    const descriptor = Object.getOwnPropertyDescriptor(object, 'constructor');
    if (typeof descriptor?.value === 'function' && descriptor.value.name !== '') return descriptor.value;
  }
  return undefined;
}

function isUnderNodeModules(path) {
  return /[/\\]node_modules[/\\]/.test(path);
}

// Whether the nearest caller outside Nodule's own code is a file of a dependency.
function isInsideNodeModules(frameLimit = 100) {
  for (const site of require('internal/runtime').details.getCallSites(frameLimit)) {
    const name = site.scriptName ?? '';
    if (name.startsWith('node:') || name === '') continue;
    return isUnderNodeModules(name);
  }
  return false;
}

function isError(value) {
  return require('internal/util/types').isNativeError(value) || value instanceof Error;
}

function spliceOne(list, index) {
  for (; index + 1 < list.length; index++) list[index] = list[index + 1];
  list.pop();
}

function removeColors(text) {
  return text.replace(/\u001b\[\d\d?m/g, '');
}

// The list without the later of two that differ in case alone.
function filterDuplicateStrings(items, low) {
  const byLower = new Map();
  for (const item of items) {
    const key = item.toLowerCase();
    if (low ? !byLower.has(key) || item === key : true) byLower.set(key, item);
  }
  return [...byLower.values()].sort();
}

// A signal's number, from its number or name.
function convertToValidSignal(signal) {
  const { signals } = require('os').constants;
  if (typeof signal === 'number') {
    for (const name of Object.keys(signals)) if (signals[name] === signal) return signal;
  } else if (typeof signal === 'string') {
    const number = signals[signal.toUpperCase()];
    if (number !== undefined) return number;
  }
  throw new codes.ERR_UNKNOWN_SIGNAL(signal);
}

// The exit code a shell gives for a death by that signal.
function convertProcessSignalToExitCode(signalCode) {
  require('internal/validators').validateOneOf(signalCode, 'signalCode', Object.keys(require('os').constants.signals));
  return 128 + require('os').constants.signals[signalCode];
}

function getSystemErrorName(errno) {
  return require('internal/errors').uvErrmapGet(errno)?.[0] ?? `Unknown system error ${errno}`;
}

function getSystemErrorMessage(errno) {
  return require('internal/errors').uvErrmapGet(errno)?.[1];
}

function getSystemErrorMap() {
  return require('internal/errors').uvErrmap();
}

function lazyDOMExceptionClass() {
  return require('internal/runtime').DOMException ?? globalThis.DOMException;
}

function lazyDOMException(message, name) {
  return new (lazyDOMExceptionClass())(message, name);
}

function assertCrypto() {}

// Where the process is.
function getCWDURL() {
  return require('url').pathToFileURL(`${process.cwd()}/`);
}

module.exports = {
  kEmptyObject,
  kEnumerableProperty,
  customInspectSymbol,
  kCustomPromisifiedSymbol,
  kCustomPromisifyArgsSymbol,
  customPromisifyArgs: kCustomPromisifyArgsSymbol,
  kIsEncodingSymbol,
  encodingsMap,
  promisify,
  deprecate,
  pendingDeprecate,
  deprecateProperty,
  deprecateInstantiation,
  isPendingDeprecation,
  emitExperimentalWarning,
  normalizeEncoding,
  once,
  lazy,
  getLazy: lazy,
  cachedResult: lazy,
  setOwnProperty,
  assignFunctionName,
  defineLazyProperties,
  defineOperation,
  exposeInterface,
  exposeNamespace: exposeInterface,
  exposeLazyInterfaces,
  defineReplaceableLazyAttribute,
  getConstructorOf,
  isUnderNodeModules,
  isInsideNodeModules,
  isError,
  spliceOne,
  removeColors,
  filterDuplicateStrings,
  convertToValidSignal,
  convertProcessSignalToExitCode,
  getSystemErrorName,
  getSystemErrorMessage,
  getSystemErrorMap,
  lazyDOMException,
  lazyDOMExceptionClass,
  assertCrypto,
  getCWDURL,
};
Object.defineProperties(module.exports, {
  isWindows: { __proto__: null, enumerable: true, get: () => process.platform === 'win32' },
  isMacOS: { __proto__: null, enumerable: true, get: () => process.platform === 'darwin' },
});
