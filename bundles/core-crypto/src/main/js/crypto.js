'use strict';

// https://nodejs.org/api/crypto.html

const { codes } = require('internal/errors');

function lazy(id, names) {
  for (const name of names) {
    Object.defineProperty(module.exports, name, {
      __proto__: null,
      configurable: true,
      enumerable: true,
      get() {
        const value = require(id)[name];
        Object.defineProperty(this, name, { __proto__: null, value, writable: true, enumerable: true, configurable: true });
        return value;
      },
      set(value) {
        Object.defineProperty(this, name, { __proto__: null, value, writable: true, enumerable: true, configurable: true });
      },
    });
  }
}

lazy('internal/crypto/hash', ['createHash', 'createHmac', 'getHashes', 'hash', 'Hash', 'Hmac']);
lazy('internal/crypto/mac', ['createMac', 'getMacs']);
lazy('internal/crypto/random', ['randomBytes', 'pseudoRandomBytes', 'prng', 'rng', 'randomFill', 'randomFillSync', 'randomInt', 'randomUUID', 'randomUUIDv7',
  'timingSafeEqual']);
lazy('internal/crypto/derive', ['pbkdf2', 'pbkdf2Sync', 'scrypt', 'scryptSync', 'hkdf', 'hkdfSync']);
lazy('internal/crypto/cipher', ['createCipheriv', 'createDecipheriv', 'Cipheriv', 'Decipheriv', 'getCiphers', 'getCipherInfo']);
lazy('internal/crypto/keys/create', ['createSecretKey', 'createPublicKey', 'createPrivateKey']);
lazy('internal/crypto/keys/key_object', ['KeyObject']);
lazy('internal/crypto/keys/generate', ['generateKeyPair', 'generateKeyPairSync', 'generateKey', 'generateKeySync']);
lazy('internal/crypto/signatures/sign', ['createSign', 'createVerify', 'sign', 'verify', 'Sign', 'Verify']);
lazy('internal/crypto/signatures/rsa', ['publicEncrypt', 'publicDecrypt', 'privateEncrypt', 'privateDecrypt']);
lazy('internal/crypto/agreement/diffie_hellman', ['createDiffieHellman', 'createDiffieHellmanGroup', 'getDiffieHellman',
  'DiffieHellman', 'DiffieHellmanGroup']);
lazy('internal/crypto/agreement/ecdh', ['createECDH', 'getCurves', 'ECDH']);
lazy('internal/crypto/agreement/stateless', ['diffieHellman', 'encapsulate', 'decapsulate']);
lazy('internal/crypto/agreement/primes', ['generatePrime', 'generatePrimeSync', 'checkPrime', 'checkPrimeSync']);
lazy('internal/crypto/certificates/x509', ['X509Certificate']);
lazy('internal/crypto/certificates/spkac', ['Certificate']);
lazy('internal/crypto/certificates/pkcs12', ['parsePKCS12']);
lazy('internal/crypto/argon2', ['argon2', 'argon2Sync']);
lazy('internal/crypto/webcrypto', ['webcrypto', 'subtle', 'getRandomValues']);
lazy('internal/crypto/engine', ['setEngine']);
lazy('internal/crypto/constants', ['constants']);

for (const name of ['pseudoRandomBytes', 'prng', 'rng']) {
  Object.defineProperty(module.exports, name, { __proto__: null, enumerable: false });
}

module.exports.getFips = function getFips() { return 0; };
module.exports.setFips = function setFips(value) {
  if (value) throw new codes.ERR_CRYPTO_FIPS_UNAVAILABLE();
};
module.exports.secureHeapUsed = function secureHeapUsed() {
  return { total: 0, used: 0, utilization: 0, min: 2 };
};
Object.defineProperty(module.exports, 'fips', {
  __proto__: null, configurable: true, get: module.exports.getFips, set: module.exports.setFips,
});
