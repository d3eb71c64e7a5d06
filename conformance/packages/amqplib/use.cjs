'use strict';
const assert = require('node:assert');
const amqplib = require('amqplib');

const url = process.env.SERVICE_URL;
(async () => {
  if (url.startsWith('none:')) {
    await assert.rejects(amqplib.connect(url.replace('none:', 'amqp:')), { code: 'ECONNREFUSED' });
    return;
  }
  const connection = await amqplib.connect(url);
  const sender = await connection.createConfirmChannel();
  const receiver = await connection.createChannel();
  await receiver.assertQueue('tasks', { durable: false });
  await receiver.prefetch(1);
  sender.sendToQueue('tasks', Buffer.from('something to do'), { headers: { n: 1 }, contentType: 'text/plain' });
  sender.sendToQueue('tasks', Buffer.alloc(200_000, 1));
  await sender.waitForConfirms();
  const got = [];
  await new Promise((done) => receiver.consume('tasks', (message) => {
    got.push([message.content.length, message.properties.headers.n]);
    receiver.ack(message);
    if (got.length === 2) done();
  }));
  assert.deepStrictEqual(got, [[15, 1], [200_000, undefined]]);
  await receiver.assertExchange('logs', 'topic', { durable: false });
  const { queue } = await receiver.assertQueue('', { exclusive: true });
  await receiver.bindQueue(queue, 'logs', 'a.*');
  sender.publish('logs', 'b.x', Buffer.from('not this'));
  sender.publish('logs', 'a.x', Buffer.from('this'));
  await sender.waitForConfirms();
  assert.strictEqual(String((await receiver.get(queue, { noAck: true })).content), 'this');
  assert.strictEqual(await receiver.get(queue), false);
  const wrong = await connection.createChannel();
  wrong.on('error', () => {});
  await assert.rejects(wrong.checkQueue('nothing'), /404/);
  await connection.close();
})();
