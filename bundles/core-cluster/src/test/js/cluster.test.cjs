'use strict';

// Two workers share a port, one is replaced, and no connection is refused meanwhile.

const assert = require('node:assert');
const cluster = require('node:cluster');
const net = require('node:net');
const { once } = require('node:events');
const { setTimeout } = require('node:timers/promises');

if (cluster.isWorker) {
  assert.strictEqual(process.env.NODE_UNIQUE_ID, undefined);
  assert.strictEqual(cluster.worker.process, process);
  net.createServer((socket) => socket.end(`${cluster.worker.id}`)).listen(Number(process.env.PORT), '127.0.0.1');
  return;
}

function ask(port) {
  return new Promise((resolve, reject) => {
    let text = '';
    net.connect(port, '127.0.0.1').on('error', reject).setEncoding('utf8')
      .on('data', (chunk) => { text += chunk; }).on('end', () => resolve(Number(text)));
  });
}

async function start(port) {
  const worker = cluster.fork({ PORT: port });
  const { 0: address } = await once(worker, 'listening');
  assert.deepStrictEqual(Object.keys(address).sort(), ['address', 'addressType', 'fd', 'port']);
  return { worker, port: address.port };
}

async function freePort() {
  const server = net.createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

(async () => {
  assert.strictEqual(cluster.isPrimary, true);
  assert.deepStrictEqual(cluster.settings, {});
  cluster.setupPrimary({ args: [] });
  assert.strictEqual(cluster.settings.exec, __filename);
  const port = await freePort();
  const { 0: first, 1: second } = await Promise.all([start(port), start(port)]);
  assert.deepStrictEqual(Object.keys(cluster.workers), ['1', '2']);

  // Each in its turn
  const seen = new Set();
  for (let i = 0; i < 8; i++) seen.add(await ask(port));
  assert.deepStrictEqual([...seen].sort(), [1, 2]);

  // Graceful reload under connections
  let asking = true;
  let answers = 0;
  const load = (async () => {
    while (asking) {
      await ask(port);
      answers++;
      await setTimeout(10);
    }
  })();
  await start(port);
  first.worker.disconnect();
  const { 0: code } = await once(first.worker, 'exit');
  assert.strictEqual(code, 0);
  assert.strictEqual(first.worker.exitedAfterDisconnect, true);
  assert.strictEqual(first.worker.isDead(), true);
  asking = false;
  await load;
  assert.ok(answers > 0);
  assert.deepStrictEqual(Object.keys(cluster.workers), ['2', '3']);

  // One that dies is told from one that was asked to go, and the other serves on.
  second.worker.process.kill('SIGKILL');
  const { 0: dead, 2: signal } = await once(cluster, 'exit');
  assert.deepStrictEqual([dead.id, signal, dead.exitedAfterDisconnect], [2, 'SIGKILL', false]);
  assert.strictEqual(await ask(port), 3);

  await new Promise((resolve) => cluster.disconnect(resolve));
  assert.deepStrictEqual(Object.keys(cluster.workers), []);
})();
