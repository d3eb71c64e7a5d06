'use strict';
const assert = require('node:assert');
const { once } = require('node:events');
const http = require('node:http');
const { createWebSocketStream, WebSocket, WebSocketServer } = require('ws');

(async () => {
  const server = http.createServer();
  const sockets = new WebSocketServer({ server, perMessageDeflate: { threshold: 100 } });
  sockets.on('connection', (socket, request) => {
    socket.on('error', assert.ifError);
    socket.on('message', (data, isBinary) => {
      for (const client of sockets.clients) if (client.readyState === WebSocket.OPEN) client.send(data, { binary: isBinary });
    });
    socket.send(`hello ${request.url}`);
  });
  server.listen(0);
  await once(server, 'listening');
  const url = `ws://127.0.0.1:${server.address().port}`;
  const client = new WebSocket(`${url}/path`);
  assert.strictEqual(String((await once(client, 'message'))[0]), 'hello /path');
  client.send('x'.repeat(5000));
  assert.strictEqual(String((await once(client, 'message'))[0]).length, 5000);
  assert.match(client.extensions, /permessage-deflate/);
  client.send(Uint8Array.of(1, 2, 3));
  const [data, isBinary] = await once(client, 'message');
  assert.deepStrictEqual([...data, isBinary], [1, 2, 3, true]);
  client.ping('p');
  assert.strictEqual(String((await once(client, 'pong'))[0]), 'p');

  const standard = new globalThis.WebSocket(url);
  await once(standard, 'message');
  const both = Promise.all([once(client, 'message'), once(standard, 'message')]);
  client.send('all');
  assert.deepStrictEqual((await both).map(([it]) => String(it.data ?? it)), ['all', 'all']);
  standard.close(1000, 'bye');
  await once(standard, 'close');

  const duplex = createWebSocketStream(new WebSocket(url), { encoding: 'utf8' });
  assert.match((await once(duplex, 'data'))[0], /hello/);
  duplex.end();
  client.close(4001, 'done');
  assert.deepStrictEqual((await once(client, 'close')).map(String), ['4001', 'done']);
  const refused = new WebSocket('ws://127.0.0.1:1');
  assert.strictEqual((await once(refused, 'error').catch((error) => [error]))[0].code, 'ECONNREFUSED');
  sockets.close();
  server.close();
  server.closeAllConnections();
})();
