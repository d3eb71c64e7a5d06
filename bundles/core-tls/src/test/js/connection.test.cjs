'use strict';

// Two ends of a connection: what they agree on and what they know of each other.

const assert = require('node:assert');
const { once } = require('node:events');
const net = require('node:net');
const tls = require('node:tls');
const { selfSigned, signedBy } = require('./support/certificates.cjs');

const root = selfSigned('root');
const leaf = signedBy('root', 'leaf', { altNames: 'DNS:localhost' });
const other = signedBy('root', 'other', { altNames: 'DNS:other.example' });
const client = signedBy('root', 'client');

async function pair(serverOptions, clientOptions) {
  const server = tls.createServer({ ...leaf, ...serverOptions });
  await once(server.listen(0), 'listening');
  const accepted = once(server, 'secureConnection');
  const near = tls.connect({ port: server.address().port, host: 'localhost', ca: root.cert, ...clientOptions });
  await once(near, 'secureConnect');
  const [far] = await accepted;
  return { server, near, far };
}

async function finish({ server, near, far }) {
  near.end();
  far.resume().end();
  near.resume();
  await once(near, 'close');
  server.close();
  await once(server, 'close');
}

async function echo() {
  const ends = await pair();
  const { near, far } = ends;
  assert.strictEqual(near.encrypted, true);
  assert.strictEqual(near.authorized, true);
  assert.strictEqual(near.authorizationError, null);
  assert.strictEqual(near.getProtocol(), 'TLSv1.3');
  assert.strictEqual(near.alpnProtocol, false);
  assert.deepStrictEqual(near.getCipher(), {
    name: 'TLS_AES_256_GCM_SHA384', standardName: 'TLS_AES_256_GCM_SHA384', version: 'TLSv1.3',
  });
  assert.strictEqual(near.isSessionReused(), false);
  const peer = near.getPeerCertificate();
  assert.deepStrictEqual({ ...peer.subject }, { CN: 'leaf' });
  assert.strictEqual(peer.subjectaltname, 'DNS:localhost');
  assert.strictEqual(peer.nistCurve, 'P-256');
  assert.match(peer.fingerprint256, /^([0-9A-F]{2}:){31}[0-9A-F]{2}$/);
  const detailed = near.getPeerCertificate(true);
  assert.strictEqual(detailed.issuerCertificate.subject.CN, 'root');
  assert.strictEqual(detailed.issuerCertificate.issuerCertificate, detailed.issuerCertificate);
  assert.deepStrictEqual(far.getPeerCertificate(), {});
  assert.strictEqual(far.getCertificate().subject.CN, 'leaf');

  far.pipe(far);
  const sent = Buffer.alloc(300_000, 'nodule');
  near.write(sent);
  const parts = [];
  let length = 0;
  for await (const part of near) {
    parts.push(part);
    length += part.length;
    if (length === sent.length) break;
  }
  assert.ok(Buffer.concat(parts).equals(sent));
  assert.strictEqual(near.bytesWritten, sent.length);
  ends.server.close();
}

async function names() {
  const ends = await pair({ SNICallback(name, callback) {
    assert.strictEqual(name, 'other.example');
    callback(null, tls.createSecureContext(other));
  } }, { servername: 'other.example' });
  assert.strictEqual(ends.far.servername, 'other.example');
  assert.strictEqual(ends.near.getPeerCertificate().subject.CN, 'other');
  await finish(ends);
}

async function protocols() {
  const agreed = await pair({ ALPNProtocols: ['x', 'h2'] }, { ALPNProtocols: ['h2', 'x'] });
  assert.strictEqual(agreed.near.alpnProtocol, 'x');
  assert.strictEqual(agreed.far.alpnProtocol, 'x');
  await finish(agreed);
  const chosen = await pair({ ALPNCallback: ({ protocols }) => protocols[1] }, { ALPNProtocols: ['h2', 'y'] });
  assert.strictEqual(chosen.near.alpnProtocol, 'y');
  await finish(chosen);
}

async function clientCertificate() {
  const ends = await pair({ requestCert: true, ca: root.cert, maxVersion: 'TLSv1.2' }, client);
  assert.strictEqual(ends.far.authorized, true);
  assert.strictEqual(ends.far.getPeerCertificate().subject.CN, 'client');
  assert.strictEqual(ends.near.getProtocol(), 'TLSv1.2');
  await finish(ends);
}

async function resumption() {
  const first = await pair({ maxVersion: 'TLSv1.2' });
  const session = first.near.getSession();
  assert.ok(Buffer.isBuffer(session));
  const near = tls.connect({ port: first.server.address().port, host: 'localhost', ca: root.cert, session });
  await once(near, 'secureConnect');
  assert.strictEqual(near.isSessionReused(), true);
  near.destroy();
  await finish(first);
}

// A connection becomes secure in its middle, as with STARTTLS.
async function upgrade() {
  const server = net.createServer((plain) => {
    plain.once('data', () => {
      plain.write('go on');
      const secure = new tls.TLSSocket(plain, { isServer: true, secureContext: tls.createSecureContext(leaf) });
      secure.on('data', (data) => secure.end(`${data}!`));
    });
  });
  await once(server.listen(0), 'listening');
  const plain = net.connect(server.address().port);
  plain.write('secure, please');
  await once(plain, 'data');
  const secure = tls.connect({ socket: plain, host: 'localhost', ca: root.cert });
  secure.write('hello');
  let text = '';
  for await (const part of secure) text += part;
  assert.strictEqual(text, 'hello!');
  server.close();
}

async function noTls() {
  const server = tls.createServer(leaf);
  await once(server.listen(0), 'listening');
  const plain = net.connect(server.address().port);
  plain.on('error', () => {});
  plain.write('GET / HTTP/1.1\r\n\r\n');
  const [error, socket] = await once(server, 'tlsClientError');
  assert.strictEqual(error.code, 'ERR_SSL_HTTP_REQUEST');
  assert.ok(socket instanceof tls.TLSSocket);
  plain.destroy();
  server.close();

  const nonsense = net.createServer((socket) => socket.end('this is no TLS'));
  await once(nonsense.listen(0), 'listening');
  const near = tls.connect(nonsense.address().port);
  const [reason] = await once(near, 'error');
  assert.strictEqual(reason.code, 'ERR_SSL_WRONG_VERSION_NUMBER');
  nonsense.close();
}

async function main() {
  for (const test of [echo, names, protocols, clientCertificate, resumption, upgrade, noTls]) await test();
}

main();
