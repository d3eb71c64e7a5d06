'use strict';

// Hash functions and HMAC.

const { codes } = require('internal/errors');
const { validateString, validateUint32, validateObject } = require('internal/validators');
const { normalizeEncoding, deprecate } = require('internal/util');
const { stateSymbol } = require('internal/symbols');
const { LazyTransform } = require('internal/crypto/lazy_transform');
const { toData, toKey } = require('internal/crypto/input');
const { Buffer } = require('buffer');

const kState = stateSymbol('crypto.hash');
const kUpdate = 0;
const kFinish = 1;
const kCopy = 2;

const names =
  'RSA-MD5 RSA-RIPEMD160 RSA-SHA1 RSA-SHA1-2 RSA-SHA224 RSA-SHA256 RSA-SHA3-224 RSA-SHA3-256 RSA-SHA3-384 RSA-SHA3-512 ' +
  'RSA-SHA384 RSA-SHA512 RSA-SHA512/224 RSA-SHA512/256 RSA-SM3 blake2b-512 blake2b512 blake2s-256 blake2s256 ' +
  'id-rsassa-pkcs1-v1_5-with-sha3-224 id-rsassa-pkcs1-v1_5-with-sha3-256 id-rsassa-pkcs1-v1_5-with-sha3-384 ' +
  'id-rsassa-pkcs1-v1_5-with-sha3-512 keccak-224 keccak-256 keccak-384 keccak-512 md5 md5WithRSAEncryption ripemd ' +
  'ripemd-160 ripemd160 ripemd160WithRSA rmd160 sha-1 sha-224 sha-256 sha-384 sha-512 sha-512/224 sha-512/256 sha1 ' +
  'sha1WithRSAEncryption sha2-224 sha2-256 sha2-384 sha2-512 sha2-512/224 sha2-512/256 sha224 sha224WithRSAEncryption ' +
  'sha256 sha256WithRSAEncryption sha3-224 sha3-256 sha3-384 sha3-512 sha384 sha384WithRSAEncryption sha512 sha512-224 ' +
  'sha512-224WithRSAEncryption sha512-256 sha512-256WithRSAEncryption sha512WithRSAEncryption shake-128 shake-256 ' +
  'shake128 shake256 sm3 sm3WithRSAEncryption ssl3-md5 ssl3-sha1';

function getHashes() {
  return names.split(' ');
}

function hidden(object, value) {
  Object.defineProperty(object, kState, { __proto__: null, value, writable: true, configurable: true });
}

function notExtendable() {
  const error = new Error('error:030000B2:digital envelope routines::not XOF or invalid length');
  return Object.assign(error, {
    library: 'digital envelope routines', reason: 'not XOF or invalid length', code: 'ERR_OSSL_EVP_NOT_XOF_OR_INVALID_LENGTH',
  });
}

let warnedShake = false;

// The length to produce; -1 for an unknown algorithm.
function digestLength(algorithm, outputLength) {
  const bytes = binding.digestBytes(algorithm);
  if (bytes === -1) return -1;
  if (binding.isExtendable(algorithm)) {
    if (outputLength === undefined && !warnedShake) {
      warnedShake = true;
      process.emitWarning('Creating SHAKE128/256 digests without an explicit options.outputLength is deprecated.',
                          'DeprecationWarning', 'DEP0198');
    }
    return outputLength ?? bytes;
  }
  if (outputLength !== undefined && outputLength !== bytes) throw notExtendable();
  return bytes;
}

// hash() has its own words for a length that cannot be had.
function onceLength(algorithm, outputLength) {
  if (outputLength !== undefined && outputLength !== binding.digestBytes(algorithm) && binding.digestBytes(algorithm) !== -1 &&
      !binding.isExtendable(algorithm)) {
    throw new Error(`Output length ${outputLength} is invalid for ${algorithm}, which does not support XOF`);
  }
  return digestLength(algorithm, outputLength);
}

// A digest as the caller wants it; the binding knows hex and base64 itself.
function encode(result, encoding) {
  if (typeof result === 'string' || encoding === undefined || encoding === 'buffer') return result;
  return result.toString(encoding);
}

function outputEncoding(encoding) {
  if (!encoding || encoding === 'buffer') return undefined;
  return normalizeEncoding(encoding);
}

const HashConstructor = deprecate(Hash, 'crypto.Hash constructor is deprecated.', 'DEP0179');

function Hash(algorithm, options) {
  return new HashImplementation(algorithm, options);
}

function HashImplementation(algorithm, options) {
  const copied = algorithm instanceof HashImplementation ? algorithm[kState] : undefined;
  if (copied === undefined) validateString(algorithm, 'algorithm');
  const outputLength = typeof options === 'object' && options !== null ? options.outputLength : undefined;
  if (outputLength !== undefined) validateUint32(outputLength, 'options.outputLength');
  const name = copied === undefined ? algorithm : copied.name;
  const length = digestLength(name, outputLength);
  if (length === -1) throw new Error('Digest method not supported');
  const native = copied === undefined ? binding.createHash(name, length) : copied.native(kCopy, length);
  hidden(this, { native, name, result: undefined, finished: false });
  Reflect.apply(LazyTransform, this, [options]);
}
Object.setPrototypeOf(HashImplementation.prototype, LazyTransform.prototype);
Object.setPrototypeOf(HashImplementation, LazyTransform);
Hash.prototype = HashImplementation.prototype;
HashConstructor.prototype = HashImplementation.prototype;
Object.setPrototypeOf(Hash, LazyTransform);

