'use strict';

// DiffieHellman and DiffieHellmanGroup. Their numbers are bytes; the arithmetic is the binding's.

const { codes } = require('internal/errors');
const { validateInt32, validateString } = require('internal/validators');
const { stateSymbol } = require('internal/symbols');
const { isBytes, toBytes } = require('internal/crypto/input');
const { Buffer } = require('buffer');

const kState = stateSymbol('crypto.diffie_hellman');

function opensslError(number, library, reason, code) {
  return Object.assign(new Error(`error:${number}:${library}::${reason}`), { library, reason, code });
}

function bytesOf(value) {
  return Buffer.isBuffer(value) ? value : ArrayBuffer.isView(value) ? Buffer.from(value.buffer, value.byteOffset, value.byteLength) :
    Buffer.from(value);
}

function fromNumber(number) {
  return Buffer.from([number >>> 24, number >>> 16 & 255, number >>> 8 & 255, number & 255]);
}

function setState(self, prime, generator, verifyError) {
  Object.defineProperty(self, kState, {
    __proto__: null, writable: true, configurable: true, value: { prime, generator, publicKey: undefined, privateKey: undefined },
  });
  Object.defineProperty(self, 'verifyError', { __proto__: null, enumerable: true, value: verifyError, writable: false });
}

function isSmall(generator) {
  return generator.every((byte, index) => byte === 0 || (index === generator.length - 1 && byte < 2));
}

function DiffieHellman(sizeOrKey, keyEncoding, generator, genEncoding) {
  if (!(this instanceof DiffieHellman)) return new DiffieHellman(sizeOrKey, keyEncoding, generator, genEncoding);
  if (typeof sizeOrKey !== 'number' && typeof sizeOrKey !== 'string' && !isBytes(sizeOrKey)) {
    throw new codes.ERR_INVALID_ARG_TYPE('sizeOrKey', ['number', 'string', 'ArrayBuffer', 'Buffer', 'TypedArray', 'DataView'], sizeOrKey);
  }
  // A size is a 32-bit integer, as is a generator that is a number.
  if (typeof sizeOrKey === 'number') validateInt32(sizeOrKey, 'sizeOrKey');
  if (keyEncoding && !Buffer.isEncoding(keyEncoding) && keyEncoding !== 'buffer') {
    genEncoding = generator;
    generator = keyEncoding;
    keyEncoding = false;
  }
  if (typeof sizeOrKey !== 'number') sizeOrKey = bytesOf(toBytes(sizeOrKey, 'sizeOrKey', keyEncoding || undefined));
  if (!generator) {
    generator = 2;
  } else if (typeof generator === 'number') {
    validateInt32(generator, 'generator');
  } else if (typeof generator === 'string') {
    generator = Buffer.from(generator, genEncoding === 'buffer' ? undefined : genEncoding);
  } else if (isBytes(generator)) {
    generator = bytesOf(generator);
  } else {
    throw new codes.ERR_INVALID_ARG_TYPE('generator', ['number', 'string', 'ArrayBuffer', 'Buffer', 'TypedArray', 'DataView'], generator);
  }
  if (typeof sizeOrKey === 'number') {
    if (sizeOrKey < 2) throw opensslError('0280007E', 'Diffie-Hellman routines', 'modulus too small', 'ERR_OSSL_DH_MODULUS_TOO_SMALL');
    if (sizeOrKey > 10000) throw opensslError('02800067', 'Diffie-Hellman routines', 'modulus too large', 'ERR_OSSL_DH_MODULUS_TOO_LARGE');
  }
  const bytes = typeof generator === 'number' ? (generator < 0 ? Buffer.alloc(1) : fromNumber(generator)) : generator;
  if (isSmall(bytes)) throw opensslError('02800065', 'Diffie-Hellman routines', 'bad generator', 'ERR_OSSL_DH_BAD_GENERATOR');
  if (typeof sizeOrKey === 'number' && sizeOrKey < 512) {
    throw opensslError('0280007E', 'Diffie-Hellman routines', 'modulus too small', 'ERR_OSSL_DH_MODULUS_TOO_SMALL');
  }
  const prime = typeof sizeOrKey === 'number' ? binding.diffieHellmanPrime(sizeOrKey, bytes) : Buffer.from(sizeOrKey);
  setState(this, prime, trim(bytes), typeof sizeOrKey === 'number' ? 0 : binding.diffieHellmanCheck(prime, bytes));
}

