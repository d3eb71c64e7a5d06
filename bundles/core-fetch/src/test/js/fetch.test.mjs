// fetch against real servers: methods, bodies, redirects, compression, streams, aborting, reuse of connections.
import assert from 'node:assert';
import http from 'node:http';
import { once } from 'node:events';
import zlib from 'node:zlib';

const seen = new Set();
const server = http.createServer((request, response) => {
  seen.add(request.socket);
  const { pathname } = new URL(request.url, 'http://server');
  const parts = [];
  request.on('data', (part) => parts.push(part));
  request.on('end', () => {
    const body = Buffer.concat(parts);
    switch (pathname) {
      case '/redirect':
        response.writeHead(302, { location: '/echo' });
        return response.end('elsewhere');
      case '/loop':
        response.writeHead(302, { location: '/loop' });
        return response.end();
      case '/gzip':
        response.writeHead(200, { 'content-encoding': 'gzip' });
        return response.end(zlib.gzipSync('packed'));
      case '/br':
        response.writeHead(200, { 'content-encoding': 'br' });
        return response.end(zlib.brotliCompressSync('pressed'));
      case '/chunks':
        response.write('one,');
        setImmediate(() => response.write('two,'));
        return setTimeout(() => response.end('three'), 5);
      case '/large':
        return response.end(Buffer.alloc(3 << 20, 'x'));
      case '/hang':
        return response.write('begun');
      case '/early':
        response.writeEarlyHints({ link: '</a.css>; rel=preload' });
        return response.end('late');
      case '/none':
        response.writeHead(204);
        return response.end();
      case '/cookies':
        response.setHeader('set-cookie', ['a=1', 'b=2']);
        return response.end();
      case '/broken':
        response.writeHead(200, { 'content-length': 10 });
        response.write('short');
        return setImmediate(() => request.socket.destroy());
      case '/garbage':
        return request.socket.end('HTTP/1.1 what\r\n\r\n');
      default:
        response.setHeader('x-method', request.method);
        response.setHeader('x-type', request.headers['content-type'] ?? 'none');
        return response.end(body);
    }
  });
});
server.listen(0);
await once(server, 'listening');
const base = `http://localhost:${server.address().port}`;

const echo = await fetch(`${base}/echo`, { method: 'POST', body: 'héllo' });
assert.strictEqual(echo.status, 200);
assert.strictEqual(echo.statusText, 'OK');
assert.strictEqual(echo.ok, true);
assert.strictEqual(echo.headers.get('x-method'), 'POST');
assert.strictEqual(echo.headers.get('x-type'), 'text/plain;charset=UTF-8');
assert.strictEqual(await echo.text(), 'héllo');
assert.strictEqual(echo.bodyUsed, true);
await assert.rejects(echo.text(), { name: 'TypeError' });

const json = await fetch(new Request(`${base}/echo`, { method: 'PUT', body: JSON.stringify({ a: [1] }), headers: { 'content-type': 'application/json' } }));
assert.deepStrictEqual(await json.json(), { a: [1] });

const redirected = await fetch(`${base}/redirect`);
assert.strictEqual(redirected.redirected, true);
assert.strictEqual(redirected.url, `${base}/echo`);
const manual = await fetch(`${base}/redirect`, { redirect: 'manual' });
assert.strictEqual(manual.status, 302);
await manual.text();
await assert.rejects(fetch(`${base}/redirect`, { redirect: 'error' }), { name: 'TypeError', message: 'fetch failed' });
await assert.rejects(fetch(`${base}/loop`), (error) => error.cause.message === 'redirect count exceeded');

assert.strictEqual(await (await fetch(`${base}/gzip`)).text(), 'packed');
assert.strictEqual(await (await fetch(`${base}/br`)).text(), 'pressed');
assert.strictEqual((await (await fetch(`${base}/large`)).arrayBuffer()).byteLength, 3 << 20);
assert.strictEqual(await (await fetch(`${base}/early`)).text(), 'late');
const none = await fetch(`${base}/none`);
assert.strictEqual(none.status, 204);
assert.strictEqual(none.body, null);
assert.deepStrictEqual((await fetch(`${base}/cookies`)).headers.getSetCookie(), ['a=1', 'b=2']);
assert.ok(seen.size < 10, 'connections are used again');
const head = await fetch(`${base}/large`, { method: 'HEAD' });
assert.strictEqual(await head.text(), '');

const decoder = new TextDecoder();
let streamed = '';
for await (const chunk of (await fetch(`${base}/chunks`)).body) streamed += decoder.decode(chunk, { stream: true });
assert.strictEqual(streamed, 'one,two,three');

async function* parts() {
  yield Buffer.from('up');
  yield Buffer.from('stream');
}
const upload = await fetch(`${base}/echo`, { method: 'POST', body: ReadableStream.from(parts()), duplex: 'half' });
assert.strictEqual(await upload.text(), 'upstream');

const form = new FormData();
form.append('name', 'value');
form.append('file', new File(['content'], 'a.txt', { type: 'text/plain' }));
const received = await (await fetch(`${base}/echo`, { method: 'POST', body: form })).blob();
const type = (await fetch(`${base}/echo`, { method: 'POST', body: form })).headers.get('x-type');
assert.match(type, /^multipart\/form-data; boundary=/);
assert.match(await received.text(), /name="file"; filename="a.txt"\r\nContent-Type: text\/plain\r\n\r\ncontent\r\n/);
const parsed = await new Response(form).formData();
assert.strictEqual(parsed.get('name'), 'value');
assert.strictEqual(await parsed.get('file').text(), 'content');
const query = await fetch(`${base}/echo`, { method: 'POST', body: new URLSearchParams({ a: 'b c' }) });
assert.strictEqual(await query.text(), 'a=b+c');

const controller = new AbortController();
const hanging = await fetch(`${base}/hang`, { signal: controller.signal });
const text = hanging.text();
controller.abort();
await assert.rejects(text, { name: 'AbortError' });
await assert.rejects(fetch(base, { signal: AbortSignal.abort() }), { name: 'AbortError', code: 20 });
await assert.rejects(fetch(`${base}/hang`, { signal: AbortSignal.timeout(10) }).then((response) => response.text()), { name: 'TimeoutError' });

await assert.rejects((await fetch(`${base}/broken`)).text(), (error) => error.message === 'terminated' && error.cause.code === 'UND_ERR_SOCKET');
await assert.rejects(fetch(`${base}/garbage`), (error) => error.cause.name === 'HTTPParserError');
await assert.rejects(fetch('http://localhost:1'), (error) => error.message === 'fetch failed' && error.cause.message === 'bad port');
const closed = http.createServer().listen(0);
const unused = `http://127.0.0.1:${closed.address().port}`;
await new Promise((resolve) => { closed.close(resolve); });
await assert.rejects(fetch(unused), (error) => error.message === 'fetch failed' && error.cause.code === 'ECONNREFUSED');
await assert.rejects(fetch('nonsense'), { name: 'TypeError', message: 'Failed to parse URL from nonsense' });
assert.strictEqual(await (await fetch('data:text/plain,hi')).text(), 'hi');
const url = URL.createObjectURL(new Blob(['blob']));
assert.strictEqual(await (await fetch(url)).text(), 'blob');

const pair = await Promise.all([fetch(`${base}/echo`), fetch(`${base}/large`), fetch(`${base}/chunks`)]);
assert.deepStrictEqual(pair.map((response) => response.status), [200, 200, 200]);
await Promise.all(pair.map((response) => response.arrayBuffer()));

server.closeAllConnections();
server.close();
