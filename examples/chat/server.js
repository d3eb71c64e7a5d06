'use strict';

const fs = require('node:fs');
const http = require('node:http');
const path = require('node:path');
const { WebSocket, WebSocketServer } = require('ws');

const page = fs.readFileSync(path.join(__dirname, 'public', 'index.html'));

const server = http.createServer((request, response) => {
  if (request.url !== '/') {
    response.writeHead(404, { 'Content-Type': 'text/plain' }).end('not found\n');
    return;
  }
  response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' }).end(page);
});

const room = new WebSocketServer({ server, path: '/room', maxPayload: 16 * 1024 });
let visitors = 0;

function broadcast(message) {
  const text = JSON.stringify(message);
  for (const client of room.clients) {
    if (client.readyState === WebSocket.OPEN) client.send(text);
  }
}

room.on('connection', (socket) => {
  const name = `visitor ${++visitors}`;
  socket.send(JSON.stringify({ type: 'welcome', name }));
  broadcast({ type: 'joined', name, present: room.clients.size });
  socket.on('message', (data) => broadcast({ type: 'message', name, text: data.toString() }));
  socket.on('close', () => broadcast({ type: 'left', name, present: room.clients.size }));
  socket.on('error', () => socket.terminate());
});

server.listen(process.env.PORT ?? 3000, () => {
  console.log(`http://localhost:${server.address().port}/`);
});

process.on('SIGTERM', () => {
  for (const client of room.clients) client.close(1001);
  server.close();
});
