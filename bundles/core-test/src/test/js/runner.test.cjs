'use strict';

const assert = require('node:assert');
const { after, afterEach, beforeEach, describe, it, test } = require('node:test');

const order = [];

describe('suite', () => {
  beforeEach(() => order.push('before'));
  afterEach(() => order.push('after'));
  it('first', () => { order.push('first'); });
  it('second', async () => { order.push('second'); });
  it('skipped', { skip: true }, () => assert.fail('skipped'));
  it('called back', (t, done) => setImmediate(done));
});

test('mocks', async (t) => {
  const fn = t.mock.fn((a) => a * 2);
  assert.strictEqual(fn(4), 8);
  assert.strictEqual(fn.mock.callCount(), 1);
  const object = { value() { return 1; } };
  t.mock.method(object, 'value', () => 2);
  assert.strictEqual(object.value(), 2);
  object.value.mock.restore();
  assert.strictEqual(object.value(), 1);
  await t.test('inner', (inner) => { inner.assert.ok(inner.fullName.includes('inner')); });
});

after(() => {
  assert.deepStrictEqual(order.slice(0, 6), ['before', 'first', 'after', 'before', 'second', 'after']);
});
