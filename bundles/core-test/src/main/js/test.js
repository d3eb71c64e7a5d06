'use strict';

const runner = require('internal/test/runner');

function test(...args) {
  return runner.addTest(args, {}, test);
}

function suite(...args) {
  return runner.addSuite(args, {}, suite);
}

for (const name of ['skip', 'todo', 'only']) {
  test[name] = (...args) => runner.addTest(args, { [name]: true }, test[name]);
  suite[name] = (...args) => runner.addSuite(args, { [name]: true }, suite[name]);
}

module.exports = Object.assign(test, {
  after: runner.hook('after'),
  afterEach: runner.hook('afterEach'),
  before: runner.hook('before'),
  beforeEach: runner.hook('beforeEach'),
  describe: suite,
  it: test,
  run() {
    throw new Error('run() of node:test is not implemented');
  },
  suite,
  test,
});

for (const [name, load] of [['mock', () => runner.globalMock()], ['assert', () => require('internal/test/assertions')]]) {
  Object.defineProperty(test, name, { __proto__: null, configurable: true, enumerable: true, get: load });
}
