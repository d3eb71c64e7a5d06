'use strict';
const assert = require('node:assert');
const { JSONCodec, StringCodec, connect, headers } = require('nats');

const url = process.env.SERVICE_URL;
(async () => {
  if (url.startsWith('none:')) {
    await assert.rejects(connect({ servers: url.replace('none://', ''), reconnect: false }), { code: 'CONNECTION_REFUSED' });
    return;
  }
  const text = StringCodec();
  const json = JSONCodec();
  const one = await connect({ servers: url.replace('nats://', '') });
  const two = await connect({ servers: url.replace('nats://', '') });
  const subscription = one.subscribe('hello.*', { max: 2 });
  const received = (async () => { const all = []; for await (const it of subscription) all.push([it.subject, text.decode(it.data), it.headers?.get('k')]); return all; })();
  await one.flush();
  two.publish('hello.a', text.encode('wörld'));
  const extra = headers();
  extra.set('k', 'v');
  two.publish('hello.b', text.encode('again'), { headers: extra });
  const all = await received;
  assert.deepStrictEqual(all.map((it) => it.slice(0, 2)), [['hello.a', 'wörld'], ['hello.b', 'again']]);
  assert.strictEqual(all[1][2], 'v');
  one.subscribe('sum', { queue: 'workers', callback: (error, message) => message.respond(json.encode({ sum: json.decode(message.data).reduce((a, b) => a + b) })) });
  await one.flush();
  assert.deepStrictEqual(json.decode((await two.request('sum', json.encode([1, 2, 3]), { timeout: 5000 })).data), { sum: 6 });
  await assert.rejects(two.request('nobody', undefined, { timeout: 1000 }), { code: '503' });
  assert.ok((await two.rtt()) >= 0);
  await Promise.all([one.drain(), two.close()]);
})();
