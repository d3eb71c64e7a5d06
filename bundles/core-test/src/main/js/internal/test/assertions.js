'use strict';

// The functions of assert that a test's context offers.

const assert = require('assert');

const names = [
  'deepEqual', 'deepStrictEqual', 'doesNotMatch', 'doesNotReject', 'doesNotThrow', 'equal', 'fail', 'ifError', 'match',
  'notDeepEqual', 'notDeepStrictEqual', 'notEqual', 'notStrictEqual', 'partialDeepStrictEqual', 'rejects', 'strictEqual',
  'throws', 'ok',
];

const registered = new Map();

// `plan` is told of each call.
function forContext(count) {
  const offered = { __proto__: null };
  for (const name of names) {
    offered[name] = (...args) => {
      count();
      return assert[name](...args);
    };
  }
  for (const [name, fn] of registered) {
    offered[name] = function(...args) {
      count();
      return Reflect.apply(fn, this, args);
    };
  }
  return offered;
}

function register(name, fn) {
  registered.set(name, fn);
}

module.exports = { forContext, register };
