'use strict';

const assert = require('node:assert');
const { AsyncLocalStorage, AsyncResource, executionAsyncId } = require('node:async_hooks');

const storage = new AsyncLocalStorage();
const other = new AsyncLocalStorage({ defaultValue: 'none', name: 'other' });
assert.strictEqual(storage.getStore(), undefined);
assert.strictEqual(other.getStore(), 'none');
assert.strictEqual(other.name, 'other');

const seen = [];
const note = (where) => seen.push(`${where} ${storage.getStore()}`);
const result = storage.run(1, (a) => {
  process.nextTick(note, 'tick');
  Promise.resolve().then(() => note('promise'));
  queueMicrotask(() => note('microtask'));
  setTimeout(note, 1, 'timer');
  setImmediate(note, 'immediate');
  (async () => {
    await null;
    note('await');
  })();
  storage.run(2, () => note('inner'));
  storage.exit(() => note('outside'));
  return a + storage.getStore();
}, 10);
assert.strictEqual(result, 11);
assert.strictEqual(storage.getStore(), undefined);

const snapshot = storage.run('then', () => AsyncLocalStorage.snapshot());
assert.strictEqual(storage.run('now', () => snapshot(() => storage.getStore())), 'then');

const resource = storage.run('made', () => new AsyncResource('TEST'));
storage.run('called', () => {
  assert.strictEqual(resource.runInAsyncScope(() => storage.getStore()), 'made');
  assert.strictEqual(resource.bind(() => executionAsyncId())(), resource.asyncId());
  assert.strictEqual(storage.getStore(), 'called');
});

// On a slow machine both timers may be due before the first check phase.
setTimeout(() => setImmediate(() => {
  assert.deepStrictEqual(seen.sort(), [
    'await 1', 'immediate 1', 'inner 2', 'microtask 1', 'outside undefined', 'promise 1', 'tick 1', 'timer 1',
  ]);
}), 50);
