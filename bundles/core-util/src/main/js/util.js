'use strict';

// The public `util` module. What is large is in files of its own and loaded when it is first used.

const { codes, captureFrom, ErrnoException, ExceptionWithHostPort } = require('internal/errors');
const {
  promisify, deprecate, defineLazyProperties, getSystemErrorName, getSystemErrorMap, getSystemErrorMessage,
  convertProcessSignalToExitCode,
} = require('internal/util');
const types = require('internal/util/types');
const { inspect, format, formatWithOptions, stripVTControlCharacters } = require('internal/util/inspect');
const {
  validateBoolean, validateFunction, validateInteger, validateNumber, validateObject, validateString,
} = require('internal/validators');
const { debuglog } = require('internal/util/debuglog');

function isSystemErrorNumber(err) {
  validateNumber(err, 'err');
  if (err >= 0 || !Number.isSafeInteger(err)) {
    throw new codes.ERR_OUT_OF_RANGE('err', 'a negative integer', err);
  }
}

function inherits(ctor, superCtor) {
  if (ctor === undefined || ctor === null) throw new codes.ERR_INVALID_ARG_TYPE('ctor', 'Function', ctor);
  if (superCtor === undefined || superCtor === null) {
    throw new codes.ERR_INVALID_ARG_TYPE('superCtor', 'Function', superCtor);
  }
  if (superCtor.prototype === undefined) {
    throw new codes.ERR_INVALID_ARG_TYPE('superCtor.prototype', 'Object', superCtor.prototype);
  }
  Object.defineProperty(ctor, 'super_', { __proto__: null, value: superCtor, writable: true, configurable: true });
  Object.setPrototypeOf(ctor.prototype, superCtor.prototype);
}

function _extend(target, source) {
  if (source === null || typeof source !== 'object') return target;
  for (const key of Object.keys(source)) target[key] = source[key];
  return target;
}

function callbackify(original) {
  validateFunction(original, 'original');

  // Node calls back in a tick of its own, so that what the callback throws is uncaught and no rejection.
  function callbackified(...args) {
    const callback = args.pop();
    validateFunction(callback, 'last argument');
    const bound = callback.bind(this);
    Reflect.apply(original, this, args).then(
      (value) => process.nextTick(bound, null, value),
      (reason) => process.nextTick(rejected, reason, bound));
  }

  const descriptors = Object.getOwnPropertyDescriptors(original);
  if (typeof descriptors.length.value === 'number') descriptors.length.value++;
  if (typeof descriptors.name.value === 'string') descriptors.name.value += 'Callbackified';
  for (const key of Reflect.ownKeys(descriptors)) Object.setPrototypeOf(descriptors[key], null);
  Object.defineProperties(callbackified, descriptors);
  return callbackified;
}

function rejected(reason, callback) {
  // A callback takes a falsy first argument for success.
  if (!reason) reason = captureFrom(new codes.ERR_FALSY_VALUE_REJECTION(reason), rejected);
  return callback(reason);
}

function isDeepStrictEqual(a, b, skipPrototype) {
  return require('internal/util/comparisons').isDeepStrictEqual(a, b, skipPrototype);
}

function styleText(formats, text, options) {
  return require('internal/util/styletext').styleText(formats, text, options);
}

function getCallSites(frameCount = 10, options) {
  if (options === undefined && typeof frameCount === 'object') {
    options = frameCount;
    validateObject(options, 'options');
    frameCount = 10;
  }
  if (options !== undefined) {
    validateObject(options, 'options');
    if (options.sourceMap !== undefined) validateBoolean(options.sourceMap, 'options.sourceMap');
  }
  validateInteger(frameCount, 'frameCount', 1, 200);
  // The first frame is this function.
  const runtime = require('internal/runtime');
  const sites = (runtime.getCallSites ?? runtime.details.getCallSites)(frameCount + 1);
  return sites.slice(sites[0]?.functionName === 'getCallSites' ? 1 : 0).slice(0, frameCount);
}

function parseEnv(content) {
  validateString(content, 'content');
  return require('internal/util/dotenv').parse(content);
}

function toUSVString(input) {
  return `${input}`.toWellFormed();
}

function diff(actual, expected) {
  return require('internal/util/diff').diff(actual, expected);
}

function aborted(signal, resource) {
  return require('internal/util/abort').aborted(signal, resource);
}

function transferableAbortSignal(signal) {
  return require('internal/util/abort').transferableAbortSignal(signal);
}

function transferableAbortController() {
  return require('internal/util/abort').transferableAbortController();
}

function markPromiseAsHandled(promise) {
  if (!types.isPromise(promise)) throw new codes.ERR_INVALID_ARG_TYPE('promise', 'Promise', promise);
  Promise.prototype.then.call(promise, undefined, () => {});
}

// Prints no stack on SIGINT: the engine gives none. Kept for programs that call it.
function setTraceSigInt(enable) {
  validateBoolean(enable, 'enable');
}

module.exports = {
  _errnoException: function(...args) {
    isSystemErrorNumber(args[0]);
    return ErrnoException(...args);
  },
  _exceptionWithHostPort: function(...args) {
    return ExceptionWithHostPort(...args);
  },
  _extend: deprecate(_extend, 'The `util._extend` API is deprecated. Please use Object.assign() instead.', 'DEP0060'),
  callbackify,
  convertProcessSignalToExitCode,
  debug: debuglog,
  debuglog,
  deprecate,
  format,
  styleText,
  formatWithOptions,
  getCallSites,
  getSystemErrorMap,
  getSystemErrorName(err) {
    isSystemErrorNumber(err);
    return getSystemErrorName(err);
  },
  getSystemErrorMessage(err) {
    isSystemErrorNumber(err);
    return getSystemErrorMessage(err) ?? `Unknown system error ${err}`;
  },
  inherits,
  inspect,
  isArray: deprecate(Array.isArray, 'The `util.isArray` API is deprecated. Please use `Array.isArray()` instead.',
                     'DEP0044'),
  isDeepStrictEqual,
  markPromiseAsHandled,
  promisify,
  stripVTControlCharacters,
  toUSVString,
  transferableAbortSignal,
  transferableAbortController,
  aborted,
  types,
  parseEnv,
  setTraceSigInt,
};
defineLazyProperties(module.exports, 'internal/util/parse_args', ['parseArgs']);
defineLazyProperties(module.exports, 'internal/encoding', ['TextDecoder', 'TextEncoder']);
defineLazyProperties(module.exports, 'internal/mime', ['MIMEType', 'MIMEParams']);
module.exports.diff = diff;
defineLazyProperties(module.exports, 'internal/util/rate', ['debounce', 'throttle']);
