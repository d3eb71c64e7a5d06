'use strict';

const assert = require('node:assert');
const {
  BroadcastChannel, MessageChannel, MessagePort, isMainThread, parentPort, threadId, workerData,
  getEnvironmentData, setEnvironmentData, markAsUntransferable, isMarkedAsUntransferable, receiveMessageOnPort, resourceLimits,
} = require('node:worker_threads');

assert.strictEqual(isMainThread, true);
assert.strictEqual(parentPort, null);
assert.strictEqual(threadId, 0);
assert.strictEqual(workerData, null);
assert.deepStrictEqual(resourceLimits, {});

// Environment data
setEnvironmentData('key', { a: 1 });
assert.deepStrictEqual(getEnvironmentData('key'), { a: 1 });
setEnvironmentData('key');
assert.strictEqual(getEnvironmentData('key'), undefined);

const next = (port) => new Promise((resolve) => port.once('message', resolve));

async function cloning() {
  const { port1, port2 } = new MessageChannel();
  assert.ok(port1 instanceof MessagePort && port2 instanceof EventTarget);
  assert.throws(() => new MessagePort(), TypeError);
  const value = { date: new Date(5), list: [1, , 'x'], map: new Map([[1, new Set([2])]]), re: /a/g, big: 10n, bytes: new Uint8Array([1, 2]) };
  value.self = value;
  port1.postMessage(value);
  const copy = await next(port2);
  assert.notStrictEqual(copy, value);
  assert.deepStrictEqual(copy, value);
  assert.strictEqual(copy.self, copy);

  // Transferred memory leaves its owner.
  const { buffer } = new Uint8Array([7, 8, 9]);
  port1.postMessage(buffer, [buffer]);
  assert.strictEqual(buffer.byteLength, 0);
  assert.deepStrictEqual([...new Uint8Array(await next(port2))], [7, 8, 9]);
  const marked = new ArrayBuffer(1);
  markAsUntransferable(marked);
  assert.strictEqual(isMarkedAsUntransferable(marked), true);
  assert.throws(() => port1.postMessage(marked, [marked]), { name: 'DataCloneError' });

  // Ports travel too.
  const inner = new MessageChannel();
  port1.postMessage({ port: inner.port2 }, [inner.port2]);
  const { port } = await next(port2);
  const hello = next(port);
  inner.port1.postMessage('through');
  assert.strictEqual(await hello, 'through');
  inner.port1.close();
  port1.close();
}

async function order() {
  const { port1, port2 } = new MessageChannel();
  port1.postMessage(1);
  port1.postMessage(2);
  port1.postMessage(3);
  assert.deepStrictEqual(receiveMessageOnPort(port2), { message: 1 });
  const seen = [];
  await new Promise((resolve) => {
    port2.onmessage = (event) => {
      assert.strictEqual(event.target, port2);
      assert.strictEqual(event.type, 'message');
      seen.push(event.data);
      if (event.data === 3) {
        resolve();
      }
    };
    seen.push('later');
  });
  assert.deepStrictEqual(seen, ['later', 2, 3]);
  assert.strictEqual(receiveMessageOnPort(port2), undefined);
  assert.throws(() => receiveMessageOnPort({}), { code: 'ERR_INVALID_ARG_TYPE' });

  // Closing one side closes the other, after what was sent.
  const events = [];
  port2.on('message', (message) => events.push(message));
  const closed = new Promise((resolve) => port2.on('close', resolve));
  port1.postMessage('last');
  port1.close();
  await closed;
  assert.deepStrictEqual(events, ['last']);
  port2.postMessage('to nobody');
}

async function broadcast() {
  const one = new BroadcastChannel('test');
  const two = new BroadcastChannel('test');
  const stranger = new BroadcastChannel('other');
  stranger.onmessage = () => assert.fail('another name');
  one.onmessage = () => assert.fail('the sender');
  assert.strictEqual(two.name, 'test');
  const heard = new Promise((resolve) => { two.onmessage = resolve; });
  one.postMessage({ a: 1 });
  assert.deepStrictEqual((await heard).data, { a: 1 });
  one.close();
  two.close();
  stranger.close();
  assert.throws(() => one.postMessage(1), { name: 'InvalidStateError' });
}

// A port without a listener keeps nothing alive, nor does one that is not referenced.
new MessageChannel();
const idle = new MessageChannel();
idle.port1.on('message', () => {});
idle.port1.unref();

(async () => {
  await cloning();
  await order();
  await broadcast();
})().catch((error) => {
  process.exitCode = 1;
  console.error(error);
});
