'use strict';
const assert = require('node:assert');
const Fastify = require('fastify');

const lines = [];
const fastify = Fastify({ logger: { level: 'info', stream: { write: (line) => lines.push(JSON.parse(line)) } } });
fastify.decorateRequest('who', null);
fastify.addHook('preHandler', async (request) => { request.who = request.headers['x-who'] ?? 'nobody'; });
fastify.get('/', { schema: { response: { 200: { type: 'object', properties: { hello: { type: 'string' } } } } } }, async (request) => ({ hello: request.who, hidden: 1 }));
fastify.post('/sum', { schema: { body: { type: 'object', required: ['numbers'], properties: { numbers: { type: 'array', items: { type: 'number' } } } } } },
  (request, reply) => { reply.code(201).header('x-sum', '1').send({ sum: request.body.numbers.reduce((a, b) => a + b, 0) }); });
fastify.register(async (child) => {
  child.get('/:name', async (request) => `plugin ${request.params.name}`);
  child.setErrorHandler((error, request, reply) => reply.code(409).send({ own: error.message }));
  child.get('/fail', async () => { throw new Error('conflict'); });
}, { prefix: '/child' });

(async () => {
  assert.deepStrictEqual((await fastify.inject({ url: '/', headers: { 'x-who': 'you' } })).json(), { hello: 'you' });
  const bad = await fastify.inject({ method: 'POST', url: '/sum', payload: { numbers: ['x'] } });
  assert.deepStrictEqual([bad.statusCode, bad.json().code], [400, 'FST_ERR_VALIDATION']);
  const address = await fastify.listen({ port: 0, host: '127.0.0.1' });
  const sum = await fetch(`${address}/sum`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"numbers":[1,2,3.5]}' });
  assert.deepStrictEqual([sum.status, sum.headers.get('x-sum'), await sum.json()], [201, '1', { sum: 6.5 }]);
  assert.strictEqual(await (await fetch(`${address}/child/it`)).text(), 'plugin it');
  assert.deepStrictEqual(await (await fetch(`${address}/child/fail`)).json(), { own: 'conflict' });
  assert.strictEqual((await fetch(`${address}/nowhere`)).status, 404);
  assert.ok(lines.some((it) => it.msg === 'request completed' && it.res.statusCode === 201));
  assert.match(fastify.printRoutes(), /child/);
  await fastify.close();
})();