function trim(bytes) {
  let start = 0;
  while (start < bytes.length - 1 && bytes[start] === 0) start++;
  return bytes.subarray(start);
}

function DiffieHellmanGroup(name) {
  if (!(this instanceof DiffieHellmanGroup)) return new DiffieHellmanGroup(name);
  validateString(name, 'name');
  const prime = binding.diffieHellmanGroup(name);
  if (prime === undefined) throw new codes.ERR_CRYPTO_UNKNOWN_DH_GROUP();
  setState(this, prime, Buffer.from([2]), 0);
}

function encode(bytes, encoding) {
  return encoding && encoding !== 'buffer' ? bytes.toString(encoding) : bytes;
}

function missing(what) {
  const error = new Error(`No ${what}`);
  error.code = 'ERR_CRYPTO_INVALID_STATE';
  return error;
}

const methods = {
  generateKeys(encoding) {
    const state = this[kState];
    state.privateKey ??= binding.diffieHellmanPrivate(state.prime, state.generator);
    state.publicKey = trim(binding.modPow(state.generator, state.privateKey, state.prime));
    return encode(Buffer.from(state.publicKey), encoding);
  },

  computeSecret(key, inEnc, outEnc) {
    const { prime, privateKey } = this[kState];
    const peer = bytesOf(toBytes(key, 'otherPublicKey', inEnc));
    if (privateKey === undefined) throw missing('private key');
    if (isSmall(peer)) throw invalidKeyLength('Supplied key is too small');
    if (binding.compare(peer, minusOne(prime)) >= 0) throw invalidKeyLength('Supplied key is too large');
    return encode(binding.modPow(peer, privateKey, prime), outEnc);
  },

  getPrime(encoding) {
    return encode(Buffer.from(this[kState].prime), encoding);
  },

  getGenerator(encoding) {
    return encode(Buffer.from(this[kState].generator), encoding);
  },

  getPublicKey(encoding) {
    const { publicKey } = this[kState];
    if (publicKey === undefined) throw missing('public key - did you forget to generate one?');
    return encode(Buffer.from(publicKey), encoding);
  },

  getPrivateKey(encoding) {
    const { privateKey } = this[kState];
    if (privateKey === undefined) throw missing('private key - did you forget to generate one?');
    return encode(Buffer.from(privateKey), encoding);
  },
};

function minusOne(prime) {
  const result = Buffer.from(prime);
  for (let i = result.length - 1; i >= 0; i--) {
    result[i] = (result[i] - 1) & 255;
    if (result[i] !== 255) break;
  }
  return result;
}

function invalidKeyLength(message) {
  const error = new RangeError(message);
  error.code = 'ERR_CRYPTO_INVALID_KEYLEN';
  return error;
}

for (const constructor of [DiffieHellman, DiffieHellmanGroup]) {
  for (const name of Object.keys(methods)) constructor.prototype[name] = methods[name];
}

DiffieHellman.prototype.setPublicKey = function setPublicKey(key, encoding) {
  this[kState].publicKey = Buffer.from(bytesOf(toBytes(key, 'key', encoding)));
};

DiffieHellman.prototype.setPrivateKey = function setPrivateKey(key, encoding) {
  this[kState].privateKey = Buffer.from(bytesOf(toBytes(key, 'key', encoding)));
};

function createDiffieHellman(sizeOrKey, keyEncoding, generator, genEncoding) {
  return new DiffieHellman(sizeOrKey, keyEncoding, generator, genEncoding);
}

function createDiffieHellmanGroup(name) {
  return new DiffieHellmanGroup(name);
}

module.exports = {
  DiffieHellman, DiffieHellmanGroup, createDiffieHellman, createDiffieHellmanGroup, getDiffieHellman: createDiffieHellmanGroup,
};
