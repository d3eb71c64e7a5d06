'use strict';

// What a client says of the certificates that it should not trust.

const assert = require('node:assert');
const { once } = require('node:events');
const tls = require('node:tls');
const { selfSigned, signedBy } = require('./support/certificates.cjs');

const root = selfSigned('root');
const own = selfSigned('localhost');
const leaf = signedBy('root', 'leaf', { altNames: 'DNS:localhost,IP:127.0.0.1' });
const stranger = signedBy('root', 'stranger');
const expired = signedBy('root', 'expired', { days: -1 });

async function attempt({ key, cert }, options) {
  const server = tls.createServer({ key, cert }, (socket) => socket.on('error', () => {}).end('hello'));
  server.on('tlsClientError', () => {});
  await once(server.listen(0), 'listening');
  const client = tls.connect({ port: server.address().port, host: 'localhost', ...options });
  let result;
  client.on('secureConnect', () => result = client.authorized ? 'authorized' : client.authorizationError);
  client.on('error', (error) => result = error.code);
  client.resume();
  await new Promise((resolve) => client.on('close', resolve));
  server.close();
  return result;
}

async function main() {
  assert.strictEqual(await attempt(own), 'DEPTH_ZERO_SELF_SIGNED_CERT');
  assert.strictEqual(await attempt(own, { rejectUnauthorized: false }), 'DEPTH_ZERO_SELF_SIGNED_CERT');
  assert.strictEqual(await attempt(own, { ca: own.cert }), 'authorized');
  assert.strictEqual(await attempt(leaf), 'UNABLE_TO_VERIFY_LEAF_SIGNATURE');
  assert.strictEqual(await attempt({ key: leaf.key, cert: `${leaf.cert}${root.cert}` }), 'SELF_SIGNED_CERT_IN_CHAIN');
  assert.strictEqual(await attempt(leaf, { ca: root.cert }), 'authorized');
  assert.strictEqual(await attempt(stranger, { ca: root.cert }), 'ERR_TLS_CERT_ALTNAME_INVALID');
  assert.strictEqual(await attempt(stranger, { ca: root.cert, servername: 'stranger' }), 'authorized');
  assert.strictEqual(await attempt(expired, { ca: root.cert }), 'CERT_HAS_EXPIRED');
}

main();
