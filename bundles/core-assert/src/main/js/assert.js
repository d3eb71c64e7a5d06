'use strict';

// The public `assert` module: the methods of class Assert, and the functions that are those methods without an instance.

const { codes } = require('internal/errors');
const types = require('internal/util/types');
const { validateFunction, validateOneOf } = require('internal/validators');
const { stateSymbol } = require('internal/symbols');

const kOptions = stateSymbol('assert.options');
const kNoException = Symbol('no exception');

let AssertionErrorClass;
const errorClass = () => AssertionErrorClass ??= require('internal/assert/assertion_error');
const inspect = (value, options) => require('internal/util/inspect').inspect(value, options);
const comparisons = () => require('internal/util/comparisons');

const isError = (value) => types.isNativeError(value) || value instanceof Error;
const isErrorClass = (value) => value === Error || Object.prototype.isPrototypeOf.call(Error, value);

// The rest arguments of an assertion: an error is thrown as it is, a function makes the message, a string may be a format.
function readMessage(args, actual, expected) {
  const { 0: first } = args;
  if (args.length === 0 || first === undefined) return undefined;
  if (isError(first)) throw first;
  if (typeof first === 'function') {
    if (args.length > 1) {
      throw new codes.ERR_AMBIGUOUS_ARGUMENT(
        'message',
        `The error message with function "${first.name || 'anonymous'}" has trailing arguments that would be ignored.`);
    }
    const message = first(actual, expected);
    return typeof message === 'string' ? message : undefined;
  }
  if (typeof first !== 'string') throw new codes.ERR_INVALID_ARG_TYPE('message', ['string', 'function'], first);
  return args.length === 1 ? first : require('internal/util/inspect').format(...args);
}

function fail(receiver, actual, expected, args, operator, stackStartFn) {
  const message = readMessage(args, actual, expected);
  throw new (errorClass())({ actual, expected, message, operator, stackStartFn, diff: diffOf(receiver) });
}

function diffOf(receiver) {
  return receiver?.[kOptions]?.diff ?? 'simple';
}

function requireBoth(count) {
  if (count < 2) throw new codes.ERR_MISSING_ARGS('actual', 'expected');
}

function checkOk(fn, receiver, argLength, value, args) {
  if (value) return;
  let message;
  let generated = false;
  if (argLength === 0) {
    generated = true;
    message = 'No value argument passed to `assert.ok()`';
  } else if (args[0] == null) {
    generated = true;
    const expression = require('internal/assert/source_expression').sourceExpression();
    if (expression !== undefined) message = `The expression evaluated to a falsy value:\n\n  ${expression}\n`;
  } else {
    message = readMessage(args, value, true);
  }
  const error = new (errorClass())({
    actual: value, expected: true, message, operator: '==', stackStartFn: fn, diff: diffOf(receiver),
  });
  error.generatedMessage = generated;
  throw error;
}

function Assert(options) {
  if (new.target === undefined) throw new codes.ERR_CONSTRUCT_CALL_REQUIRED('Assert');
  options = { strict: true, ...options };
  if (options.diff !== undefined) validateOneOf(options.diff, 'options.diff', ['simple', 'full']);
  this.AssertionError = errorClass();
  Object.defineProperty(this, kOptions, { __proto__: null, value: options, configurable: true });
  if (options.strict) {
    this.equal = this.strictEqual;
    this.deepEqual = this.deepStrictEqual;
    this.notEqual = this.notStrictEqual;
    this.notDeepEqual = this.notDeepStrictEqual;
  }
}

