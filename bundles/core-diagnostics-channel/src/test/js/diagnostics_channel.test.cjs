'use strict';

const assert = require('node:assert');
const { AsyncLocalStorage } = require('node:async_hooks');
const dc = require('node:diagnostics_channel');

// Channels by name
const channel = dc.channel('test:a');
assert.strictEqual(dc.channel('test:a'), channel);
assert.strictEqual(channel.name, 'test:a');
assert.ok(channel instanceof dc.Channel);
assert.strictEqual(channel.hasSubscribers, false);
assert.throws(() => dc.channel(1), { code: 'ERR_INVALID_ARG_TYPE' });
assert.throws(() => channel.subscribe(1), { code: 'ERR_INVALID_ARG_TYPE' });
const symbol = Symbol('s');
assert.strictEqual(dc.channel(symbol), dc.channel(symbol));

// Publishing
const seen = [];
const first = (message, name) => seen.push(['first', message, name]);
const second = (message, name) => seen.push(['second', message, name]);
channel.publish('to nobody');
channel.subscribe(first);
dc.subscribe('test:a', second);
assert.strictEqual(dc.hasSubscribers('test:a'), true);
assert.ok(channel instanceof dc.Channel);
const message = {};
channel.publish(message);
assert.deepStrictEqual(seen, [['first', message, 'test:a'], ['second', message, 'test:a']]);
assert.strictEqual(seen[0][1], message);
assert.strictEqual(channel.unsubscribe(first), true);
assert.strictEqual(channel.unsubscribe(first), false);
assert.strictEqual(dc.unsubscribe('test:a', second), true);
assert.strictEqual(dc.unsubscribe('test:none', second), false);
assert.strictEqual(channel.hasSubscribers, false);
channel.publish('to nobody');
assert.strictEqual(seen.length, 2);

// One who unsubscribes while it is called disturbs no other.
const calls = [];
function once() {
  calls.push('once');
  channel.unsubscribe(once);
}
const always = () => calls.push('always');
channel.subscribe(once);
channel.subscribe(always);
channel.publish(1);
channel.publish(2);
assert.deepStrictEqual(calls, ['once', 'always', 'always']);
channel.unsubscribe(always);

// What a subscriber throws is an uncaught exception; the publisher goes on.
const thrown = new Promise((resolve) => process.once('uncaughtException', resolve));
const failing = () => { throw new Error('subscriber'); };
const after = [];
channel.subscribe(failing);
channel.subscribe((value) => after.push(value));
channel.publish(7);
channel.unsubscribe(failing);
assert.deepStrictEqual(after, [7]);

// Stores
const storage = new AsyncLocalStorage();
const stores = dc.channel('test:store');
stores.bindStore(storage, (data) => ({ id: data.id }));
const result = stores.runStores({ id: 3 }, function(a, b) {
  assert.deepStrictEqual(storage.getStore(), { id: 3 });
  return this.base + a + b;
}, { base: 1 }, 2, 3);
assert.strictEqual(result, 6);
assert.strictEqual(storage.getStore(), undefined);
assert.strictEqual(stores.unbindStore(storage), true);
assert.strictEqual(stores.unbindStore(storage), false);
stores.runStores({ id: 4 }, () => assert.strictEqual(storage.getStore(), undefined));

// Tracing: synchronous, promises, callbacks
const tracing = dc.tracingChannel('test:trace');
const events = [];
const handlers = {};
for (const name of ['start', 'end', 'asyncStart', 'asyncEnd', 'error']) {
  handlers[name] = (context) => events.push([name, context.result, context.error?.message]);
  assert.strictEqual(tracing[name].name, `tracing:test:trace:${name}`);
}
tracing.subscribe(handlers);
assert.strictEqual(tracing.hasSubscribers, true);
const take = () => events.splice(0).map(([name]) => name);

const context = { own: 1 };
assert.strictEqual(tracing.traceSync((a) => a * 2, context, null, 21), 42);
assert.deepStrictEqual(context, { own: 1, result: 42 });
assert.deepStrictEqual(take(), ['start', 'end']);
assert.throws(() => tracing.traceSync(() => { throw new Error('sync'); }), /sync/);
assert.deepStrictEqual(take(), ['start', 'error', 'end']);

(async () => {
  assert.strictEqual((await thrown).message, 'subscriber');

  const fulfilled = tracing.tracePromise(async (value) => value, {}, undefined, 5);
  assert.deepStrictEqual(take(), ['start', 'end']);
  assert.strictEqual(await fulfilled, 5);
  assert.deepStrictEqual(events.splice(0), [['asyncStart', 5, undefined], ['asyncEnd', 5, undefined]]);

  await assert.rejects(tracing.tracePromise(() => Promise.reject(new Error('later'))), /later/);
  assert.deepStrictEqual(take(), ['start', 'end', 'error', 'asyncStart', 'asyncEnd']);

  await new Promise((resolve) => {
    tracing.traceCallback((value, callback) => {
      setImmediate(callback, null, value);
    }, 1, {}, null, 'given', (error, value) => {
      assert.strictEqual(value, 'given');
      assert.deepStrictEqual(take(), ['start', 'end', 'asyncStart']);
      setImmediate(resolve);
    });
  });
  assert.deepStrictEqual(take(), ['asyncEnd']);
  assert.throws(() => tracing.traceCallback(() => {}, 0, {}, null, 1), { code: 'ERR_INVALID_ARG_TYPE' });

  assert.strictEqual(tracing.unsubscribe(handlers), true);
  assert.strictEqual(tracing.unsubscribe(handlers), false);
  assert.strictEqual(tracing.hasSubscribers, false);
  tracing.traceSync(() => {});
  assert.deepStrictEqual(events, []);
})().catch((error) => {
  process.exitCode = 1;
  console.error(error);
});
