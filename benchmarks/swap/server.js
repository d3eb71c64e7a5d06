'use strict';

// The server under swaps: short answers, a file, a slow download, an upload, server-sent events and a WebSocket echo.

const events = require('node:events');
const fs = require('node:fs');
const http = require('node:http');
const path = require('node:path');
const { WebSocketServer } = require('ws');
const { pattern } = require('./pattern');

const file = path.join(process.env.FOLDER, 'file');
let served = 0;
// Calls through faces of all swapped modules in each request.
const counter = new events.EventEmitter().on('served', () => { served++; });

const routes = {
  '/'(request, response) {
    counter.emit('served');
    response.end('hello world');
  },
  '/file'(request, response) {
    fs.createReadStream(file).pipe(response);
  },
  // 64 KiB each 20 ms, until the client has enough
  '/download'(request, response) {
    let offset = 0;
    const timer = setInterval(() => {
      if (response.writableNeedDrain) return;
      response.write(pattern(offset, 65536));
      offset += 65536;
    }, 20);
    response.on('close', () => clearInterval(timer));
  },
  '/upload'(request, response) {
    let offset = 0;
    let wrong = 0;
    request.on('data', (chunk) => {
      if (Buffer.compare(chunk, pattern(offset, chunk.length)) !== 0) wrong++;
      offset += chunk.length;
    });
    request.on('end', () => response.end(JSON.stringify({ bytes: offset, wrong })));
  },
  '/events'(request, response) {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    let id = 0;
    const timer = setInterval(() => response.write(`data: ${JSON.stringify({ id: id++, served, time: Date.now() })}\n\n`), 100);
    response.on('close', () => clearInterval(timer));
  },
};

const server = http.createServer((request, response) => {
  const route = routes[request.url];
  if (route) {
    route(request, response);
  } else {
    response.statusCode = 404;
    response.end();
  }
});
// An upload may go on for as long as the run
server.requestTimeout = 0;
server.keepAliveTimeout = 0;
new WebSocketServer({ server }).on('connection', (socket) => {
  socket.on('message', (data) => socket.send(data));
});
server.listen(Number(process.env.PORT), '127.0.0.1', () => console.log(`http://127.0.0.1:${process.env.PORT}`));