const assertions = {
  fail: function fail(message) {
    if (isError(message)) throw message;
    const isDefault = message === undefined;
    const error = new (errorClass())({
      operator: 'fail', stackStartFn: fail, message: isDefault ? 'Failed' : message, diff: diffOf(this),
    });
    if (isDefault) error.generatedMessage = true;
    throw error;
  },

  ok: function ok(...args) {
    checkOk(ok, this, args.length, args[0], args.slice(1));
  },

  equal: function equal(actual, expected, ...message) {
    requireBoth(arguments.length);
    // eslint-disable-next-line eqeqeq
    if (actual != expected && (!Number.isNaN(actual) || !Number.isNaN(expected))) {
      fail(this, actual, expected, message, '==', equal);
    }
  },

  notEqual: function notEqual(actual, expected, ...message) {
    requireBoth(arguments.length);
    // eslint-disable-next-line eqeqeq
    if (actual == expected || (Number.isNaN(actual) && Number.isNaN(expected))) {
      fail(this, actual, expected, message, '!=', notEqual);
    }
  },

  deepEqual: function deepEqual(actual, expected, ...message) {
    requireBoth(arguments.length);
    if (!comparisons().isDeepEqual(actual, expected)) fail(this, actual, expected, message, 'deepEqual', deepEqual);
  },

  notDeepEqual: function notDeepEqual(actual, expected, ...message) {
    requireBoth(arguments.length);
    if (comparisons().isDeepEqual(actual, expected)) {
      fail(this, actual, expected, message, 'notDeepEqual', notDeepEqual);
    }
  },

  deepStrictEqual: function deepStrictEqual(actual, expected, ...message) {
    requireBoth(arguments.length);
    if (!comparisons().isDeepStrictEqual(actual, expected, this?.[kOptions]?.skipPrototype)) {
      fail(this, actual, expected, message, 'deepStrictEqual', deepStrictEqual);
    }
  },

  notDeepStrictEqual: function notDeepStrictEqual(actual, expected, ...message) {
    requireBoth(arguments.length);
    if (comparisons().isDeepStrictEqual(actual, expected, this?.[kOptions]?.skipPrototype)) {
      fail(this, actual, expected, message, 'notDeepStrictEqual', notDeepStrictEqual);
    }
  },

  strictEqual: function strictEqual(actual, expected, ...message) {
    requireBoth(arguments.length);
    if (!Object.is(actual, expected)) fail(this, actual, expected, message, 'strictEqual', strictEqual);
  },

  notStrictEqual: function notStrictEqual(actual, expected, ...message) {
    requireBoth(arguments.length);
    if (Object.is(actual, expected)) fail(this, actual, expected, message, 'notStrictEqual', notStrictEqual);
  },

  partialDeepStrictEqual: function partialDeepStrictEqual(actual, expected, ...message) {
    requireBoth(arguments.length);
    if (!comparisons().isPartialStrictEqual(actual, expected)) {
      fail(this, actual, expected, message, 'partialDeepStrictEqual', partialDeepStrictEqual);
    }
  },

  throws: function throws(fn, ...args) {
    expectError(this, throws, outcome(fn), args);
  },

  rejects: async function rejects(promiseFn, ...args) {
    expectError(this, rejects, await asyncOutcome(promiseFn), args);
  },

  doesNotThrow: function doesNotThrow(fn, ...args) {
    expectNoError(this, doesNotThrow, outcome(fn), args);
  },

  doesNotReject: async function doesNotReject(fn, ...args) {
    expectNoError(this, doesNotReject, await asyncOutcome(fn), args);
  },

  ifError: function ifError(err) {
    if (err === null || err === undefined) return;
    let message = 'ifError got unwanted exception: ';
    if (typeof err === 'object' && typeof err.message === 'string') {
      message += err.message.length === 0 && err.constructor ? err.constructor.name : err.message;
    } else {
      message += inspect(err);
    }
    const error = new (errorClass())({
      actual: err, expected: null, operator: 'ifError', message, stackStartFn: ifError, diff: diffOf(this),
    });
    joinStacks(error, err.stack);
    throw error;
  },

  match: function match(string, regexp, ...message) {
    checkMatch(this, string, regexp, message, match, true);
  },

  doesNotMatch: function doesNotMatch(string, regexp, ...message) {
    checkMatch(this, string, regexp, message, doesNotMatch, false);
  },
};

// The stack of the original error follows, without frames that both have.
function joinStacks(error, original) {
  if (typeof original !== 'string') return;
  const start = original.indexOf('\n    at');
  if (start === -1) return;
  const originalFrames = original.slice(start + 1).split('\n');
  let frames = error.stack.split('\n');
  for (const frame of originalFrames) {
    const index = frames.indexOf(frame);
    if (index !== -1) {
      frames = frames.slice(0, index);
      break;
    }
  }
  error.stack = `${frames.join('\n')}\n${originalFrames.join('\n')}`;
}

function checkMatch(receiver, string, regexp, args, fn, wanted) {
  if (!types.isRegExp(regexp)) throw new codes.ERR_INVALID_ARG_TYPE('regexp', 'RegExp', regexp);
  if (typeof string === 'string' && (RegExp.prototype.exec.call(regexp, string) !== null) === wanted) return;
  let message = readMessage(args, string, regexp);
  const generated = !message;
  if (generated) {
    message = typeof string !== 'string' ?
      `The "string" argument must be of type string. Received type ${typeof string} (${inspect(string)})` :
      `${wanted ? 'The input did not match the regular expression ' :
        'The input was expected to not match the regular expression '}${inspect(regexp)}. Input:\n\n${inspect(string)}\n`;
  }
  const error = new (errorClass())({
    actual: string, expected: regexp, message, operator: fn.name, stackStartFn: fn, diff: diffOf(receiver),
  });
  error.generatedMessage = generated;
  throw error;
}

