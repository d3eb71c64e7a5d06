'use strict';

// globalThis.crypto.

const { codes } = require('internal/errors');
const { lazyDOMException } = require('internal/util');

const INTEGER_ARRAYS = [Int8Array, Uint8Array, Uint8ClampedArray, Int16Array, Uint16Array, Int32Array, Uint32Array, BigInt64Array,
  BigUint64Array];
const MAX_BYTES = 65536;

class Crypto {
  constructor() {
    throw new codes.ERR_ILLEGAL_CONSTRUCTOR();
  }

  get subtle() {
    if (this !== webcrypto) throw new codes.ERR_INVALID_THIS('Crypto');
    return require('internal/crypto/webcrypto/subtle').subtle;
  }

  getRandomValues(array) {
    if (this !== webcrypto) throw new codes.ERR_INVALID_THIS('Crypto');
    return getRandomValues(array);
  }

  randomUUID() {
    if (this !== webcrypto) throw new codes.ERR_INVALID_THIS('Crypto');
    return binding.randomUUID();
  }
}
for (const name of ['subtle', 'getRandomValues', 'randomUUID']) {
  Object.defineProperty(Crypto.prototype, name, { __proto__: null, enumerable: true });
}
Object.defineProperty(Crypto.prototype, Symbol.toStringTag, { __proto__: null, configurable: true, value: 'Crypto' });

const webcrypto = Object.create(Crypto.prototype);

function getRandomValues(array) {
  if (!INTEGER_ARRAYS.some((Type) => array instanceof Type)) {
    throw lazyDOMException('The data argument must be an integer-type TypedArray', 'TypeMismatchError');
  }
  if (array.byteLength > MAX_BYTES) {
    throw lazyDOMException(`The requested length exceeds ${MAX_BYTES.toLocaleString('en-US')} bytes`, 'QuotaExceededError');
  }
  return require('internal/crypto/random').randomFillSync(array);
}

module.exports = {
  webcrypto,
  getRandomValues,
  Crypto,
  get subtle() { return require('internal/crypto/webcrypto/subtle').subtle; },
  get SubtleCrypto() { return require('internal/crypto/webcrypto/subtle').SubtleCrypto; },
  get CryptoKey() { return require('internal/crypto/webcrypto/crypto_key').CryptoKey; },
};
