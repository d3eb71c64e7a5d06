'use strict';

// Shared secrets, key encapsulation and primes.

const assert = require('node:assert');
const crypto = require('node:crypto');

const alice = crypto.createECDH('secp256k1');
alice.setPrivateKey('cafebabe'.repeat(8), 'hex');
assert.strictEqual(alice.getPublicKey('hex', 'compressed'), '03672a31bfc59d3f04548ec9b7daeeba2f61814e8ccc40448045007f5479f693a3');
const bob = crypto.createECDH('secp256k1');
bob.generateKeys();
assert.deepStrictEqual(alice.computeSecret(bob.getPublicKey()), bob.computeSecret(alice.getPublicKey()));
assert.throws(() => alice.computeSecret(Buffer.alloc(65)), { code: 'ERR_CRYPTO_ECDH_INVALID_PUBLIC_KEY' });
assert.throws(() => crypto.createECDH('nothing'), { code: 'ERR_CRYPTO_INVALID_CURVE' });

const group = crypto.getDiffieHellman('modp5');
group.generateKeys();
const other = crypto.createDiffieHellman(group.getPrime(), group.getGenerator());
other.generateKeys();
assert.strictEqual(group.computeSecret(other.getPublicKey(), null, 'hex'), other.computeSecret(group.getPublicKey(), null, 'hex'));
assert.strictEqual(other.verifyError, 0);
assert.throws(() => crypto.getDiffieHellman('nothing'), { code: 'ERR_CRYPTO_UNKNOWN_DH_GROUP' });

for (const [type, options] of [['x25519'], ['x448'], ['ec', { namedCurve: 'P-521' }], ['dh', { group: 'modp5' }]]) {
  const one = crypto.generateKeyPairSync(type, options);
  const two = crypto.generateKeyPairSync(type, options);
  assert.deepStrictEqual(crypto.diffieHellman({ privateKey: one.privateKey, publicKey: two.publicKey }),
                         crypto.diffieHellman({ privateKey: two.privateKey, publicKey: one.publicKey }));
}
assert.throws(() => crypto.diffieHellman({
  privateKey: crypto.generateKeyPairSync('x25519').privateKey, publicKey: crypto.generateKeyPairSync('x448').publicKey,
}), { code: 'ERR_CRYPTO_INCOMPATIBLE_KEY' });

for (const type of ['ml-kem-512', 'ml-kem-1024']) {
  const { publicKey, privateKey } = crypto.generateKeyPairSync(type);
  const { sharedKey, ciphertext } = crypto.encapsulate(publicKey);
  assert.strictEqual(sharedKey.length, 32);
  assert.deepStrictEqual(crypto.decapsulate(privateKey, ciphertext), sharedKey);
}

const prime = crypto.generatePrimeSync(64, { bigint: true, safe: true });
assert.strictEqual(prime.toString(2).length, 64);
assert.ok(crypto.checkPrimeSync(prime) && crypto.checkPrimeSync((prime - 1n) / 2n));
assert.ok(!crypto.checkPrimeSync(91n));
assert.strictEqual(crypto.generatePrimeSync(32, { add: 12n, rem: 11n, bigint: true }) % 12n, 11n);
crypto.generatePrime(48, (error, bytes) => {
  assert.ifError(error);
  assert.ok(bytes instanceof ArrayBuffer && crypto.checkPrimeSync(bytes));
});

assert.strictEqual(crypto.argon2Sync('argon2id', {
  message: 'password', nonce: 'somesalt', parallelism: 1, tagLength: 32, memory: 64, passes: 2,
}).length, 32);
