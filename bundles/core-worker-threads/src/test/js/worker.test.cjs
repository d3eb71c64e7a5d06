'use strict';

// Workers: what they are given, what they say, how they end.

const assert = require('node:assert');
const { once } = require('node:events');
const { Worker, isMainThread, threadId, setEnvironmentData, SHARE_ENV, MessageChannel } = require('node:worker_threads');

function start(code, options) {
  return new Worker(code, { eval: true, ...options });
}

async function messagesOf(worker, count) {
  const messages = [];
  for (let i = 0; i < count; i++) messages.push((await once(worker, 'message'))[0]);
  return messages;
}

async function collect(stream) {
  let text = '';
  stream.setEncoding('utf8');
  for await (const chunk of stream) text += chunk;
  return text;
}

async function main() {
  assert.strictEqual(isMainThread, true);
  assert.strictEqual(threadId, 0);

  {
    setEnvironmentData('key', { a: 1 });
    const worker = start(`
      const t = require('worker_threads');
      t.parentPort.postMessage({ isMain: t.isMainThread, id: t.threadId, name: t.threadName, data: t.workerData,
        argv: process.argv.slice(2), env: process.env.ONLY, other: process.env.PATH, from: t.getEnvironmentData('key') });
    `, { workerData: new Map([[1, { deep: [2n] }]]), argv: ['x', 1], name: 'joe', env: { ONLY: 'this' } });
    assert.strictEqual(worker.threadName, 'joe');
    const [message] = await once(worker, 'message');
    assert.deepStrictEqual(message, {
      isMain: false, id: worker.threadId, name: 'joe', data: new Map([[1, { deep: [2n] }]]), argv: ['x', '1'], env: 'this', other: undefined, from: { a: 1 },
    });
    assert.deepStrictEqual(await once(worker, 'exit'), [0]);
    assert.strictEqual(worker.threadId, -1);
  }

  {
    // Errors come with class, message, stack and properties; then the exit code is 1.
    const worker = start(`const error = new RangeError('far'); error.code = 'ERR_X'; error.extra = { a: 1 };
      setTimeout(() => { throw error; }, 1);`);
    const exited = once(worker, 'exit').catch(() => {});
    const error = await new Promise((resolve) => worker.once('error', resolve));
    assert(error instanceof RangeError);
    assert.strictEqual(error.message, 'far');
    assert.strictEqual(error.code, 'ERR_X');
    assert.deepStrictEqual(error.extra, { a: 1 });
    assert.match(error.stack, /^RangeError: far\n {4}at \[worker eval\]/);
    await exited;
  }
  {
    const worker = start('Promise.reject(new TypeError("unhandled"))');
    const error = await new Promise((resolve) => worker.once('error', resolve));
    assert(error instanceof TypeError);
    assert.deepStrictEqual(await new Promise((resolve) => worker.once('exit', resolve)), 1);
  }

  // The end: process.exit ends the worker alone, terminate an endless loop.
  assert.deepStrictEqual(await once(start('process.exit(7)'), 'exit'), [7]);
  {
    const worker = start('require("worker_threads").parentPort.postMessage(1); for (;;);');
    await once(worker, 'message');
    assert.strictEqual(await worker.terminate(), 1);
    assert.strictEqual(await worker.terminate(), undefined);
  }
  {
    const worker = start('require("worker_threads").parentPort.on("message", () => {})');
    await once(worker, 'online');
    assert.strictEqual(await worker.terminate(), 1);
  }

  // Standard streams
  {
    const worker = start('process.stdin.pipe(process.stdout); console.error("told")', { stdin: true, stdout: true, stderr: true });
    worker.stdin.end('through');
    assert.deepStrictEqual(await Promise.all([collect(worker.stdout), collect(worker.stderr)]), ['through', 'told\n']);
  }

  // What belongs to the process
  {
    const worker = start(`
      const { parentPort } = require('worker_threads');
      for (const f of ['chdir', 'abort', 'setuid']) { try { process[f]('/'); } catch (e) { parentPort.postMessage(e.code + ' ' + process[f].disabled); } }
      process.env.FROM_WORKER = 'yes';
    `, { env: SHARE_ENV });
    const code = 'ERR_WORKER_UNSUPPORTED_OPERATION true';
    assert.deepStrictEqual(await messagesOf(worker, 3), [code, code, code]);
    await once(worker, 'exit');
    assert.strictEqual(process.env.FROM_WORKER, 'yes');
  }

  // Modules, nested workers
  {
    const url = 'data:text/javascript,' + encodeURIComponent(`
      import { parentPort, Worker, threadId } from 'node:worker_threads';
      const inner = new Worker('require("worker_threads").parentPort.postMessage(require("worker_threads").threadId)', { eval: true });
      inner.on('message', (id) => parentPort.postMessage(id > threadId));
    `);
    assert.deepStrictEqual(await once(new Worker(new URL(url)), 'message'), [true]);
  }

  // Nothing is lost and all is in order.
  {
    const { port1, port2 } = new MessageChannel();
    const worker = start(`
      const { parentPort, workerData } = require('worker_threads');
      for (let i = 0; i < 2000; i++) workerData.postMessage(i);
      workerData.close();
    `, { workerData: port2, transferList: [port2] });
    let next = 0;
    port1.on('message', (value) => assert.strictEqual(value, next++));
    await once(port1, 'close');
    assert.strictEqual(next, 2000);
    await worker.terminate();
  }

  assert.throws(() => start('', { workerData: () => {} }), { name: 'DataCloneError' });
  assert.throws(() => new Worker('relative.js'), { code: 'ERR_WORKER_PATH' });
  assert.throws(() => new Worker(1), { code: 'ERR_INVALID_ARG_TYPE' });
  assert.throws(() => start('', { execArgv: ['--no-such-option'] }), { code: 'ERR_WORKER_INVALID_EXEC_ARGV' });
}

main();
