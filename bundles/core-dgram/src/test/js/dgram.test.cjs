'use strict';

const assert = require('node:assert');
const dgram = require('node:dgram');
const { once } = require('node:events');
const { BlockList } = require('node:net');

async function bound(options = 'udp4', address = '127.0.0.1') {
  const socket = dgram.createSocket(options);
  socket.bind(0, address);
  await once(socket, 'listening');
  return socket;
}

async function formsOfSend() {
  const server = await bound();
  const { port, address, family } = server.address();
  assert.deepStrictEqual([address, family], ['127.0.0.1', 'IPv4']);
  const client = dgram.createSocket('udp4');
  const forms = [
    ['text', port],
    [Buffer.from('bytes'), port, '127.0.0.1'],
    [Buffer.from('xmiddlex'), 1, 6, port, '127.0.0.1'],
    [['a', Buffer.from('b'), new Uint8Array([99])], port, 'localhost'],
    [[], port],
    ['', port],
  ];
  const received = [];
  for (const form of forms) {
    const next = once(server, 'message');
    const size = await new Promise((resolve, reject) => {
      client.send(...form, (error, sent) => (error ? reject(error) : resolve(sent)));
    });
    const { 0: message, 1: rinfo } = await next;
    assert.strictEqual(message.length, size);
    assert.strictEqual(rinfo.size, size);
    assert.deepStrictEqual(Object.keys(rinfo), ['address', 'family', 'port', 'size']);
    received.push(message.toString());
  }
  assert.deepStrictEqual(received, ['text', 'bytes', 'middle', 'abc', '', '']);
  client.close();
  server.close();
}

async function connected() {
  const server = await bound();
  const client = dgram.createSocket('udp4');
  client.connect(server.address().port, '127.0.0.1');
  assert.throws(() => client.connect(1), { code: 'ERR_SOCKET_DGRAM_IS_CONNECTED' });
  await once(client, 'connect');
  assert.strictEqual(client.remoteAddress().port, server.address().port);
  assert.throws(() => client.send('x', 1, '127.0.0.1', () => {}), { code: 'ERR_SOCKET_DGRAM_IS_CONNECTED' });
  client.send('hello');
  const { 0: message, 1: from } = await once(server, 'message');
  assert.strictEqual(String(message), 'hello');
  server.send('back', from.port, from.address);
  assert.strictEqual(String((await once(client, 'message'))[0]), 'back');
  client.disconnect();
  assert.throws(() => client.remoteAddress(), { code: 'ERR_SOCKET_DGRAM_NOT_CONNECTED' });
  client.close();
  server.close();
}

async function optionsOfASocket() {
  const unbound = dgram.createSocket('udp4');
  assert.throws(() => unbound.setBroadcast(true), { code: 'EBADF', syscall: 'setBroadcast' });
  assert.throws(() => unbound.getRecvBufferSize(), { code: 'ERR_SOCKET_BUFFER_SIZE' });
  unbound.close();
  assert.throws(() => unbound.close(), { code: 'ERR_SOCKET_DGRAM_NOT_RUNNING' });
  const socket = await bound({ type: 'udp4', recvBufferSize: 20000 });
  assert.ok(socket.getRecvBufferSize() >= 20000);
  assert.strictEqual(socket.setTTL(7), 7);
  assert.throws(() => socket.setTTL(256), { code: 'EINVAL' });
  assert.strictEqual(socket.setMulticastTTL(3), 3);
  assert.strictEqual(socket.setMulticastLoopback(true), true);
  socket.setBroadcast(true);
  assert.throws(() => socket.addMembership('300.1.1.1'), { code: 'EINVAL', message: 'addMembership EINVAL' });
  assert.throws(() => socket.bind(), { code: 'ERR_SOCKET_ALREADY_BOUND' });
  await socket[Symbol.asyncDispose]();
  assert.throws(() => dgram.createSocket('udp5'), { code: 'ERR_SOCKET_BAD_TYPE' });
}

async function errors() {
  const first = await bound();
  const second = dgram.createSocket('udp4');
  second.bind(first.address().port, '127.0.0.1');
  const { 0: error } = await once(second, 'error');
  assert.strictEqual(error.code, 'EADDRINUSE');
  assert.strictEqual(error.message, `bind EADDRINUSE 127.0.0.1:${first.address().port}`);
  const tooLong = await new Promise((resolve) => second.send(Buffer.alloc(70000), 9, '127.0.0.1', resolve));
  assert.strictEqual(tooLong.message, 'send EMSGSIZE 127.0.0.1:9');
  first.close();
  second.close();
}

async function blockedAndAborted() {
  const list = new BlockList();
  list.addAddress('127.0.0.1');
  const sender = dgram.createSocket({ type: 'udp4', sendBlockList: list });
  assert.strictEqual((await new Promise((resolve) => sender.send('x', 9, '127.0.0.1', resolve))).code, 'ERR_IP_BLOCKED');
  sender.close();
  const controller = new AbortController();
  const socket = dgram.createSocket({ type: 'udp4', signal: controller.signal });
  controller.abort();
  await once(socket, 'close');
}

(async () => {
  await formsOfSend();
  await connected();
  await optionsOfASocket();
  await errors();
  await blockedAndAborted();
})();
