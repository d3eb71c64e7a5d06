'use strict';

// echo-client PORT SECONDS: 8 connections send messages of 64 KiB and wait for each echo; prints messages per second.

const net = require('node:net');

const [port, seconds] = process.argv.slice(2).map(Number);
const message = Buffer.alloc(64 * 1024, 'x');
let messages = 0;

for (let i = 0; i < 8; i++) {
  const socket = net.connect(port, '127.0.0.1', () => socket.write(message));
  let received = 0;
  socket.on('data', (chunk) => {
    received += chunk.length;
    if (received >= message.length) {
      received -= message.length;
      messages++;
      socket.write(message);
    }
  });
}

const start = process.hrtime.bigint();
setTimeout(() => {
  console.log(messages / (Number(process.hrtime.bigint() - start) / 1e9));
  process.exit(0);
}, seconds * 1000);
