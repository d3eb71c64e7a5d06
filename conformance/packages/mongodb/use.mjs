import assert from 'node:assert';
import { createServer } from 'node:net';
import { BSON, Binary, Decimal128, Long, MongoClient, MongoServerSelectionError, ObjectId, Timestamp } from 'mongodb';

const server = createServer().listen(0, '127.0.0.1');
await new Promise((done) => server.once('listening', done));
const { port } = server.address();
await new Promise((done) => server.close(done));
const client = new MongoClient(`mongodb://127.0.0.1:${port}/db?serverSelectionTimeoutMS=3000&directConnection=true`);
const events = [];
client.on('serverHeartbeatFailed', (event) => events.push(event.failure.name));
await assert.rejects(client.connect(), (error) => error instanceof MongoServerSelectionError && /ECONNREFUSED/.test(error.message));
assert.ok(events.includes('MongoNetworkError'));
await client.close();
assert.throws(() => new MongoClient('http://127.0.0.1'), { name: 'MongoParseError' });
assert.deepStrictEqual(new MongoClient('mongodb://u:p%40@a:1,b:2/?replicaSet=r&tls=true&w=majority').options.hosts.map(String), ['a:1', 'b:2']);

const document = { _id: new ObjectId(), text: 'ö', n: 1, big: Long.fromString('9007199254740993'), price: Decimal128.fromString('1.10'), at: new Date(0),
  raw: new Binary(Buffer.from('ab')), list: [true, null, { a: 1.5 }], pattern: /x/i, stamp: new Timestamp({ t: 1, i: 2 }) };
const back = BSON.deserialize(BSON.serialize(document), { promoteLongs: false });
assert.deepStrictEqual(BSON.EJSON.stringify(back), BSON.EJSON.stringify(document));
assert.strictEqual(back._id.toHexString(), document._id.toHexString());