function outcome(fn) {
  validateFunction(fn, 'fn');
  try {
    fn();
  } catch (error) {
    return error;
  }
  return kNoException;
}

function isPromiseLike(value) {
  return types.isPromise(value) || (value !== null && typeof value === 'object' && typeof value.then === 'function' &&
    typeof value.catch === 'function');
}

async function asyncOutcome(promiseFn) {
  let promise;
  if (typeof promiseFn === 'function') {
    promise = promiseFn();
    if (!isPromiseLike(promise)) {
      throw new codes.ERR_INVALID_RETURN_VALUE('instance of Promise', 'promiseFn', promise);
    }
  } else if (isPromiseLike(promiseFn)) {
    promise = promiseFn;
  } else {
    throw new codes.ERR_INVALID_ARG_TYPE('promiseFn', ['Function', 'Promise'], promiseFn);
  }
  try {
    await promise;
  } catch (error) {
    return error;
  }
  return kNoException;
}

function expectError(receiver, fn, actual, args) {
  let { 0: error, 1: message } = args;
  const kinds = ['Object', 'Error', 'Function', 'RegExp'];
  if (typeof error === 'string') {
    if (args.length === 2) throw new codes.ERR_INVALID_ARG_TYPE('error', kinds, error);
    // A text in the error's place may be meant as either.
    if (typeof actual === 'object' && actual !== null) {
      if (actual.message === error) {
        throw new codes.ERR_AMBIGUOUS_ARGUMENT(
          'error/message', `The error message "${actual.message}" is identical to the message.`);
      }
    } else if (actual === error) {
      throw new codes.ERR_AMBIGUOUS_ARGUMENT('error/message', `The error "${actual}" is identical to the message.`);
    }
    message = error;
    error = undefined;
  } else if (error != null && typeof error !== 'object' && typeof error !== 'function') {
    throw new codes.ERR_INVALID_ARG_TYPE('error', kinds, error);
  }
  if (actual === kNoException) {
    if (isError(message)) throw message;
    const details = `${error?.name ? ` (${error.name})` : ''}${message ? `: ${message}` : '.'}`;
    throw new (errorClass())({
      actual: undefined,
      expected: error,
      operator: fn.name,
      message: `Missing expected ${fn === assertions.rejects ? 'rejection' : 'exception'}${details}`,
      stackStartFn: fn,
      diff: diffOf(receiver),
    });
  }
  if (error) checkException(receiver, actual, error, message, fn);
}

// The properties that are compared, of either side: what a regular expression matches is taken as equal.
class Comparison {
  constructor(object, keys, actual) {
    for (const key of keys) {
      if (!(key in object)) continue;
      const matches = actual !== undefined && typeof actual[key] === 'string' && types.isRegExp(object[key]) &&
        RegExp.prototype.exec.call(object[key], actual[key]) !== null;
      this[key] = matches ? actual[key] : object[key];
    }
  }
}

function checkException(receiver, actual, expected, message, fn) {
  const diff = diffOf(receiver);
  const AssertionError = errorClass();
  let generated = false;
  if (typeof expected !== 'function') {
    if (types.isRegExp(expected)) {
      const text = String(actual);
      if (RegExp.prototype.exec.call(expected, text) !== null) return;
      if (!message) {
        generated = true;
        message = `The input did not match the regular expression ${inspect(expected)}. Input:\n\n${inspect(text)}\n`;
      }
    } else if (typeof actual !== 'object' || actual === null) {
      if (isError(message)) throw message;
      const error = new AssertionError({ actual, expected, message, operator: 'deepStrictEqual', stackStartFn: fn, diff });
      error.operator = fn.name;
      throw error;
    } else {
      const keys = Object.keys(expected);
      if (expected instanceof Error) keys.push('name', 'message');
      else if (keys.length === 0) throw new codes.ERR_INVALID_ARG_VALUE('error', expected, 'may not be an empty object');
      for (const key of keys) {
        if (typeof actual[key] === 'string' && types.isRegExp(expected[key]) &&
            RegExp.prototype.exec.call(expected[key], actual[key]) !== null) {
          continue;
        }
        checkKey(actual, expected, key, message, keys, fn, diff);
      }
      return;
    }
  } else if (expected.prototype !== undefined && actual instanceof expected) {
    return;
  } else if (isErrorClass(expected)) {
    if (!message) {
      generated = true;
      message = `The error is expected to be an instance of "${expected.name}". Received `;
      if (isError(actual)) {
        const name = actual.constructor?.name || actual.name;
        message += expected.name === name ? 'an error with identical name but a different prototype.' : `"${name}"`;
      } else {
        message += `"${inspect(actual, { depth: -1 })}"`;
      }
      if (isError(actual)) message += `\n\nError message:\n\n${actual.message}`;
    }
  } else {
    const result = Reflect.apply(expected, {}, [actual]);
    if (result === true) return;
    if (!message) {
      generated = true;
      const name = expected.name ? `"${expected.name}" ` : '';
      message = `The ${name}validation function is expected to return "true". Received ${inspect(result)}`;
      if (isError(actual)) message += `\n\nCaught error:\n\n${actual}`;
    }
  }
  if (isError(message)) throw message;
  const error = new AssertionError({ actual, expected, message, operator: fn.name, stackStartFn: fn, diff });
  error.generatedMessage = generated;
  throw error;
}

