'use strict';
const assert = require('node:assert');
const { Readable } = require('node:stream');
const Koa = require('koa');

const app = new Koa({ keys: ['a key'] });
app.silent = true;
app.use(async (ctx, next) => {
  const started = Date.now();
  await next();
  ctx.set('X-Response-Time', `${Date.now() - started}ms`);
});
app.use(async (ctx) => {
  switch (ctx.path) {
    case '/json': ctx.body = { query: ctx.query, agent: ctx.get('user-agent') }; break;
    case '/stream': ctx.body = Readable.from(['a', 'b']); ctx.type = 'text'; break;
    case '/cookie': ctx.cookies.set('n', '1', { signed: true }); ctx.status = 204; break;
    case '/throw': ctx.throw(400, 'name required'); break;
    case '/crash': throw new Error('hidden');
    case '/context': ctx.body = String(app.currentContext === ctx); break;
    case '/away': ctx.redirect('/json'); break;
    default: ctx.body = 'Hello Koa';
  }
});
const server = app.listen(0, async () => {
  const base = `http://127.0.0.1:${server.address().port}`;
  const hello = await fetch(base);
  assert.strictEqual(await hello.text(), 'Hello Koa');
  assert.match(hello.headers.get('x-response-time'), /^\d+ms$/);
  assert.deepStrictEqual((await (await fetch(`${base}/json?a=1`, { headers: { 'user-agent': 'u' } })).json()), { query: { a: '1' }, agent: 'u' });
  assert.strictEqual(await (await fetch(`${base}/stream`)).text(), 'ab');
  assert.match((await fetch(`${base}/cookie`)).headers.get('set-cookie'), /n=1; path=\/; httponly, n\.sig=/);
  const thrown = await fetch(`${base}/throw`);
  assert.deepStrictEqual([thrown.status, await thrown.text()], [400, 'name required']);
  assert.strictEqual(await (await fetch(`${base}/crash`)).text(), 'Internal Server Error');
  assert.strictEqual((await fetch(`${base}/away`)).url, `${base}/json`);
  server.close();
  server.closeAllConnections();
});
