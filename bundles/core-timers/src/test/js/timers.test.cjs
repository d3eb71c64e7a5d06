'use strict';

const assert = require('node:assert');
const { AsyncLocalStorage } = require('node:async_hooks');
const { stat } = require('node:fs');
const timers = require('node:timers');
const promises = require('node:timers/promises');

assert.strictEqual(timers.setTimeout, setTimeout);
assert.strictEqual(timers.promises, promises);

async function order() {
  const seen = [];
  const note = (name) => () => seen.push(name);
  setTimeout(note('timeout'), 0);
  setImmediate(note('immediate'));
  queueMicrotask(note('microtask'));
  process.nextTick(note('tick'));
  note('sync')();
  await promises.setTimeout(5);
  await promises.setImmediate();
  assert.deepStrictEqual(seen.slice(0, 3), ['sync', 'tick', 'microtask']);
  assert.deepStrictEqual(seen.slice(3).sort(), ['immediate', 'timeout']);

  const byTime = [];
  // Far enough apart for a slow machine, which takes its time between these lines.
  setTimeout(() => byTime.push('b'), 150);
  setTimeout(() => byTime.push('a'), 2);
  setTimeout(() => byTime.push('c'), 150);
  const start = performance.now();
  while (performance.now() - start < 300) {
    // All three become due together.
  }
  await new Promise((resolve) => setTimeout(resolve, 150));
  assert.deepStrictEqual(byTime, ['a', 'b', 'c']);

  // Between two timers of one turn, ticks and microtasks run.
  const interleaved = [];
  await new Promise((resolve) => {
    setTimeout(() => {
      interleaved.push(1);
      process.nextTick(() => interleaved.push('tick'));
      Promise.resolve().then(() => interleaved.push('microtask'));
    }, 1);
    setTimeout(() => {
      interleaved.push(2);
      resolve();
    }, 1);
  });
  assert.deepStrictEqual(interleaved, [1, 'tick', 'microtask', 2]);

  // In a callback of the poll phase, an immediate comes before a timer.
  await new Promise((resolve) => {
    stat(__filename, () => {
      const phases = [];
      setTimeout(() => {
        phases.push('timeout');
        assert.deepStrictEqual(phases, ['immediate', 'timeout']);
        resolve();
      }, 1);
      setImmediate(() => phases.push('immediate'));
    });
  });
}

async function handles() {
  const timer = setTimeout(() => assert.fail('cleared'), 5);
  assert.strictEqual(timer.constructor.name, 'Timeout');
  assert.strictEqual(timer.hasRef(), true);
  assert.strictEqual(timer.unref(), timer);
  assert.strictEqual(timer.hasRef(), false);
  assert.strictEqual(timer.ref().hasRef(), true);
  const id = +timer;
  assert.strictEqual(typeof id, 'number');
  clearTimeout(id);
  clearTimeout(String(id));
  clearTimeout(timer);
  clearTimeout(undefined);
  clearTimeout({});

  const closed = setTimeout(() => assert.fail('closed'), 1);
  assert.strictEqual(closed.close(), closed);
  const disposed = setTimeout(() => assert.fail('disposed'), 1);
  disposed[Symbol.dispose]();

  const immediate = setImmediate(() => assert.fail('cleared'));
  assert.strictEqual(immediate.constructor.name, 'Immediate');
  clearImmediate(immediate);
  clearImmediate(immediate);

  let fired = 0;
  const refreshed = setTimeout(() => fired++, 10);
  assert.strictEqual(refreshed.refresh(), refreshed);
  await promises.setTimeout(30);
  assert.strictEqual(fired, 1);
  refreshed.refresh();
  await promises.setTimeout(30);
  assert.strictEqual(fired, 2);

  let ticks = 0;
  await new Promise((resolve) => {
    const interval = setInterval(function(a, b) {
      assert.strictEqual(this, interval);
      assert.deepStrictEqual([a, b], ['x', 'y']);
      if (++ticks === 3) {
        clearInterval(this);
        setTimeout(resolve, 10);
      }
    }, 1, 'x', 'y');
  });
  assert.strictEqual(ticks, 3);
}

async function arguments_() {
  for (const wrong of [undefined, null, 'code', {}]) {
    assert.throws(() => setTimeout(wrong), { code: 'ERR_INVALID_ARG_TYPE' });
    assert.throws(() => setImmediate(wrong), { code: 'ERR_INVALID_ARG_TYPE' });
    assert.throws(() => setInterval(wrong), { code: 'ERR_INVALID_ARG_TYPE' });
  }
  const warnings = [];
  const listener = (warning) => warnings.push(warning.name);
  process.on('warning', listener);
  await new Promise((resolve) => setTimeout(resolve, 2 ** 31));
  await new Promise((resolve) => setTimeout(resolve, '1'));
  await promises.setTimeout(1);
  assert.ok(warnings.includes('TimeoutOverflowWarning'), String(warnings));
  process.off('warning', listener);
}

async function context() {
  const storage = new AsyncLocalStorage();
  const seen = await storage.run('inside', () => new Promise((resolve) => {
    const all = [];
    setTimeout(() => {
      all.push(storage.getStore());
      setImmediate(() => {
        all.push(storage.getStore());
        resolve(all);
      });
    }, 1);
  }));
  assert.deepStrictEqual(seen, ['inside', 'inside']);
  assert.strictEqual(storage.getStore(), undefined);
}

async function promised() {
  assert.strictEqual(await promises.setTimeout(1, 'value'), 'value');
  assert.strictEqual(await promises.setImmediate('value'), 'value');
  assert.strictEqual(await promises.scheduler.wait(1), undefined);
  await promises.scheduler.yield();

  const controller = new AbortController();
  const aborted = promises.setTimeout(10000, null, { signal: controller.signal });
  controller.abort('why');
  await assert.rejects(aborted, { name: 'AbortError', code: 'ABORT_ERR', cause: 'why' });
  await assert.rejects(promises.setImmediate(1, { signal: AbortSignal.abort() }), { name: 'AbortError' });
  await assert.rejects(promises.setTimeout(1, 1, { ref: 'x' }), { code: 'ERR_INVALID_ARG_TYPE' });
  await assert.rejects(promises.setTimeout(1, 1, { signal: {} }), { code: 'ERR_INVALID_ARG_TYPE' });

  const values = [];
  for await (const value of promises.setInterval(1, 'again')) {
    values.push(value);
    if (values.length === 3) {
      break;
    }
  }
  assert.deepStrictEqual(values, ['again', 'again', 'again']);
}

async function errors() {
  const uncaught = new Promise((resolve) => process.once('uncaughtException', resolve));
  let next = false;
  setTimeout(() => { throw new Error('timer'); }, 1);
  setTimeout(() => { next = true; }, 1);
  assert.strictEqual((await uncaught).message, 'timer');
  await promises.setTimeout(5);
  assert.strictEqual(next, true, 'the next timer runs');
}

// Nothing that is not referenced keeps the process alive.
setTimeout(() => assert.fail('unref'), 60000).unref();
setInterval(() => {}, 60000).unref();
setImmediate(() => {}).unref();

(async () => {
  await order();
  await handles();
  await arguments_();
  await context();
  await promised();
  await errors();
})().catch((error) => {
  process.exitCode = 1;
  console.error(error);
});
