'use strict';

// Makes text of the events of a run.

function spec(...args) {
  return Reflect.construct(require('internal/test/reporters/spec').SpecReporter, args);
}

function lcov(...args) {
  return Reflect.construct(require('internal/test/reporters/lcov').LcovReporter, args);
}

function lazy(get) {
  return { __proto__: null, configurable: true, enumerable: true, get };
}

function fixed(value) {
  return { __proto__: null, configurable: true, enumerable: true, value };
}

module.exports = Object.defineProperties({ __proto__: null }, {
  dot: lazy(() => require('internal/test/reporters/dot').dot),
  junit: lazy(() => require('internal/test/reporters/junit').junitReporter),
  spec: fixed(spec),
  tap: lazy(() => require('internal/test/reporters/tap').tapReporter),
  lcov: fixed(lcov),
});
