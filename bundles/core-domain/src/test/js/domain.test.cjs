'use strict';

const assert = require('node:assert');
const domain = require('node:domain');
const EventEmitter = require('node:events');

const seen = [];
const d = domain.create();
d.on('error', (error) => seen.push(error));

assert.ok(!process.domain);
d.run(() => {
  assert.strictEqual(process.domain, d);
  assert.strictEqual(domain.active, d);
  setTimeout(() => {
    assert.strictEqual(process.domain, d);
    throw new Error('timer');
  }, 1);
  process.nextTick(() => { throw new Error('tick'); });
  Promise.resolve().then(() => assert.strictEqual(process.domain, d));
});
assert.ok(!process.domain);

// Emitters belong to the domain in which they were made.
const emitter = d.run(() => new EventEmitter());
assert.strictEqual(emitter.domain, d);
emitter.emit('error', new Error('emitted'));
assert.strictEqual(seen.at(-1).message, 'emitted');
assert.strictEqual(seen.at(-1).domainEmitter, emitter);
assert.strictEqual(seen.at(-1).domainThrown, false);

// bind and intercept
setTimeout(d.bind(() => { throw new Error('bound'); }), 2);
d.intercept(() => assert.fail('called'))(new Error('intercepted'));
assert.strictEqual(seen.at(-1).message, 'intercepted');
assert.strictEqual(d.intercept((value) => value + 1)(null, 1), 2);

// enter and exit
const other = domain.createDomain();
d.enter();
other.enter();
assert.deepStrictEqual([...domain._stack], [d, other]);
d.exit();
assert.deepStrictEqual([...domain._stack], []);

// An inner domain without a listener leaves its errors to the one around.
const inner = domain.create();
setTimeout(() => d.run(() => inner.run(() => { throw new Error('inner'); })), 3);

process.on('exit', () => {
  const messages = seen.map((error) => error.message);
  assert.deepStrictEqual(messages, ['emitted', 'intercepted', 'tick', 'timer', 'bound', 'inner']);
  assert.strictEqual(seen[3].domainThrown, true);
});
