'use strict';

// Objects of other modules in messages: file handles move, keys are copied.

const assert = require('node:assert');
const crypto = require('node:crypto');
const { once } = require('node:events');
const fs = require('node:fs');
const { MessageChannel, Worker } = require('node:worker_threads');

async function fileHandle() {
  const { port1, port2 } = new MessageChannel();
  const handle = await fs.promises.open(__filename);
  assert.throws(() => port1.postMessage(handle), { name: 'DataCloneError' });
  assert.notStrictEqual(handle.fd, -1);
  port1.postMessage({ handle }, [handle]);
  assert.strictEqual(handle.fd, -1);
  const [{ handle: moved }] = await once(port2, 'message');
  assert.strictEqual(Object.getPrototypeOf(moved), Object.getPrototypeOf(handle));
  assert.strictEqual(await moved.readFile('utf8'), fs.readFileSync(__filename, 'utf8'));
  await moved.close();
  await assert.rejects(handle.readFile(), { code: 'EBADF' });
  port1.close();
}

async function keys() {
  const secret = crypto.createSecretKey(Buffer.from('0123456789abcdef'));
  const { privateKey, publicKey } = crypto.generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const hmac = await crypto.subtle.importKey('raw', Buffer.alloc(32, 1), { name: 'HMAC', hash: 'SHA-256' }, true, ['sign']);
  const worker = new Worker(`
    const { parentPort, workerData } = require('node:worker_threads');
    const crypto = require('node:crypto');
    const { secret, privateKey, publicKey, hmac } = workerData;
    crypto.subtle.sign('HMAC', hmac, Buffer.from('text')).then((signature) => parentPort.postMessage({
      secret: secret.export().toString(),
      types: [secret.type, privateKey.type, publicKey.type, hmac.type, hmac.algorithm.hash.name],
      own: crypto.sign('sha256', Buffer.from('text'), privateKey),
      signature,
      back: publicKey,
    }));
  `, { eval: true, workerData: { secret, privateKey, publicKey, hmac } });
  const [answer] = await once(worker, 'message');
  assert.strictEqual(answer.secret, '0123456789abcdef');
  assert.deepStrictEqual(answer.types, ['secret', 'private', 'public', 'secret', 'SHA-256']);
  assert.ok(crypto.verify('sha256', Buffer.from('text'), answer.back, answer.own));
  assert.ok(answer.back.equals(publicKey));
  assert.deepStrictEqual(Buffer.from(answer.signature), crypto.createHmac('sha256', Buffer.alloc(32, 1)).update('text').digest());
}

fileHandle().then(keys).catch((error) => {
  console.error(error);
  process.exit(1);
});
