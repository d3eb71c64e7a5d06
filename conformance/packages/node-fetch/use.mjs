import assert from 'node:assert';
import { createServer } from 'node:http';
import { gzipSync } from 'node:zlib';
import fetch, { AbortError, Blob, FetchError, FormData, Headers, Request, Response } from 'node-fetch';

const server = createServer(async (request, response) => {
  let body = '';
  for await (const chunk of request) body += chunk;
  if (request.url === '/slow') return;
  if (request.url === '/away') return response.writeHead(303, { location: '/json' }).end();
  if (request.url === '/gzip') return response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('zipped'));
  response.writeHead(request.url === '/missing' ? 404 : 200, { 'content-type': 'application/json', 'set-cookie': ['a=1', 'b=2'] });
  response.end(JSON.stringify({ method: request.method, body, type: request.headers['content-type'] }));
});
await new Promise((done) => server.listen(0, '127.0.0.1', done));
const base = `http://127.0.0.1:${server.address().port}`;

const response = await fetch(`${base}/json`, { method: 'POST', body: JSON.stringify({ a: 1 }), headers: { 'Content-Type': 'application/json' } });
assert.deepStrictEqual(await response.json(), { method: 'POST', body: '{"a":1}', type: 'application/json' });
assert.deepStrictEqual(response.headers.raw()['set-cookie'], ['a=1', 'b=2']);
assert.strictEqual((await (await fetch(base, { method: 'POST', body: new URLSearchParams({ a: '1' }) })).json()).body, 'a=1');
const form = new FormData();
form.set('file', new Blob(['content']), 'f.txt');
assert.match((await (await fetch(base, { method: 'POST', body: form })).json()).body, /filename="f\.txt"[^]*content/);
assert.strictEqual(await (await fetch(`${base}/gzip`)).text(), 'zipped');
const away = await fetch(`${base}/away`);
assert.deepStrictEqual([away.redirected, away.url], [true, `${base}/json`]);
assert.strictEqual((await fetch(`${base}/missing`)).ok, false);
let length = 0;
for await (const chunk of (await fetch(base)).body) length += chunk.length;
assert.ok(length > 10);
const abort = new AbortController();
setTimeout(() => abort.abort(), 30);
await assert.rejects(fetch(`${base}/slow`, { signal: abort.signal }), AbortError);
await assert.rejects(fetch('http://127.0.0.1:1'), (error) => error instanceof FetchError && error.code === 'ECONNREFUSED');
assert.strictEqual(new Request(base, { headers: new Headers({ X: 'y' }) }).headers.get('x'), 'y');
assert.strictEqual(await new Response('text').text(), 'text');
server.close();
server.closeAllConnections();
