'use strict';

// t.assert: the functions of assert, snapshots, and what the program has registered.

const { validateFunction, validateString } = require('internal/validators');

const notOffered = new Set(['AssertionError', 'strict', 'Assert', 'options', 'default']);
const registered = new Map();

function forTest(test, context) {
  const assert = require('assert');
  const offered = { __proto__: null };
  for (const name of Object.keys(assert)) {
    if (notOffered.has(name) || typeof assert[name] !== 'function') continue;
    const method = assert[name];
    offered[name] = function(...args) {
      test.plan?.count();
      try {
        return Reflect.apply(method, this, args);
      } catch (error) {
        // The place of the program's call is what counts.
        if (error?.code === 'ERR_ASSERTION') Error.captureStackTrace(error, offered[name]);
        throw error;
      }
    };
  }
  const snapshots = (name) => (...args) => {
    test.plan?.count();
    return require('internal/test/snapshot')[name](test, ...args);
  };
  offered.snapshot = snapshots('snapshot');
  offered.fileSnapshot = snapshots('fileSnapshot');
  for (const [name, fn] of registered) {
    offered[name] = function(...args) {
      test.plan?.count();
      return Reflect.apply(fn, context, args);
    };
  }
  return offered;
}

function register(name, fn) {
  validateString(name, 'name');
  validateFunction(fn, 'fn');
  registered.set(name, fn);
}

module.exports = { forTest, register };
