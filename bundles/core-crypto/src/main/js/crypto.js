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

// What is not there yet says so when it is called.
function missing(names) {
  for (const name of names) {
    module.exports[name] = { [name]() { throw new codes.ERR_METHOD_NOT_IMPLEMENTED(`crypto.${name}()`); } }[name];
  }
}

function missingClasses(names) {
  for (const name of names) {
    const Class = { [name]: class { constructor() { throw new codes.ERR_METHOD_NOT_IMPLEMENTED(`crypto.${name}`); } } }[name];
    Object.defineProperty(module.exports, name, { __proto__: null, value: Class, writable: true, enumerable: true, configurable: true });
  }
}

lazy('internal/crypto/hash', ['createHash', 'createHmac', 'getHashes', 'hash', 'Hash', 'Hmac']);
lazy('internal/crypto/random', ['randomBytes', 'pseudoRandomBytes', 'prng', 'rng', 'randomFill', 'randomFillSync', 'randomInt', 'randomUUID',
  'timingSafeEqual']);
lazy('internal/crypto/derive', ['pbkdf2', 'pbkdf2Sync', 'scrypt', 'scryptSync', 'hkdf', 'hkdfSync']);
lazy('internal/crypto/cipher', ['createCipheriv', 'createDecipheriv', 'Cipheriv', 'Decipheriv', 'getCiphers', 'getCipherInfo']);
lazy('internal/crypto/keys', ['createSecretKey', 'KeyObject']);
lazy('internal/crypto/webcrypto', ['webcrypto', 'subtle', 'getRandomValues']);
lazy('internal/crypto/constants', ['constants']);
missing(['argon2', 'argon2Sync', 'checkPrime', 'checkPrimeSync', 'createDiffieHellman', 'createDiffieHellmanGroup', 'createECDH',
  'createPrivateKey', 'createPublicKey', 'createSign', 'createVerify', 'diffieHellman', 'generatePrime', 'generatePrimeSync',
  'getCurves', 'getDiffieHellman', 'generateKeyPair', 'generateKeyPairSync', 'generateKey', 'generateKeySync', 'privateDecrypt',
  'privateEncrypt', 'publicDecrypt', 'publicEncrypt', 'sign', 'verify', 'setEngine', 'encapsulate', 'decapsulate']);
missingClasses(['Certificate', 'DiffieHellman', 'DiffieHellmanGroup', 'ECDH', 'Sign', 'Verify', 'X509Certificate']);

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
