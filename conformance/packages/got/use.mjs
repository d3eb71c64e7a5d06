import assert from 'node:assert';
import { createServer } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { Writable } from 'node:stream';
import got, { HTTPError, TimeoutError } from 'got';

let shaky = 0;
const server = createServer(async (request, response) => {
  let body = '';
  for await (const chunk of request) body += chunk;
  if (request.url === '/slow') return;
  if (request.url === '/shaky' && ++shaky < 3) return response.writeHead(503, { 'retry-after': '0' }).end();
  if (request.url === '/away') return response.writeHead(301, { location: '/json' }).end();
  if (request.url.startsWith('/page')) {
    const page = Number(request.url.at(-1));
    if (page < 3) response.setHeader('link', `</page${page + 1}>; rel="next"`);
    return response.end(JSON.stringify([page]));
  }
  response.writeHead(request.url === '/missing' ? 404 : 200, { 'content-type': 'application/json', 'set-cookie': 'c=1' });
  response.end(JSON.stringify({ method: request.method, url: request.url, body, own: request.headers.own }));
});
await new Promise((done) => server.listen(0, '127.0.0.1', done));
const client = got.extend({ prefixUrl: `http://127.0.0.1:${server.address().port}`, headers: { own: 'yes' }, retry: { backoffLimit: 10 } });

assert.deepStrictEqual(await client.post('json', { json: { hello: 'world' } }).json(), { method: 'POST', url: '/json', body: '{"hello":"world"}', own: 'yes' });
assert.strictEqual((await client('json', { searchParams: { a: 'b c' } }).json()).url, '/json?a=b+c');
assert.strictEqual((await client('shaky')).retryCount, 2);
assert.strictEqual((await client('away')).redirectUrls.length, 1);
await assert.rejects(client('missing'), (error) => error instanceof HTTPError && error.response.statusCode === 404);
await assert.rejects(client('slow', { timeout: { request: 50 }, retry: { limit: 0 } }), TimeoutError);
await assert.rejects(got('http://127.0.0.1:1', { retry: { limit: 0 } }), { code: 'ECONNREFUSED' });
let streamed = '';
await pipeline(client.stream('json'), new Writable({ write(chunk, encoding, next) { streamed += chunk; next(); } }));
assert.strictEqual(JSON.parse(streamed).method, 'GET');
assert.deepStrictEqual(await client.paginate.all('page1'), [1, 2, 3]);
const hooked = client.extend({ hooks: { beforeRequest: [(options) => { options.headers.own = 'hooked'; }] } });
assert.strictEqual((await hooked('json').json()).own, 'hooked');
const response = await client('json');
assert.ok(response.timings.phases.total >= 0 && response.ip === '127.0.0.1');
server.close();
server.closeAllConnections();
