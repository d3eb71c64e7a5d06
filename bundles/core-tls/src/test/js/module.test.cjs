'use strict';

const assert = require('node:assert');
const tls = require('node:tls');

assert.strictEqual(tls.CLIENT_RENEG_LIMIT, 3);
assert.strictEqual(tls.CLIENT_RENEG_WINDOW, 600);
assert.strictEqual(tls.DEFAULT_ECDH_CURVE, 'auto');
assert.strictEqual(tls.DEFAULT_MIN_VERSION, 'TLSv1.2');
assert.strictEqual(tls.DEFAULT_MAX_VERSION, 'TLSv1.3');
assert.match(tls.DEFAULT_CIPHERS, /^TLS_AES_256_GCM_SHA384:/);

const ciphers = tls.getCiphers();
for (const name of ['tls_aes_256_gcm_sha384', 'tls_chacha20_poly1305_sha256', 'ecdhe-rsa-aes128-gcm-sha256',
                    'ecdhe-ecdsa-chacha20-poly1305', 'aes128-sha']) {
  assert.ok(ciphers.includes(name), name);
}
assert.deepStrictEqual(ciphers, [...ciphers].sort());

assert.match(tls.rootCertificates[0], /^-----BEGIN CERTIFICATE-----\n[^]+\n-----END CERTIFICATE-----$/);
assert.ok(Object.isFrozen(tls.rootCertificates));
assert.strictEqual(tls.rootCertificates, tls.rootCertificates);
assert.throws(() => tls.getCACertificates('no such'), { code: 'ERR_INVALID_ARG_VALUE' });

const out = {};
tls.convertALPNProtocols(['ab', 'c'], out);
assert.deepStrictEqual(out.ALPNProtocols, Buffer.from('\x02ab\x01c', 'latin1'));
assert.throws(() => tls.convertALPNProtocols(['a'.repeat(256)], {}), { code: 'ERR_OUT_OF_RANGE' });

const context = tls.createSecureContext();
assert.ok(context instanceof tls.SecureContext);
const wrong = [
  [{ minVersion: 'TLSv9' }, 'ERR_TLS_INVALID_PROTOCOL_VERSION'],
  [{ secureProtocol: 'blargh' }, 'ERR_TLS_INVALID_PROTOCOL_METHOD'],
  [{ secureProtocol: 'TLS_method', minVersion: 'TLSv1.2' }, 'ERR_TLS_PROTOCOL_VERSION_CONFLICT'],
  [{ cert: 1 }, 'ERR_INVALID_ARG_TYPE'],
  [{ key: true }, 'ERR_INVALID_ARG_TYPE'],
  [{ ca: [{}] }, 'ERR_INVALID_ARG_TYPE'],
  [{ ciphers: 1 }, 'ERR_INVALID_ARG_TYPE'],
  [{ ciphers: 'no such suite' }, 'ERR_SSL_NO_CIPHER_MATCH'],
  [{ cert: 'no certificate' }, 'ERR_OSSL_PEM_NO_START_LINE'],
  [{ key: 'no key' }, 'ERR_OSSL_UNSUPPORTED'],
  [{ ticketKeys: Buffer.alloc(1) }, 'ERR_INVALID_ARG_VALUE'],
  [{ ecdhCurve: 1 }, 'ERR_INVALID_ARG_TYPE'],
];
for (const [options, code] of wrong) {
  assert.throws(() => tls.createSecureContext(options), { code }, JSON.stringify(options));
}
assert.throws(() => tls.createServer(1), { code: 'ERR_INVALID_ARG_TYPE' });
assert.throws(() => tls.createServer({ ALPNCallback() {}, ALPNProtocols: ['a'] }),
              { code: 'ERR_TLS_ALPN_CALLBACK_WITH_PROTOCOLS' });
assert.throws(() => tls.createServer().addContext(''), { code: 'ERR_TLS_REQUIRED_SERVER_NAME' });
