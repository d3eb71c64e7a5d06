'use strict';

const { add, addHook, addSuite, current, owner } = require('internal/test/harness');

function named(name, fn) {
  Object.defineProperty(fn, 'name', { __proto__: null, value: name, configurable: true });
  return fn;
}

function makeTest(adder) {
  const test = named('test', (name, options, fn) => adder([name, options, fn]));
  for (const kind of ['expectFailure', 'skip', 'todo', 'only']) {
    const value = kind === 'expectFailure' ? { expectFailure: true } : { [kind]: true };
    test[kind] = named('', (name, options, fn) => adder([name, options, fn], value));
  }
  return test;
}

const test = makeTest(add);
const suite = makeTest(addSuite);

function hook(kind) {
  return named('', (fn, options) => addHook(kind, fn, options));
}

function run(options = { __proto__: null }) {
  return require('internal/test/run').run(options);
}
Object.defineProperty(run, 'length', { __proto__: null, value: 0, configurable: true });

function getTestContext() {
  const test = owner();
  return test === current().root ? undefined : test.contextFor();
}

module.exports = Object.assign(test, {
  after: hook('after'),
  afterEach: hook('afterEach'),
  before: hook('before'),
  beforeEach: hook('beforeEach'),
  describe: suite,
  getTestContext,
  it: test,
  run,
  suite,
  test,
});

let mock;
let snapshot;
let assertions;

const lazy = {
  mock: () => (mock ??= new (require('internal/test/mock').MockTracker)()),
  snapshot() {
    const { setDefaultSnapshotSerializers, setResolveSnapshotPath } = require('internal/test/snapshot');
    return snapshot ??= { __proto__: null, setDefaultSnapshotSerializers, setResolveSnapshotPath };
  },
  assert: () => (assertions ??= { __proto__: null, register: require('internal/test/assertions').register }),
};
for (const name of Object.keys(lazy)) {
  Object.defineProperty(test, name, { __proto__: null, configurable: true, enumerable: true, get: lazy[name] });
}
