'use strict';
// What hooks are told of ticks, microtasks, timers, promises and requests.

const assert = require('node:assert');
const async_hooks = require('node:async_hooks');
const fs = require('node:fs');

const told = new Map();
const hook = async_hooks.createHook({
  init(id, type, trigger) { told.set(id, { type, trigger, events: ['init'] }); },
  before(id) { told.get(id)?.events.push('before'); },
  after(id) { told.get(id)?.events.push('after'); },
  destroy(id) { told.get(id)?.events.push('destroy'); },
  promiseResolve(id) { told.get(id)?.events.push('promiseResolve'); },
}).enable();
const top = async_hooks.executionAsyncId();

const seen = {};
function note(name) {
  const id = async_hooks.executionAsyncId();
  seen[name] = { id, trigger: async_hooks.triggerAsyncId(), resource: async_hooks.executionAsyncResource() };
  assert.strictEqual(told.get(id).trigger, seen[name].trigger, name);
}

const timer = setTimeout(() => {
  note('timeout');
  process.nextTick(() => note('tick in timeout'));
}, 1);
const immediate = setImmediate(() => note('immediate'));
const cleared = setTimeout(() => {}, 1000);
clearTimeout(cleared);
process.nextTick(() => note('tick'));
queueMicrotask(() => note('microtask'));
const promise = Promise.resolve();
promise.then(() => note('reaction'));
fs.access(__filename, () => note('access'));
let count = 0;
const interval = setInterval(() => {
  note(`interval ${++count}`);
  if (count === 2) clearInterval(interval);
}, 1);

// An uncaught error is told with the operation that threw it, which is over then.
const thrower = setTimeout(() => { throw new Error('meant'); }, 2);
let during;
process.once('uncaughtException', (error) => {
  assert.strictEqual(error.message, 'meant');
  during = async_hooks.executionAsyncId();
});

setTimeout(() => {
  hook.disable();
  const untold = told.size;
  setTimeout(() => {}, 1);
  assert.strictEqual(told.size, untold);

  const { timeout, 'tick in timeout': inner, tick, microtask, reaction, access, immediate: check } = seen;
  const of = (entry) => told.get(entry.id);
  assert.deepStrictEqual(of(timeout), { type: 'Timeout', trigger: top, events: ['init', 'before', 'after', 'destroy'] });
  assert.strictEqual(timeout.resource, timer);
  assert.deepStrictEqual(of(check), { type: 'Immediate', trigger: top, events: ['init', 'before', 'after', 'destroy'] });
  assert.strictEqual(check.resource, immediate);
  assert.deepStrictEqual(of(inner), { type: 'TickObject', trigger: timeout.id, events: ['init', 'before', 'after', 'destroy'] });
  assert.deepStrictEqual(of(tick).events, ['init', 'before', 'after', 'destroy']);
  assert.strictEqual(of(microtask).type, 'Microtask');
  assert.strictEqual(of(access).type, 'FSREQCALLBACK');
  assert.deepStrictEqual(of(reaction).events.filter((event) => event !== 'destroy'), ['init', 'before', 'promiseResolve', 'after']);
  assert.strictEqual(of(reaction).type, 'PROMISE');
  assert.strictEqual(told.get(of(reaction).trigger).type, 'PROMISE');
  assert.strictEqual(seen['interval 1'].id, seen['interval 2'].id);
  assert.deepStrictEqual(of(seen['interval 1']).events.filter((event) => event !== 'destroy'), ['init', 'before', 'after', 'before', 'after']);
  assert.ok([...told.values()].some(({ type, events }) => type === 'Timeout' && events.join() === 'init,destroy'), 'cleared');

  const thrown = [...told].find(([id]) => id === during);
  assert.strictEqual(thrown[1].type, 'Timeout');
  assert.deepStrictEqual(thrown[1].events, ['init', 'before', 'after', 'destroy']);
  assert.ok(thrower);
}, 60);
