'use strict';
const assert = require('node:assert');
const sinon = require('sinon');

const once = (run) => { let done = false; let value; return (...args) => { if (!done) { done = true; value = run(...args); } return value; }; };
const fake = sinon.fake.returns(42);
const proxy = once(fake);
proxy('a');
assert.strictEqual(proxy('b'), 42);
sinon.assert.calledOnceWithExactly(fake, 'a');

const object = { method: (n) => n + 1, async later() { throw new Error('real'); } };
const stub = sinon.stub(object, 'later').resolves('stubbed');
const spy = sinon.spy(object, 'method');
stub.withArgs(1).rejects(new TypeError('one'));
assert.strictEqual(object.method(1), 2);
assert.ok(spy.returned(2) && spy.calledOn(object));
const mock = sinon.mock({ act() {} });
mock.expects('act').never();
mock.verify();
assert.throws(() => sinon.assert.calledWith(spy, sinon.match.string), { name: 'AssertError' });

const clock = sinon.useFakeTimers({ now: 1000, toFake: ['setTimeout', 'setInterval', 'Date', 'nextTick', 'performance'] });
const ticks = [];
setTimeout(() => ticks.push(Date.now()), 500);
const interval = setInterval(() => ticks.push('i'), 200);
clock.tick(500);
clearInterval(interval);
clock.restore();
assert.deepStrictEqual(ticks, ['i', 'i', 1500]);
assert.ok(Date.now() > 1_700_000_000_000);
(async () => {
  assert.strictEqual(await object.later(2), 'stubbed');
  await assert.rejects(object.later(1), TypeError);
  sinon.restore();
  await assert.rejects(object.later(), /real/);
})();
