// WebSocket against a server that speaks the protocol as far as this test does.
import assert from 'node:assert';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import http from 'node:http';

function frame(opcode, payload) {
  return Buffer.concat([Buffer.from([0x80 | opcode, payload.length]), payload]);
}

/** One masked frame of less than 126 bytes. */
function unframe(data) {
  const length = data[1] & 127;
  const mask = data.subarray(2, 6);
  return { opcode: data[0] & 15, payload: data.subarray(6, 6 + length).map((byte, i) => byte ^ mask[i % 4]), rest: data.subarray(6 + length) };
}

const server = http.createServer();
server.on('upgrade', (request, socket) => {
  if (request.url === '/refuse') return socket.end('HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n');
  const accept = createHash('sha1').update(`${request.headers['sec-websocket-key']}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64');
  socket.write(`HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n` +
    'Sec-WebSocket-Protocol: chat\r\n\r\n');
  socket.write(frame(1, Buffer.from('welcome')));
  socket.on('data', (data) => {
    while (data.length > 0) {
      const { opcode, payload, rest } = unframe(data);
      if (opcode === 8) return socket.end(frame(8, payload));
      socket.write(frame(opcode, payload));
      data = rest;
    }
  });
});
server.listen(0);
await once(server, 'listening');
const base = `ws://localhost:${server.address().port}`;

const socket = new WebSocket(base, 'chat');
assert.strictEqual(socket.readyState, WebSocket.CONNECTING);
const messages = [];
socket.binaryType = 'arraybuffer';
socket.onmessage = (event) => {
  assert.ok(event instanceof MessageEvent);
  messages.push(typeof event.data === 'string' ? event.data : Buffer.from(event.data).toString('hex'));
  if (messages.length === 3) socket.close(1000, 'bye');
};
await once(socket, 'open').catch(() => new Promise((resolve) => { socket.onopen = resolve; }));
assert.strictEqual(socket.protocol, 'chat');
socket.send('text');
socket.send(new Uint8Array([1, 2, 3]));
const closed = await new Promise((resolve) => socket.addEventListener('close', resolve));
assert.ok(closed instanceof CloseEvent);
assert.deepStrictEqual([closed.code, closed.reason, closed.wasClean], [1000, 'bye', true]);
assert.deepStrictEqual(messages, ['welcome', 'text', '010203']);

const refused = new WebSocket(`${base}/refuse`);
const failure = await new Promise((resolve) => { refused.onerror = resolve; });
assert.strictEqual(failure.type, 'error');
assert.throws(() => new WebSocket('mailto:a'), { name: 'SyntaxError' });
server.closeAllConnections();
server.close();