function method(constructor, name, value) {
  constructor.prototype[name] = value;
}

function transform(chunk, encoding, callback) {
  this[kState].native(kUpdate, toData(chunk, encoding));
  callback();
}

method(HashImplementation, 'copy', function copy(options) {
  if (this[kState].finished) throw new codes.ERR_CRYPTO_HASH_FINALIZED();
  return new HashImplementation(this, options);
});

method(HashImplementation, '_transform', transform);

// As a stream it ends with its digest, which digest() still gives once.
method(HashImplementation, '_flush', function(callback) {
  const state = this[kState];
  state.result ??= state.native(kFinish);
  this.push(Buffer.from(state.result));
  callback();
});

method(HashImplementation, 'update', function update(data, encoding) {
  const state = this[kState];
  if (state.finished) throw new codes.ERR_CRYPTO_HASH_FINALIZED();
  checkData(data, encoding);
  state.native(kUpdate, toData(data, encoding));
  return this;
});

function checkData(data, encoding, name = 'data') {
  if (typeof data === 'string') {
    if (encoding === 'hex' && data.length % 2 !== 0) throw new codes.ERR_INVALID_ARG_VALUE('encoding', encoding, `is invalid for data of length ${data.length}`);
  } else if (!ArrayBuffer.isView(data)) {
    throw new codes.ERR_INVALID_ARG_TYPE(name, ['string', 'Buffer', 'TypedArray', 'DataView'], data);
  }
}

method(HashImplementation, 'digest', function digest(encoding) {
  const state = this[kState];
  if (state.finished) throw new codes.ERR_CRYPTO_HASH_FINALIZED();
  const wanted = outputEncoding(encoding);
  state.finished = true;
  if (state.result !== undefined) return wanted === undefined ? Buffer.from(state.result) : state.result.toString(wanted);
  return encode(state.native(kFinish, wanted), wanted);
});

Object.defineProperty(HashImplementation.prototype, 'constructor', {
  __proto__: null, value: HashConstructor, writable: true, configurable: true, enumerable: false,
});

function createHash(algorithm, options) {
  return new HashImplementation(algorithm, options);
}

const HmacConstructor = deprecate(Hmac, 'crypto.Hmac constructor is deprecated.', 'DEP0181');

function Hmac(algorithm, key, options) {
  return new HmacImplementation(algorithm, key, options);
}

function HmacImplementation(algorithm, key, options) {
  validateString(algorithm, 'hmac');
  const encoding = options?.encoding;
  const bytes = toKey(key, encoding);
  if (binding.digestBytes(algorithm) === -1 || binding.isExtendable(algorithm)) throw new codes.ERR_CRYPTO_INVALID_DIGEST(algorithm);
  hidden(this, { native: binding.createHmac(algorithm, bytes), finished: false });
  Reflect.apply(LazyTransform, this, [options]);
}
Object.setPrototypeOf(HmacImplementation.prototype, LazyTransform.prototype);
Object.setPrototypeOf(HmacImplementation, LazyTransform);
Hmac.prototype = HmacImplementation.prototype;
HmacConstructor.prototype = HmacImplementation.prototype;

method(HmacImplementation, '_transform', transform);

method(HmacImplementation, '_flush', function(callback) {
  this.push(this.digest());
  callback();
});

method(HmacImplementation, 'update', function update(data, encoding) {
  checkData(data, encoding);
  const state = this[kState];
  if (state.finished) throw new codes.ERR_CRYPTO_HASH_FINALIZED();
  state.native(kUpdate, toData(data, encoding));
  return this;
});

// Unlike a hash's, a second digest() is empty.
method(HmacImplementation, 'digest', function digest(encoding) {
  const state = this[kState];
  const wanted = outputEncoding(encoding);
  if (state.finished) return wanted === undefined ? Buffer.from('') : '';
  const result = state.native(kFinish, wanted);
  state.finished = true;
  return encode(result, wanted);
});

Object.defineProperty(HmacImplementation.prototype, 'constructor', {
  __proto__: null, value: HmacConstructor, writable: true, configurable: true, enumerable: false,
});

function createHmac(hmac, key, options) {
  return new HmacImplementation(hmac, key, options);
}

function hash(algorithm, input, options) {
  validateString(algorithm, 'algorithm');
  checkData(input, undefined, 'input');
  let encoding;
  let outputLength;
  if (typeof options === 'string') {
    encoding = options;
  } else if (options !== undefined) {
    validateObject(options, 'options');
    encoding = options.outputEncoding;
    outputLength = options.outputLength;
    if (outputLength !== undefined) validateUint32(outputLength, 'outputLength');
  }
  encoding ??= 'hex';
  validateString(encoding, 'outputEncoding');
  let wanted;
  if (encoding !== 'buffer') {
    wanted = normalizeEncoding(encoding);
    if (wanted === undefined) {
      if (encoding.toLowerCase() !== 'buffer') throw new codes.ERR_INVALID_ARG_VALUE('outputEncoding', encoding);
    }
  }
  const length = onceLength(algorithm, outputLength);
  if (length === -1) throw new Error(`Digest method ${algorithm} is not supported`);
  return encode(binding.hash(algorithm, input, wanted, length), wanted);
}

module.exports = { createHash, createHmac, getHashes, hash, Hash: HashConstructor, Hmac: HmacConstructor };
