'use strict';

const assert = require('node:assert');
const EventEmitter = require('node:events');

// Order, once, prepend, and removal during emission.
{
  const emitter = new EventEmitter();
  const heard = [];
  const second = () => heard.push('second');
  emitter.on('x', (value) => { heard.push(`first ${value}`); emitter.off('x', second); });
  emitter.on('x', second);
  emitter.once('x', function(value) { heard.push(`once ${value} ${this === emitter}`); });
  emitter.prependListener('x', () => heard.push('zeroth'));
  assert.strictEqual(emitter.emit('x', 1), true);
  assert.strictEqual(emitter.emit('x', 2), true);
  assert.strictEqual(emitter.emit('nobody'), false);
  assert.deepStrictEqual(heard, ['zeroth', 'first 1', 'second', 'once 1 true', 'zeroth', 'first 2']);
  assert.strictEqual(emitter.listenerCount('x'), 2);
}

// An ES5 subclass, and events about listeners.
{
  function Old() { EventEmitter.call(this); }
  Object.setPrototypeOf(Old.prototype, EventEmitter.prototype);
  const emitter = new Old();
  const told = [];
  emitter.on('newListener', (name, listener) => told.push(['new', name, listener]));
  emitter.on('removeListener', (name, listener) => told.push(['removed', name, listener]));
  const listener = () => {};
  emitter.once('x', listener);
  emitter.emit('x');
  assert.deepStrictEqual(told.slice(1), [['new', 'x', listener], ['removed', 'x', listener]]);
}

// Errors that nobody listens to.
assert.throws(() => new EventEmitter().emit('error', new RangeError('boom')), { name: 'RangeError', message: 'boom' });
assert.throws(() => new EventEmitter().emit('error', { a: 1 }),
              { code: 'ERR_UNHANDLED_ERROR', message: 'Unhandled error. ({ a: 1 })' });
assert.throws(() => new EventEmitter().on('x', 1), { code: 'ERR_INVALID_ARG_TYPE' });

// Promises: once, on, and rejections of listeners.
(async () => {
  const emitter = new EventEmitter({ captureRejections: true });
  setImmediate(() => emitter.emit('x', 1, 2));
  assert.deepStrictEqual(await EventEmitter.once(emitter, 'x'), [1, 2]);

  setImmediate(() => { emitter.emit('y', 1); emitter.emit('y', 2); });
  const seen = [];
  for await (const [value] of EventEmitter.on(emitter, 'y')) {
    seen.push(value);
    if (value === 2) break;
  }
  assert.deepStrictEqual(seen, [1, 2]);
  assert.strictEqual(emitter.listenerCount('y'), 0);

  emitter.on('z', async () => { throw new Error('late'); });
  const failed = EventEmitter.once(emitter, 'error');
  emitter.emit('z');
  assert.strictEqual((await failed)[0].message, 'late');

  const controller = new AbortController();
  const waiting = EventEmitter.once(emitter, 'never', { signal: controller.signal });
  controller.abort();
  await assert.rejects(waiting, { name: 'AbortError', code: 'ABORT_ERR' });
})();
