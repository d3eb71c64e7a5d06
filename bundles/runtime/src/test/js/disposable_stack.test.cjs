'use strict';

// DisposableStack, AsyncDisposableStack, SuppressedError and navigator.
const assert = require('node:assert');

for (const name of ['DisposableStack', 'AsyncDisposableStack', 'SuppressedError', 'Navigator']) {
  const { value, writable, enumerable, configurable } = Object.getOwnPropertyDescriptor(globalThis, name);
  assert.deepStrictEqual([typeof value, writable, enumerable, configurable], ['function', true, false, true], name);
}
assert.deepStrictEqual(Object.keys(Object.getOwnPropertyDescriptors(DisposableStack.prototype)).sort(),
                       ['adopt', 'constructor', 'defer', 'dispose', 'disposed', 'move', 'use']);
assert.strictEqual(DisposableStack.prototype[Symbol.dispose], DisposableStack.prototype.dispose);

const order = [];
const stack = new DisposableStack();
const resource = { [Symbol.dispose]() { order.push('used'); } };
assert.strictEqual(stack.use(resource), resource);
assert.strictEqual(stack.use(null), null);
assert.strictEqual(stack.adopt(1, (value) => order.push(`adopted ${value}`)), 1);
stack.defer(() => order.push('deferred'));
const moved = stack.move();
assert.strictEqual(stack.disposed, true);
moved.dispose();
moved.dispose();
assert.deepStrictEqual(order, ['deferred', 'adopted 1', 'used']);
assert.throws(() => moved.use(resource), { name: 'ReferenceError', message: 'Cannot call DisposableStack.prototype.use on an already-disposed DisposableStack' });
assert.throws(() => new DisposableStack().use({}), { name: 'TypeError', message: 'Symbol(Symbol.dispose) is not a function' });
assert.throws(() => new DisposableStack().defer(1), { message: '1 is not a function' });
assert.throws(() => DisposableStack(), { name: 'TypeError', message: "Constructor DisposableStack requires 'new'" });

const failing = new DisposableStack();
failing.defer(() => { throw new Error('first'); });
failing.defer(() => { throw new Error('second'); });
assert.throws(() => failing.dispose(), (error) => error instanceof SuppressedError && error instanceof Error &&
  error.error.message === 'first' && error.suppressed.message === 'second');
assert.strictEqual(new SuppressedError(1, 2, 'm').message, 'm');
assert.strictEqual(SuppressedError.length, 3);

assert.throws(() => new Navigator(), { name: 'TypeError', code: 'ERR_ILLEGAL_CONSTRUCTOR', message: 'Illegal constructor' });
assert.match(navigator.userAgent, /^Node\.js\/\d+$/);
assert.ok(navigator.hardwareConcurrency > 0);
assert.strictEqual(navigator.languages[0], navigator.language);
assert.strictEqual(typeof navigator.platform, 'string');

(async () => {
  const steps = [];
  const asynchronous = new AsyncDisposableStack();
  asynchronous.use({ async [Symbol.asyncDispose]() { await null; steps.push('asynchronous'); } });
  asynchronous.use({ [Symbol.dispose]() { steps.push('synchronous'); } });
  await asynchronous.disposeAsync();
  assert.deepStrictEqual(steps, ['synchronous', 'asynchronous']);
  assert.strictEqual(asynchronous.disposed, true);
})();
