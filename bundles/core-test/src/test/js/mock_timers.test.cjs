'use strict';

const assert = require('node:assert');
const timers = require('node:timers/promises');
const { mock, test } = require('node:test');

test('a clock that is told', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout', 'setInterval', 'Date'], now: 1000 });
  const fn = t.mock.fn();
  setTimeout(fn, 100, 'late');
  const interval = setInterval(fn, 40, 'again');
  assert.strictEqual(Date.now(), 1000);
  t.mock.timers.tick(99);
  assert.deepStrictEqual(fn.mock.calls.map((call) => call.arguments[0]), ['again', 'again']);
  t.mock.timers.tick(1);
  assert.strictEqual(fn.mock.callCount(), 3);
  clearInterval(interval);
  t.mock.timers.tick(1000);
  assert.strictEqual(fn.mock.callCount(), 3);
  assert.strictEqual(new Date().getTime(), 2100);
  const promise = timers.setTimeout(50, 'value');
  t.mock.timers.runAll();
  assert.strictEqual(await promise, 'value');
});

test('the real one is back', () => {
  assert.ok(Date.now() > 1e12);
  assert.throws(() => mock.timers.tick(1), { code: 'ERR_INVALID_STATE' });
});

test('properties', (t) => {
  const object = { value: 1 };
  const property = t.mock.property(object, 'value', 2);
  assert.strictEqual(object.value, 2);
  object.value = 3;
  assert.strictEqual(property.mock.accessCount(), 2);
  property.mock.restore();
  assert.strictEqual(object.value, 1);
});
