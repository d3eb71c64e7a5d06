'use strict';

// globalThis.crypto. The subtle algorithms are not there yet.

const { codes } = require('internal/errors');
const { lazyDOMException } = require('internal/util');
const { isAnyArrayBuffer } = require('internal/util/types');

const INTEGER_ARRAYS = [Int8Array, Uint8Array, Uint8ClampedArray, Int16Array, Uint16Array, Int32Array, Uint32Array, BigInt64Array,
  BigUint64Array];
const MAX_BYTES = 65536;

class Crypto {
  constructor() {
    throw new codes.ERR_ILLEGAL_CONSTRUCTOR();
  }

  get subtle() {
    if (this !== webcrypto) throw new codes.ERR_INVALID_THIS('Crypto');
    return subtle;
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

class SubtleCrypto {
  constructor() {
    throw new codes.ERR_ILLEGAL_CONSTRUCTOR();
  }
}
Object.defineProperty(SubtleCrypto.prototype, Symbol.toStringTag, { __proto__: null, configurable: true, value: 'SubtleCrypto' });
const subtle = Object.create(SubtleCrypto.prototype);
for (const name of ['decrypt', 'deriveBits', 'deriveKey', 'digest', 'encrypt', 'exportKey', 'generateKey', 'importKey', 'sign',
  'unwrapKey', 'verify', 'wrapKey']) {
  SubtleCrypto.prototype[name] = {
    async [name]() { throw new codes.ERR_METHOD_NOT_IMPLEMENTED(`crypto.subtle.${name}()`); },
  }[name];
}

const digestNames = { '__proto__': null, 'sha-1': 'sha1', 'sha-256': 'sha256', 'sha-384': 'sha384', 'sha-512': 'sha512' };

SubtleCrypto.prototype.digest = async function digest(algorithm, data) {
  const name = String(typeof algorithm === 'object' && algorithm !== null ? algorithm.name : algorithm).toLowerCase();
  if (!isAnyArrayBuffer(data) && !ArrayBuffer.isView(data)) {
    throw new codes.ERR_INVALID_ARG_TYPE('data', ['ArrayBuffer', 'Buffer', 'TypedArray', 'DataView'], data);
  }
  const hash = digestNames[name];
  if (hash === undefined) throw lazyDOMException('Unrecognized algorithm name', 'NotSupportedError');
  const bytes = binding.hash(hash, data, undefined, 0);
  return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
};

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

module.exports = { webcrypto, subtle, getRandomValues, Crypto, SubtleCrypto };