function checkKey(actual, expected, key, message, keys, fn, diff) {
  if (key in actual && comparisons().isDeepStrictEqual(actual[key], expected[key])) return;
  const AssertionError = errorClass();
  if (isError(message)) throw message;
  if (!message) {
    const error = new AssertionError({
      actual: new Comparison(actual, keys),
      expected: new Comparison(expected, keys, actual),
      operator: 'deepStrictEqual',
      stackStartFn: fn,
      diff,
    });
    error.actual = actual;
    error.expected = expected;
    error.operator = fn.name;
    throw error;
  }
  throw new AssertionError({ actual, expected, message, operator: fn.name, stackStartFn: fn, diff });
}

function isExpected(actual, expected) {
  if (typeof expected !== 'function') {
    if (types.isRegExp(expected)) return RegExp.prototype.exec.call(expected, String(actual)) !== null;
    throw new codes.ERR_INVALID_ARG_TYPE('expected', ['Function', 'RegExp'], expected);
  }
  if (expected.prototype !== undefined && actual instanceof expected) return true;
  if (isErrorClass(expected)) return false;
  return Reflect.apply(expected, {}, [actual]) === true;
}

function expectNoError(receiver, fn, actual, args) {
  if (actual === kNoException) return;
  let { 0: error, 1: message } = args;
  if (typeof error === 'string') {
    message = error;
    error = undefined;
  }
  if (error && !isExpected(actual, error)) throw actual;
  const details = message ? `: ${message}` : '.';
  throw new (errorClass())({
    actual,
    expected: error,
    operator: fn.name,
    message: `Got unwanted ${fn === assertions.doesNotReject ? 'rejection' : 'exception'}${details}\n` +
      `Actual message: "${actual?.message}"`,
    stackStartFn: fn,
    diff: diffOf(receiver),
  });
}

for (const name of Object.keys(assertions)) {
  Object.defineProperty(Assert.prototype, name, {
    __proto__: null, value: assertions[name], writable: true, configurable: true, enumerable: true,
  });
}

function assert(...args) {
  checkOk(assert, undefined, args.length, args[0], args.slice(1));
}

function strict(...args) {
  checkOk(strict, undefined, args.length, args[0], args.slice(1));
}

module.exports = assert;

Object.defineProperty(assert, 'AssertionError', {
  __proto__: null, enumerable: true, configurable: true,
  get() { return errorClass(); },
  set(value) { Object.defineProperty(assert, 'AssertionError', { __proto__: null, value, writable: true, enumerable: true, configurable: true }); },
});
for (const name of ['ok', 'fail', 'equal', 'notEqual', 'deepEqual', 'notDeepEqual', 'deepStrictEqual', 'notDeepStrictEqual',
  'strictEqual', 'notStrictEqual', 'partialDeepStrictEqual', 'match', 'doesNotMatch', 'throws', 'rejects', 'doesNotThrow',
  'doesNotReject', 'ifError']) {
  assert[name] = assertions[name];
}
assert.strict = Object.defineProperties(strict, Object.getOwnPropertyDescriptors({
  ...Object.fromEntries(Object.keys(assertions).map((name) => [name, assertions[name]])),
  equal: assertions.strictEqual,
  deepEqual: assertions.deepStrictEqual,
  notEqual: assertions.notStrictEqual,
  notDeepEqual: assertions.notDeepStrictEqual,
}));
Object.defineProperty(strict, 'AssertionError', Object.getOwnPropertyDescriptor(assert, 'AssertionError'));
assert.Assert = Assert;
strict.Assert = Assert;
assert.strict.strict = assert.strict;
