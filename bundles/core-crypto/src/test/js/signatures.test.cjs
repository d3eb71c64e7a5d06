'use strict';

// Signatures of every type of key, and RSA as a cipher.

const assert = require('node:assert');
const crypto = require('node:crypto');

const data = Buffer.from('some data');
const rsa = crypto.generateKeyPairSync('rsa', { modulusLength: 1024 });
const ec = crypto.generateKeyPairSync('ec', { namedCurve: 'P-256' });

for (const [pair, digest] of [[rsa, 'sha256'], [rsa, 'sha1'], [ec, 'sha384'], [crypto.generateKeyPairSync('ec', { namedCurve: 'secp256k1' }), 'sha256'],
  [crypto.generateKeyPairSync('ed25519'), null], [crypto.generateKeyPairSync('ed448'), null], [crypto.generateKeyPairSync('ml-dsa-65'), null]]) {
  const signature = crypto.sign(digest, data, pair.privateKey);
  assert.ok(crypto.verify(digest, data, pair.publicKey, signature));
  assert.ok(!crypto.verify(digest, Buffer.from('other data'), pair.publicKey, signature));
  signature[signature.length - 1] ^= 1;
  assert.ok(!crypto.verify(digest, data, pair.publicKey, signature));
}

const { RSA_PKCS1_PSS_PADDING: padding, RSA_PSS_SALTLEN_DIGEST: saltLength, RSA_PKCS1_PADDING } = crypto.constants;
const pss = crypto.createSign('sha256').update(data).sign({ key: rsa.privateKey, padding, saltLength });
assert.ok(crypto.createVerify('sha256').update(data).verify({ key: rsa.publicKey, padding }, pss));
assert.ok(crypto.createVerify('sha256').update(data).verify({ key: rsa.publicKey, padding, saltLength: 32 }, pss));
assert.ok(!crypto.createVerify('sha256').update(data).verify({ key: rsa.publicKey, padding, saltLength: 20 }, pss));

assert.strictEqual(crypto.sign('sha256', data, { key: ec.privateKey, dsaEncoding: 'ieee-p1363' }).length, 64);
assert.throws(() => crypto.sign('nothing', data, rsa.privateKey), { code: 'ERR_CRYPTO_INVALID_DIGEST' });
assert.throws(() => crypto.createSign('sha256').sign(null), { code: 'ERR_CRYPTO_SIGN_KEY_REQUIRED' });

// RFC 8032, section 7.1, test 1: signatures of Ed25519 are always the same.
const edKey = crypto.createPrivateKey({
  format: 'jwk',
  key: { kty: 'OKP', crv: 'Ed25519', d: 'nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A', x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo' },
});
assert.strictEqual(crypto.sign(null, Buffer.alloc(0), edKey).toString('hex'),
                   'e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46b' +
                   'd25bf5f0595bbe24655141438e7a100b');

for (const oaepHash of ['sha1', 'sha256']) {
  const sealed = crypto.publicEncrypt({ key: rsa.publicKey, oaepHash }, data);
  assert.deepStrictEqual(crypto.privateDecrypt({ key: rsa.privateKey, oaepHash }, sealed), data);
}
assert.deepStrictEqual(crypto.publicDecrypt(rsa.publicKey, crypto.privateEncrypt(rsa.privateKey, data)), data);
assert.deepStrictEqual(crypto.privateDecrypt({ key: rsa.privateKey, padding: RSA_PKCS1_PADDING },
                                             crypto.publicEncrypt({ key: rsa.publicKey, padding: RSA_PKCS1_PADDING }, data)), data);
assert.throws(() => crypto.publicEncrypt(rsa.publicKey, Buffer.alloc(200)), { code: 'ERR_OSSL_RSA_DATA_TOO_LARGE_FOR_KEY_SIZE' });

crypto.sign('sha256', data, rsa.privateKey, (error, signature) => {
  assert.ifError(error);
  crypto.verify('sha256', data, rsa.publicKey, signature, (failure, genuine) => {
    assert.ifError(failure);
    assert.strictEqual(genuine, true);
  });
});
