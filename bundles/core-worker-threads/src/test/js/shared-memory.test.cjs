'use strict';

// Memory that threads share, what moves between them, and channels by name.

const assert = require('node:assert');
const { once } = require('node:events');
const { Worker, BroadcastChannel, MessageChannel, postMessageToThread, receiveMessageOnPort } = require('node:worker_threads');

async function main() {
  // A worker writes, this thread waits; and the other way round.
  {
    const memory = new SharedArrayBuffer(16);
    const numbers = new Int32Array(memory);
    const worker = new Worker(`
      const { workerData: numbers, parentPort } = require('worker_threads');
      Atomics.store(numbers, 1, 42);
      Atomics.store(numbers, 0, 1);
      Atomics.notify(numbers, 0);
      parentPort.postMessage(Atomics.wait(numbers, 2, 0));
    `, { eval: true, workerData: numbers });
    assert(['ok', 'not-equal'].includes(Atomics.wait(numbers, 0, 0, 20000)));
    assert.strictEqual(numbers[1], 42);
    Atomics.store(numbers, 2, 1);
    Atomics.notify(numbers, 2);
    const [outcome] = await once(worker, 'message');
    assert(['ok', 'not-equal'].includes(outcome));
  }
  // Promises of a limited time: woken by another thread, and by the clock while nothing else runs.
  {
    const numbers = new Int32Array(new SharedArrayBuffer(16));
    const worker = new Worker(`
      const { workerData: numbers, parentPort } = require('worker_threads');
      const alive = setInterval(() => {}, 60000);
      const waiting = Atomics.waitAsync(numbers, 0, 0, 20000);
      parentPort.postMessage(waiting.async);
      waiting.value.then((outcome) => {
        Atomics.store(numbers, 1, 1);
        Atomics.notify(numbers, 1);
        return Atomics.waitAsync(numbers, 2, 0, 20).value.then((again) => parentPort.postMessage([outcome, again]));
      }).then(() => clearInterval(alive));
    `, { eval: true, workerData: numbers });
    assert.deepStrictEqual(await once(worker, 'message'), [true]);
    const answer = once(worker, 'message');
    assert.strictEqual(Atomics.notify(numbers, 0), 1);
    assert.notStrictEqual(Atomics.wait(numbers, 1, 0, 20000), 'timed-out');
    assert.deepStrictEqual(await answer, [['ok', 'timed-out']]);
  }
  {
    const bytes = Buffer.from(new SharedArrayBuffer(5));
    const worker = new Worker('Buffer.from(require("worker_threads").workerData).write("hello")', { eval: true, workerData: bytes.buffer });
    await once(worker, 'exit');
    assert.strictEqual(bytes.toString(), 'hello');
  }

  // What moves is gone here.
  {
    const { port1, port2 } = new MessageChannel();
    const buffer = new ArrayBuffer(8, { maxByteLength: 64 });
    const fixed = new Uint8Array([1, 2, 3]).buffer;
    port1.postMessage({ buffer, fixed, view: new Uint8Array(fixed, 1) }, [buffer, fixed]);
    assert.strictEqual(fixed.byteLength, 0);
    assert.strictEqual(buffer.byteLength, 0);
    const { message } = receiveMessageOnPort(port2);
    assert.strictEqual(message.buffer.maxByteLength, 64);
    assert.deepStrictEqual([...message.view], [2, 3]);
    assert.strictEqual(message.view.buffer, message.fixed);
    assert.throws(() => port1.postMessage(port1, [port1]), { name: 'DataCloneError' });
    port1.close();
  }

  // Channels by name, messages by number
  {
    const channel = new BroadcastChannel('news');
    const worker = new Worker(`
      const { BroadcastChannel, parentPort } = require('worker_threads');
      const channel = new BroadcastChannel('news');
      channel.onmessage = ({ data }) => { channel.postMessage({ again: data }); channel.close(); };
      process.on('workerMessage', (value, source) => { parentPort.postMessage([value, source]); parentPort.close(); });
      parentPort.on('message', () => {});
    `, { eval: true });
    await once(worker, 'online');
    const answer = new Promise((resolve) => { channel.onmessage = ({ data }) => resolve(data); });
    // The worker joins some time after it is online.
    const timer = setInterval(() => channel.postMessage('now'), 10);
    assert.deepStrictEqual(await answer, { again: 'now' });
    clearInterval(timer);
    channel.close();
    await postMessageToThread(worker.threadId, { direct: true });
    assert.deepStrictEqual(await once(worker, 'message'), [[{ direct: true }, 0]]);
    await once(worker, 'exit');
    await assert.rejects(postMessageToThread(12345, 1), { code: 'ERR_WORKER_MESSAGING_FAILED' });
    await assert.rejects(postMessageToThread(0, 1), { code: 'ERR_WORKER_MESSAGING_SAME_THREAD' });
  }
}

main();
