// A server and its clients: bodies, trailers, HEAD, 100-continue, upgrade, pipelining, errors.
import assert from 'node:assert';
import http from 'node:http';
import net from 'node:net';
import { once } from 'node:events';

const server = http.createServer((req, res) => {
  switch (req.url) {
    case '/echo': {
      res.setHeader('X-Method', req.method);
      req.pipe(res);
      break;
    }
    case '/trailers':
      res.writeHead(200, { Trailer: 'X-End' });
      res.write('body');
      res.addTrailers({ 'X-End': 'yes' });
      res.end();
      break;
    case '/headers':
      res.end(JSON.stringify([req.rawHeaders.length % 2, req.headers.cookie, req.headersDistinct['x-a']]));
      break;
    default:
      res.end('hello');
  }
});
server.on('upgrade', (req, socket, head) => {
  socket.end(`HTTP/1.1 101 Switching\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n${head}!`);
});
await once(server.listen(0, '127.0.0.1'), 'listening');
const { port } = server.address();
const agent = new http.Agent({ keepAlive: true });

async function fetchText(options, body) {
  const req = http.request({ host: '127.0.0.1', port, agent, ...options });
  if (typeof body === 'string') req.end(body);
  else if (body) {
    for (const piece of body) req.write(piece);
    req.end();
  } else req.end();
  const [res] = await once(req, 'response');
  let text = '';
  for await (const chunk of res.setEncoding('utf8')) text += chunk;
  return { res, text, req };
}

{
  const { res, text } = await fetchText({ path: '/' });
  assert.strictEqual(res.statusCode, 200);
  assert.strictEqual(text, 'hello');
  assert.strictEqual(res.headers['content-length'], '5');
  assert.strictEqual(res.headers.connection, 'keep-alive');
}
{
  const { res, text, req } = await fetchText({ path: '/echo', method: 'POST' }, ['one ', 'two']);
  assert.strictEqual(text, 'one two');
  assert.strictEqual(res.headers['transfer-encoding'], 'chunked');
  assert.strictEqual(req.reusedSocket, true);
}
{
  const { res, text } = await fetchText({ path: '/', method: 'HEAD' });
  assert.strictEqual(text, '');
}
{
  const { res } = await fetchText({ path: '/trailers' });
  assert.deepStrictEqual({ ...res.trailers }, { 'x-end': 'yes' });
}
{
  const { text } = await fetchText({ path: '/headers', headers: [['Host', 'x'], ['Cookie', 'a=1'], ['Cookie', 'b=2'],
                                                                 ['X-A', '1'], ['x-a', '2']] });
  assert.deepStrictEqual(JSON.parse(text), [0, 'a=1; b=2', ['1', '2']]);
}
{
  const req = http.request({ host: '127.0.0.1', port, path: '/echo', method: 'PUT', headers: { Expect: '100-continue' } });
  req.flushHeaders();
  await once(req, 'continue');
  req.end('late');
  const [res] = await once(req, 'response');
  assert.strictEqual((await res.toArray()).join(''), 'late');
}

async function raw(text) {
  const socket = net.connect(port, '127.0.0.1');
  socket.write(text);
  let answer = '';
  for await (const chunk of socket.setEncoding('latin1')) answer += chunk;
  return answer;
}

assert.match(await raw('GET / HTTP/1.1\r\nHost: x\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\nhead'), /\r\n\r\nhead!$/);
assert.strictEqual((await raw('GET / HTTP/1.1\r\nHost: x\r\n\r\nGET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n'))
  .split('hello').length, 3);
assert.match(await raw('GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n'),
             /^HTTP\/1\.1 400 Bad Request\r\nConnection: close\r\n\r\n$/);
assert.match(await raw('GET / HTTP/1.1\r\n\r\n'), /^HTTP\/1\.1 400 /);

assert.throws(() => http.request({ path: '/a b' }), { code: 'ERR_UNESCAPED_CHARACTERS' });
assert.throws(() => http.validateHeaderName('a b'), { code: 'ERR_INVALID_HTTP_TOKEN' });
assert.throws(() => http.validateHeaderValue('a', 'b\n'), { code: 'ERR_INVALID_CHAR' });

agent.destroy();
server.close();
server.closeAllConnections();
