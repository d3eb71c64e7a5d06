'use strict';

// What a hostile peer may send: it loses its connection or stream, and others are served on.

const assert = require('node:assert');
const http2 = require('node:http2');
const net = require('node:net');
const { once } = require('node:events');

const PREFACE = Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n');
const DATA = 0;
const HEADERS = 1;
const RST_STREAM = 3;
const SETTINGS = 4;
const PING = 6;
const GOAWAY = 7;
const CONTINUATION = 9;
const END_STREAM = 1;
const END_HEADERS = 4;

function frame(type, flags, stream, payload = Buffer.alloc(0)) {
  const header = Buffer.alloc(9);
  header.writeUIntBE(payload.length, 0, 3);
  header[3] = type;
  header[4] = flags;
  header.writeUInt32BE(stream, 5);
  return Buffer.concat([header, payload]);
}

// :method GET, :scheme http, :path /, :authority a
const REQUEST = Buffer.from([0x82, 0x86, 0x84, 0x41, 0x01, 0x61]);

// The frames that come back until the connection ends, or `enough` says so.
async function attack(port, bytes, enough = () => false) {
  const socket = net.connect(port, '127.0.0.1');
  socket.on('error', () => {});
  socket.write(Buffer.concat([PREFACE, frame(SETTINGS, 0, 0), ...bytes]));
  let received = Buffer.alloc(0);
  const frames = [];
  await new Promise((resolve) => {
    socket.on('close', resolve);
    socket.on('data', (chunk) => {
      received = Buffer.concat([received, chunk]);
      while (received.length >= 9 && received.length >= 9 + received.readUIntBE(0, 3)) {
        const length = received.readUIntBE(0, 3);
        frames.push({ type: received[3], stream: received.readUInt32BE(5), payload: received.subarray(9, 9 + length) });
        received = received.subarray(9 + length);
      }
      if (enough(frames)) resolve();
    });
  });
  socket.destroy();
  return frames;
}

const server = http2.createServer({ streamResetBurst: 50, streamResetRate: 1 });
server.on('sessionError', () => {});
server.on('stream', (stream, headers) => {
  stream.on('error', () => {});
  if (stream.destroyed) return;
  stream.respond();
  stream.end(headers[':path'] === '/large' ? Buffer.alloc(1 << 20) : 'fine');
});

async function serves(port) {
  const client = http2.connect(`http://127.0.0.1:${port}`);
  const request = client.request();
  request.setEncoding('utf8');
  let text = '';
  for await (const chunk of request) text += chunk;
  assert.strictEqual(text, 'fine');
  client.close();
}

async function rapidReset(port) {
  const bytes = [];
  for (let id = 1; id < 400; id += 2) {
    bytes.push(frame(HEADERS, END_HEADERS, id, REQUEST), frame(RST_STREAM, 0, id, Buffer.from([0, 0, 0, 8])));
  }
  const frames = await attack(port, bytes, (got) => got.some(({ type }) => type === GOAWAY));
  assert.ok(frames.some(({ type }) => type === GOAWAY));
}

async function continuationFlood(port) {
  const bytes = [frame(HEADERS, END_STREAM, 1, REQUEST)];
  for (let i = 0; i < 200; i++) bytes.push(frame(CONTINUATION, 0, 1, Buffer.from([0x00, 0x01, 0x78, 0x01, 0x79])));
  await attack(port, bytes); // the connection ends
}

async function headerBomb(port) {
  // One field of 4,000 bytes into the table, then references to it.
  const value = Buffer.alloc(4000, 0x61);
  const field = Buffer.concat([Buffer.from([0x40, 0x01, 0x78, 0x7f, 0xa1, 0x1e]), value]);
  const bomb = Buffer.concat([REQUEST.subarray(0, 3), field, Buffer.alloc(8000, 0xbe)]);
  const frames = await attack(port, [frame(HEADERS, END_HEADERS | END_STREAM, 1, bomb)],
                              (got) => got.some(({ type }) => type === RST_STREAM || type === GOAWAY));
  assert.ok(!frames.some(({ type }) => type === HEADERS));
}

// A peer that opens no window gets what the first one holds, and is no burden to the others.
async function windowStall(port) {
  const request = Buffer.concat([Buffer.from([0x82, 0x86, 0x04, 0x06]), Buffer.from('/large'), Buffer.from([0x41, 0x01, 0x61])]);
  const total = (got) => got.filter(({ type }) => type === DATA).reduce((sum, { payload }) => sum + payload.length, 0);
  const frames = await attack(port, [frame(HEADERS, END_HEADERS | END_STREAM, 1, request)], (got) => total(got) >= 65535);
  assert.strictEqual(total(frames), 65535);
}

async function pingFlood(port) {
  const bytes = Array.from({ length: 2000 }, () => frame(PING, 0, 0, Buffer.alloc(8)));
  const frames = await attack(port, bytes, (got) => got.length > 1500 || got.some(({ type }) => type === GOAWAY));
  assert.ok(frames.length > 0);
}

server.listen(0, '127.0.0.1', async () => {
  const { port } = server.address();
  for (const attempt of [rapidReset, continuationFlood, headerBomb, windowStall, pingFlood]) {
    await attempt(port);
    await serves(port);
  }
  process.exit(0);
});
