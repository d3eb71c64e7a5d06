'use strict';
const assert = require('node:assert');
const { once } = require('node:events');
const { createServer } = require('node:net');
const { Kafka, KafkaJSError, Partitioners, logLevel } = require('kafkajs');

(async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const broker = `127.0.0.1:${server.address().port}`;
  server.close();
  await once(server, 'close');
  const logged = [];
  const kafka = new Kafka({ clientId: 'app', brokers: [broker], retry: { retries: 1, initialRetryTime: 20 }, connectionTimeout: 1000,
    logLevel: logLevel.ERROR, logCreator: () => ({ namespace, log }) => logged.push(`${namespace}: ${log.message}`) });
  await assert.rejects(kafka.producer({ createPartitioner: Partitioners.DefaultPartitioner }).connect(), (error) => error instanceof KafkaJSError && /ECONNREFUSED/.test(error.message));
  await assert.rejects(kafka.admin().connect(), { name: 'KafkaJSNumberOfRetriesExceeded' });
  await assert.rejects(kafka.consumer({ groupId: 'g' }).connect(), /ECONNREFUSED/);
  assert.ok(logged.some((it) => it.startsWith('Connection: Connection error: connect ECONNREFUSED')), logged.join('\n'));
  assert.strictEqual(Partitioners.DefaultPartitioner()({ topic: 't', partitionMetadata: [{ partitionId: 0, leader: 1 }, { partitionId: 1, leader: 1 }], message: { key: 'key' } }), 1);
})();
