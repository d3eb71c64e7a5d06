'use strict';

const net = require('node:net');

net.createServer((socket) => {
  socket.pipe(socket);
  socket.on('error', () => {});
}).listen(Number(process.env.PORT), '127.0.0.1');
