'use strict';

const assert = require('node:assert');

const target = new EventTarget();
const heard = [];
target.addEventListener('x', (event) => heard.push(event.type), { once: true });
target.addEventListener('x', { handleEvent(event) { heard.push(event.detail); event.preventDefault(); } });
assert.strictEqual(target.dispatchEvent(new CustomEvent('x', { detail: 7, cancelable: true })), false);
assert.strictEqual(target.dispatchEvent(new CustomEvent('x', { detail: 8 })), true);
assert.deepStrictEqual(heard, ['x', 7, 8]);
assert.throws(() => target.dispatchEvent({}), { code: 'ERR_INVALID_ARG_TYPE' });

const controller = new AbortController();
const both = AbortSignal.any([controller.signal, new AbortController().signal]);
let reason;
both.onabort = () => { reason = both.reason; };
controller.abort('enough');
assert.strictEqual(reason, 'enough');
assert.throws(() => AbortSignal.abort().throwIfAborted(), { name: 'AbortError', code: 20 });
assert.throws(() => new AbortSignal(), { code: 'ERR_ILLEGAL_CONSTRUCTOR' });

const signal = AbortSignal.timeout(5);
const keep = setTimeout(() => assert.fail('no timeout'), 1500);
signal.addEventListener('abort', () => {
  assert.strictEqual(signal.reason.name, 'TimeoutError');
  clearTimeout(keep);
});
