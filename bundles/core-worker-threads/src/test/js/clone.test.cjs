'use strict';

// What structuredClone and postMessage copy, and what they refuse.

const assert = require('node:assert');

const refused = (value, message) => {
  const { port1 } = new MessageChannel();
  for (const copy of [structuredClone, (item) => port1.postMessage(item)]) {
    assert.throws(() => copy(value), (error) => {
      assert.ok(error instanceof DOMException);
      assert.strictEqual(error.name, 'DataCloneError');
      assert.strictEqual(error.code, 25);
      assert.strictEqual(error.message, `${message} could not be cloned.`);
      return true;
    });
  }
};
refused(() => 1, '() => 1');
refused({ deep: [{ method() {} }] }, 'method() {}');
refused(Symbol('x'), 'Symbol(x)');
refused(Object(Symbol()), '[object Symbol]');
refused([Symbol.iterator], 'Symbol(Symbol.iterator)');
refused(class A {}, 'class A {}');
refused(new WeakMap(), '#<WeakMap>');
refused(Promise.resolve(), '#<Promise>');
refused(new Proxy({}, {}), '#<Object>');
refused((function*() {})(), '[object Generator]');
refused(globalThis, '#<Object>');
assert.throws(() => structuredClone(), { code: 'ERR_MISSING_ARGS' });
assert.throws(() => structuredClone(1, 5), { code: 'ERR_INVALID_ARG_TYPE' });
assert.throws(() => structuredClone(1, { transfer: 5 }), { code: 'ERR_INVALID_ARG_TYPE' });
assert.throws(() => structuredClone(1, { transfer: [{}] }), { name: 'DataCloneError' });
assert.throws(() => structuredClone(new MessageChannel().port1), { name: 'DataCloneError' });

// Kinds of values
const sparse = Object.assign([1, , 3], { extra: 5 });
for (const value of [null, undefined, -0, 10n, 'text', sparse, new Date(NaN), Object(1n), Object('s'), Object(false), new Float64Array([1, 2])]) {
  assert.deepStrictEqual(structuredClone(value), value);
}
const pattern = /a/gi;
pattern.lastIndex = 3;
assert.strictEqual(structuredClone(pattern).lastIndex, 0);
assert.deepStrictEqual(structuredClone(Object.create({ inherited: 1 }, { hidden: { value: 2 } })), {});
assert.strictEqual(structuredClone(Buffer.from('a')).constructor, Uint8Array);
const shared = new SharedArrayBuffer(8);
new Uint8Array(shared)[0] = 7;
assert.strictEqual(new Uint8Array(structuredClone(shared))[0], 7);
const cycle = { map: new Map() };
cycle.map.set(cycle, new Set([cycle]));
const copied = structuredClone(cycle);
assert.ok(copied.map.get(copied).has(copied));
assert.throws(() => structuredClone({ get trap() { throw new RangeError('mine'); } }), RangeError);

// Errors keep name, message, stack and cause alone.
const error = Object.assign(new TypeError('wrong', { cause: { a: 5 } }), { code: 'E' });
const same = structuredClone(error);
assert.ok(same instanceof TypeError);
assert.strictEqual(same.stack, error.stack);
assert.strictEqual(same.message, 'wrong');
assert.deepStrictEqual(same.cause, { a: 5 });
assert.strictEqual('code' in same, false);
const odd = new Error('odd');
odd.name = 'Odd';
assert.strictEqual(structuredClone(odd).constructor, Error);
assert.strictEqual(structuredClone(new DOMException('stop', 'AbortError')).name, 'AbortError');
assert.strictEqual(structuredClone(new Blob(['abc'], { type: 'text/plain' })).size, 3);

// Transfer: views follow their buffer, and nothing moves when something is refused.
const buffer = new Uint8Array([1, 2, 3, 4]).buffer;
assert.throws(() => structuredClone([buffer, () => {}], { transfer: [buffer] }), { name: 'DataCloneError' });
assert.strictEqual(buffer.byteLength, 4);
const moved = structuredClone({ view: new Uint8Array(buffer, 1, 2), buffer }, { transfer: [buffer] });
assert.strictEqual(moved.view.buffer, moved.buffer);
assert.deepStrictEqual([...moved.view], [2, 3]);
assert.strictEqual(buffer.detached, true);
assert.throws(() => structuredClone(buffer), { message: 'An ArrayBuffer is detached and could not be cloned.' });
const again = new ArrayBuffer(1);
assert.throws(() => structuredClone(1, { transfer: [again, again] }), { name: 'DataCloneError' });
const { port1 } = new MessageChannel();
structuredClone({ list: [port1] }, { transfer: [port1] }).list[0].close();
