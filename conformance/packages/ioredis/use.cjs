'use strict';
const assert = require('node:assert');
const { once } = require('node:events');
const { Redis } = require('ioredis');

const url = process.env.SERVICE_URL;
(async () => {
  if (url.startsWith('none:')) {
    const redis = new Redis(url.replace('none:', 'redis:'), { retryStrategy: null, lazyConnect: true });
    redis.on('error', () => {});
    await assert.rejects(redis.connect());
    return;
  }
  const redis = new Redis(url);
  assert.strictEqual(await redis.set('mykey', 'välue'), 'OK');
  assert.strictEqual(await redis.get('mykey'), 'välue');
  assert.deepStrictEqual(await redis.getBuffer('mykey'), Buffer.from('välue'));
  await redis.zadd('set', 1, 'one', 2, 'dos', 4, 'quatro');
  assert.deepStrictEqual(await redis.zrange('set', 0, 2, 'WITHSCORES'), ['one', '1', 'dos', '2', 'quatro', '4']);
  await redis.hset('hash', { a: 1, b: 'x' });
  assert.deepStrictEqual({ ...(await redis.hgetall('hash')) }, { a: '1', b: 'x' });
  assert.deepStrictEqual(await redis.pipeline().set('p', 1).incr('p').get('p').exec(), [[null, 'OK'], [null, 2], [null, '2']]);
  assert.deepStrictEqual(await redis.multi().incr('p').incr('p').exec(), [[null, 3], [null, 4]]);
  redis.defineCommand('addTo', { numberOfKeys: 1, lua: "return redis.call('INCRBY', KEYS[1], ARGV[1])" });
  assert.strictEqual(await redis.addTo('p', 10), 14);
  await assert.rejects(redis.incr('mykey'), /ERR value is not an integer/);
  await redis.set('brief', 'x', 'PX', 10);
  await new Promise((next) => setTimeout(next, 60));
  assert.strictEqual(await redis.get('brief'), null);
  const big = Buffer.alloc(300_000, 7);
  await redis.set('big', big);
  assert.ok((await redis.getBuffer('big')).equals(big));
  assert.deepStrictEqual((await Promise.all(Array.from({ length: 500 }, (_, i) => redis.echo(`n${i}`)))).at(-1), 'n499');

  const listener = redis.duplicate();
  await listener.subscribe('news');
  const message = once(listener, 'message');
  await redis.publish('news', 'hello');
  assert.deepStrictEqual(await message, ['news', 'hello']);
  const keys = [];
  for await (const batch of redis.scanStream({ match: '*i*' })) keys.push(...batch);
  assert.deepStrictEqual(keys.sort(), ['big']);
  listener.disconnect();
  await redis.quit();
})();
