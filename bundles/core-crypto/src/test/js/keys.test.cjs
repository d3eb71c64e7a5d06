'use strict';

// Key objects: every format there and back, details, and what is refused.

const assert = require('node:assert');
const crypto = require('node:crypto');

const rsa = crypto.generateKeyPairSync('rsa', { modulusLength: 1024 });
assert.strictEqual(rsa.privateKey.asymmetricKeyType, 'rsa');
assert.deepStrictEqual(rsa.publicKey.asymmetricKeyDetails, { modulusLength: 1024, publicExponent: 65537n });

for (const { privateKey, publicKey, types } of [
  { ...rsa, types: ['pkcs1', 'pkcs8'] },
  { ...crypto.generateKeyPairSync('ec', { namedCurve: 'P-256' }), types: ['sec1', 'pkcs8'] },
  { ...crypto.generateKeyPairSync('ec', { namedCurve: 'secp256k1' }), types: ['sec1', 'pkcs8'] },
  { ...crypto.generateKeyPairSync('ed25519'), types: ['pkcs8'] },
  { ...crypto.generateKeyPairSync('x448'), types: ['pkcs8'] },
  { ...crypto.generateKeyPairSync('ml-dsa-44'), types: ['pkcs8'] },
  { ...crypto.generateKeyPairSync('ml-kem-768'), types: ['pkcs8'] },
]) {
  for (const type of types) {
    for (const format of ['pem', 'der']) {
      const key = privateKey.export({ type, format });
      assert.ok(crypto.createPrivateKey({ key, type, format }).equals(privateKey));
    }
    if (privateKey.asymmetricKeyType.startsWith('ml-')) continue;
    const secret = privateKey.export({ type, format: 'pem', cipher: 'aes-256-cbc', passphrase: 'top secret' });
    assert.match(secret, /ENCRYPTED/);
    assert.ok(crypto.createPrivateKey({ key: secret, passphrase: 'top secret' }).equals(privateKey));
    assert.throws(() => crypto.createPrivateKey({ key: secret, passphrase: 'wrong' }), /bad decrypt|unsupported|asn1|DECODER/);
    assert.throws(() => crypto.createPrivateKey(secret), { code: 'ERR_OSSL_CRYPTO_INTERRUPTED_OR_CANCELLED' });
  }
  assert.ok(crypto.createPublicKey(publicKey.export({ type: 'spki', format: 'pem' })).equals(publicKey));
  assert.ok(crypto.createPublicKey(privateKey).equals(publicKey));
  if (!/^ml-kem/.test(privateKey.asymmetricKeyType)) {
    assert.ok(crypto.createPrivateKey({ key: privateKey.export({ format: 'jwk' }), format: 'jwk' }).equals(privateKey));
  }
}

assert.throws(() => crypto.createPrivateKey('nothing'), { code: 'ERR_OSSL_UNSUPPORTED', library: 'DECODER routines', reason: 'unsupported' });
assert.throws(() => crypto.generateKeyPairSync('ec', { namedCurve: 'nothing' }), { code: 'ERR_CRYPTO_INVALID_CURVE' });
assert.throws(() => rsa.publicKey.export({ type: 'pkcs8', format: 'pem' }), { code: 'ERR_INVALID_ARG_VALUE' });
assert.throws(() => rsa.privateKey.export({ type: 'sec1', format: 'pem' }), { code: 'ERR_CRYPTO_INCOMPATIBLE_KEY_OPTIONS' });

const secret = crypto.createSecretKey(Buffer.from('0011', 'hex'));
assert.deepStrictEqual(secret.export({ format: 'jwk' }), { kty: 'oct', k: 'ABE' });
assert.strictEqual(crypto.generateKeySync('aes', { length: 192 }).symmetricKeySize, 24);

const clone = structuredClone(rsa.publicKey);
assert.ok(clone instanceof crypto.KeyObject && clone.equals(rsa.publicKey));
assert.ok(require('node:util').types.isKeyObject(clone));

crypto.generateKeyPair('ec', { namedCurve: 'P-384', publicKeyEncoding: { type: 'spki', format: 'pem' } }, (error, publicKey, privateKey) => {
  assert.ifError(error);
  assert.match(publicKey, /^-----BEGIN PUBLIC KEY-----\n/);
  assert.deepStrictEqual(privateKey.asymmetricKeyDetails, { namedCurve: 'secp384r1' });
});
