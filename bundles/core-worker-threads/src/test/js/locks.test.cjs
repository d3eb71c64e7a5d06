'use strict';

// Web Locks: in one thread, and between threads.

const assert = require('node:assert');
const { Worker, locks } = require('node:worker_threads');

assert.strictEqual(navigator.locks, locks);
assert.strictEqual(Object.prototype.toString.call(locks), '[object LockManager]');
assert.throws(() => new locks.constructor(), TypeError);

const named = (name) => (error) => error instanceof DOMException && error.name === name;

async function oneThread() {
  assert.strictEqual(await locks.request('a', (lock) => `${lock.name} ${lock.mode}`), 'a exclusive');
  await locks.request('a', async () => {
    assert.strictEqual(await locks.request('a', { ifAvailable: true }, (lock) => lock), null);
    const later = locks.request('a', { mode: 'shared' }, () => 'later');
    const { held, pending } = await locks.query();
    assert.deepStrictEqual(held, [{ name: 'a', mode: 'exclusive', clientId: `node-${process.pid}-0` }]);
    assert.deepStrictEqual(pending, [{ name: 'a', mode: 'shared', clientId: `node-${process.pid}-0` }]);
    later.then((value) => assert.strictEqual(value, 'later'));
  });
  await locks.request('s', { mode: 'shared' }, () => locks.request('s', { mode: 'shared' }, () => 1));

  const loser = locks.request('stolen', () => new Promise(() => {}));
  const lost = assert.rejects(loser, named('AbortError'));
  assert.strictEqual(await locks.request('stolen', { steal: true }, () => 2), 2);
  await lost;

  const controller = new AbortController();
  await locks.request('b', async () => {
    const waiting = locks.request('b', { signal: controller.signal }, () => {});
    controller.abort();
    await assert.rejects(waiting, named('AbortError'));
  });
  await assert.rejects(locks.request('c', () => { throw new RangeError('mine'); }), RangeError);
}

async function refusals() {
  await assert.rejects(locks.request('x'), { code: 'ERR_INVALID_ARG_TYPE' });
  await assert.rejects(locks.request('-x', () => {}), named('NotSupportedError'));
  await assert.rejects(locks.request('x', { steal: true, ifAvailable: true }, () => {}), named('NotSupportedError'));
  await assert.rejects(locks.request('x', { steal: true, mode: 'shared' }, () => {}), named('NotSupportedError'));
  await assert.rejects(locks.request('x', { mode: 'other' }, () => {}), { code: 'ERR_INVALID_ARG_VALUE' });
}

/** A worker that holds a lock is waited for; its end gives the lock back. */
async function twoThreads() {
  const worker = new Worker(`
    const { parentPort } = require('node:worker_threads');
    setInterval(() => {}, 1000);
    navigator.locks.request('between', () => { parentPort.postMessage('held'); return new Promise(() => {}); });
  `, { eval: true });
  await new Promise((resolve) => { worker.once('message', resolve); });
  assert.strictEqual(await locks.request('between', { ifAvailable: true }, (lock) => lock), null);
  const mine = locks.request('between', () => 'free');
  await worker.terminate();
  assert.strictEqual(await mine, 'free');
}

oneThread().then(refusals).then(twoThreads).catch((error) => {
  console.error(error);
  process.exit(1);
});
