// Clients that are slow, that send too much, that go away: limits of time and size.
import assert from 'node:assert';
import http from 'node:http';
import net from 'node:net';
import { once } from 'node:events';

async function listen(options, listener) {
  const server = http.createServer(options, listener);
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return server;
}

function connect(server, text) {
  const socket = net.connect(server.address().port, '127.0.0.1');
  socket.on('error', () => {});
  socket.write(text, 'latin1');
  socket.answer = '';
  socket.setEncoding('latin1').on('data', (chunk) => { socket.answer += chunk; });
  return socket;
}

async function answerOf(socket) {
  if (!socket.closed) await new Promise((resolve) => socket.on('close', resolve));
  return socket.answer;
}

const TIMEOUT = 'HTTP/1.1 408 Request Timeout\r\nConnection: close\r\n\r\n';
{
  // A byte now and then (slow loris) does not help: the time counts from the first
  const server = await listen({ headersTimeout: 200, requestTimeout: 0, connectionsCheckingInterval: 50 }, (req, res) => res.end('ok'));
  const silent = connect(server, '');
  const slow = connect(server, 'GET / HTTP/1.1\r\nHost: x\r\n');
  const second = connect(server, 'GET / HTTP/1.1\r\nHost: x\r\n\r\nGET / HTTP/1.1\r\nHos');
  const drip = setInterval(() => slow.write('X-A: b\r\n'), 40);
  assert.strictEqual(await answerOf(slow), TIMEOUT);
  clearInterval(drip);
  assert.strictEqual(await answerOf(silent), TIMEOUT);
  assert.match(await answerOf(second), /^HTTP\/1\.1 200 OK[^]*ok(?:HTTP\/1\.1 408 Request Timeout\r\n[^]*)$/);
  server.close();
}
{
  // The same for a body
  const server = await listen({ headersTimeout: 0, requestTimeout: 200, connectionsCheckingInterval: 50 }, (req) => {
    req.resume().on('error', () => {});
  });
  const slow = connect(server, 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n');
  const drip = setInterval(() => slow.write('.'), 40);
  assert.strictEqual(await answerOf(slow), TIMEOUT);
  clearInterval(drip);
  server.close();
}
{
  // Floods: one long field, many fields, a long target; the limit is adjustable
  let seen = 0;
  const server = await listen({ maxHeaderSize: 1024 }, (req, res) => { seen++; res.end(); });
  const tooLarge = 'HTTP/1.1 431 Request Header Fields Too Large\r\nConnection: close\r\n\r\n';
  for (const text of [`GET / HTTP/1.1\r\nHost: x\r\nX-A: ${'a'.repeat(2000)}\r\n\r\n`,
                      `GET / HTTP/1.1\r\nHost: x\r\n${'X-A: b\r\n'.repeat(300)}\r\n`,
                      `GET /${'a'.repeat(2000)} HTTP/1.1\r\nHost: x\r\n\r\n`]) {
    assert.strictEqual(await answerOf(connect(server, text)), tooLarge);
  }
  assert.strictEqual(seen, 0);
  server.close();
}
{
  // Chunk extensions count too
  const server = await listen({}, (req, res) => { req.resume().on('error', () => {}).on('end', () => res.end()); });
  const text = `POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n1;${'a'.repeat(20_000)}\r\nx\r\n0\r\n\r\n`;
  assert.match(await answerOf(connect(server, text)), /^HTTP\/1\.1 413 Payload Too Large\r\n/);
  server.close();
}
{
  // More fields than the server takes
  const server = await listen({}, (req, res) => res.end(String(Object.keys(req.headers).length)));
  const request = (count) => `GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n${
    Array.from({ length: count - 2 }, (_, i) => `X-${i}: y\r\n`).join('')}\r\n`;
  assert.match(await answerOf(connect(server, request(1000))), /\r\n\r\n1000$/);
  assert.match(await answerOf(connect(server, request(1001))), /^HTTP\/1\.1 431 /);
  server.maxHeadersCount = 10;
  assert.match(await answerOf(connect(server, request(10))), /\r\n\r\n10$/);
  assert.match(await answerOf(connect(server, request(11))), /^HTTP\/1\.1 431 /);
  server.close();
}
{
  // A client that goes away in the middle of its body, and one before the response is complete
  const events = [];
  const server = await listen({}, (req, res) => {
    req.on('aborted', () => events.push(`${req.url} aborted`));
    req.on('error', (error) => events.push(`${req.url} ${error.code}`));
    res.on('close', () => events.push(`${req.url} close ${res.writableFinished}`));
    req.resume();
    if (req.url === '/b') res.write('start');
  });
  const a = connect(server, 'POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nabc');
  await once(server, 'request');
  a.destroy();
  while (!events.includes('/a close false')) await new Promise(setImmediate);
  assert.deepStrictEqual(events.sort(), ['/a ECONNRESET', '/a aborted', '/a close false']);
  events.length = 0;
  const b = connect(server, 'GET /b HTTP/1.1\r\nHost: x\r\n\r\n');
  await once(b, 'data');
  b.destroy();
  while (!events.includes('/b close false')) await new Promise(setImmediate);
  server.close();
}
{
  // The port of another
  const first = await listen({}, () => {});
  const { port } = first.address();
  const second = http.createServer().listen(port, '127.0.0.1');
  const [error] = await once(second, 'error');
  assert.strictEqual(error.message, `listen EADDRINUSE: address already in use 127.0.0.1:${port}`);
  assert.deepStrictEqual({ ...error }, {
    code: 'EADDRINUSE', errno: -98, syscall: 'listen', address: '127.0.0.1', port,
  });
  first.close();
}
{
  // Pipelined responses come in the order of their requests, whoever is ready first
  const waiting = [];
  const server = await listen({}, (req, res) => {
    waiting.push([req, res]);
    if (waiting.length < 3) return;
    for (const [request, response] of waiting.reverse()) response.end(request.url);
  });
  const get = (path, more = '') => `GET ${path} HTTP/1.1\r\nHost: x\r\n${more}\r\n`;
  const answer = await answerOf(connect(server, get('/1') + get('/2') + get('/3', 'Connection: close\r\n')));
  assert.deepStrictEqual([...answer.matchAll(/\r\n\r\n(\/\d)/g)].map((match) => match[1]), ['/1', '/2', '/3']);
  server.close();
}
{
  // HEAD has the header of GET, and nothing behind it
  const server = await listen({}, (req, res) => { res.setHeader('Content-Length', 5); res.end('hello'); });
  const answer = await answerOf(connect(server, 'HEAD / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n'));
  assert.match(answer, /\r\nContent-Length: 5\r\n[^]*\r\n\r\n$/);
  server.close();
}
{
  // Expectations: refused by the server, unknown
  const server = await listen({}, (req, res) => res.end());
  assert.match(await answerOf(connect(server, 'GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nExpect: 200-ok\r\n\r\n')),
               /^HTTP\/1\.1 417 Expectation Failed\r\n/);
  server.on('checkContinue', (req, res) => { res.writeHead(403, { Connection: 'close' }); res.end(); });
  assert.match(await answerOf(connect(server, 'PUT / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\nExpect: 100-continue\r\n\r\n')),
               /^HTTP\/1\.1 403 Forbidden\r\n/);
  server.close();
}
