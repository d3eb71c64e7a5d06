'use strict';

const assert = require('node:assert');

// Globals: what is enumerable, writable, and a getter until it is used
const shown = Object.keys(globalThis);
for (const name of ['clearImmediate', 'clearInterval', 'clearTimeout', 'global', 'performance', 'queueMicrotask', 'setImmediate',
  'setInterval', 'setTimeout', 'structuredClone', 'atob', 'btoa']) {
  assert.ok(shown.includes(name), name);
}
for (const name of ['Buffer', 'URL', 'URLSearchParams', 'AbortController', 'AbortSignal', 'Event', 'EventTarget', 'TextEncoder',
  'TextDecoder', 'MessageChannel', 'MessagePort', 'BroadcastChannel', 'Blob', 'DOMException', 'ReadableStream', 'WritableStream',
  'TransformStream', 'CompressionStream', 'Performance', 'PerformanceObserver']) {
  assert.strictEqual(typeof globalThis[name], 'function', name);
  const { enumerable, configurable } = Object.getOwnPropertyDescriptor(globalThis, name);
  assert.deepStrictEqual([enumerable, configurable], [false, true], name);
}
assert.strictEqual(global, globalThis);
assert.strictEqual(Object.prototype.toString.call(globalThis), '[object global]');
assert.strictEqual(Object.prototype.toString.call(process), '[object process]');
assert.strictEqual(Buffer, require('buffer').Buffer);
assert.strictEqual(URL, require('url').URL);
assert.strictEqual(typeof require('events').EventEmitter, 'function');
const { performance } = globalThis;
globalThis.performance = 'mine';
assert.strictEqual(globalThis.performance, 'mine');
globalThis.performance = performance;

// queueMicrotask
assert.throws(() => queueMicrotask('x'), { code: 'ERR_INVALID_ARG_TYPE' });
const order = [];
queueMicrotask(() => order.push('micro 1'));
process.nextTick((value) => order.push(value), 'tick');
Promise.resolve().then(() => {
  order.push('promise');
  process.nextTick(() => order.push('tick of a promise'));
  queueMicrotask(() => order.push('micro of a promise'));
});
queueMicrotask(() => order.push('micro 2'));
order.push('sync');

// structuredClone
const original = { date: new Date(1), map: new Map([['k', { deep: [1n] }]]), error: new RangeError('r') };
original.self = original;
const copy = structuredClone(original);
assert.notStrictEqual(copy, original);
assert.strictEqual(copy.self, copy);
assert.deepStrictEqual(copy.map, original.map);
assert.ok(copy.error instanceof RangeError && copy.date instanceof Date);

// Errors of Node.js: names, codes, stacks
let error;
try {
  Buffer.alloc('x');
} catch (thrown) {
  error = thrown;
}
assert.strictEqual(error.name, 'TypeError');
assert.strictEqual(error.code, 'ERR_INVALID_ARG_TYPE');
assert.strictEqual(error.message, 'The "size" argument must be of type number. Received type string (\'x\')');
assert.ok(!Object.keys(error).includes('code') || error.propertyIsEnumerable('code'));

// V8's stack API
function here() {
  return new Error('stack').stack.split('\n')[1];
}
assert.match(here(), /^ {4}at here \(.*globals\.test\.cjs:\d+:\d+\)$/);
const prepare = Error.prepareStackTrace;
Error.prepareStackTrace = (_, sites) => sites;
const [site] = new Error().stack;
Error.prepareStackTrace = prepare;
assert.strictEqual(site.getFileName(), __filename);
assert.ok(site.getLineNumber() > 0 && site.getColumnNumber() > 0);
const holder = {};
Error.captureStackTrace(holder, here);
assert.strictEqual(typeof holder.stack, 'string');
try {
  Buffer.from(5);
} catch (error) {
  assert.ok(error.stack.startsWith(`TypeError [ERR_INVALID_ARG_TYPE]: ${error.message}\n    at `));
}
const { stackTraceLimit } = Error;
Error.stackTraceLimit = 1;
assert.strictEqual(new Error('x').stack.split('\n').length, 2);
Error.stackTraceLimit = stackTraceLimit;

// Events and abortion
const controller = new AbortController();
const reasons = [];
controller.signal.addEventListener('abort', (event) => reasons.push(event.type), { once: true });
controller.abort(new Error('why'));
controller.abort();
assert.deepStrictEqual(reasons, ['abort']);
assert.throws(() => controller.signal.throwIfAborted(), /why/);
assert.strictEqual(AbortSignal.any([controller.signal]).aborted, true);

assert.strictEqual(atob(btoa('nodule')), 'nodule');
assert.throws(() => btoa('€'), { name: 'InvalidCharacterError' });
assert.throws(() => new DOMException('m', 'AbortError') && atob('*'), { code: 5 });

// Rejections without a handler, and handled later
const seen = [];
process.on('unhandledRejection', (reason) => seen.push(`unhandled ${reason}`));
process.on('rejectionHandled', () => seen.push('handled'));
const rejected = Promise.reject('r1');
Promise.reject('r2').catch(() => {});
setImmediate(() => {
  assert.deepStrictEqual(order, ['sync', 'tick', 'micro 1', 'promise', 'micro 2', 'micro of a promise', 'tick of a promise']);
  assert.deepStrictEqual(seen, ['unhandled r1']);
  rejected.catch(() => {});
  setTimeout(() => assert.deepStrictEqual(seen, ['unhandled r1', 'handled']), 5);
});

// The main thread may wait
assert.strictEqual(Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1), 'timed-out');
