'use strict';

// AES in its common modes and ChaCha20-Poly1305.

const { codes } = require('internal/errors');
const { validateString, validateObject, validateInt32, validateEncoding } = require('internal/validators');
const { normalizeEncoding } = require('internal/util');
const { stateSymbol } = require('internal/symbols');
const { LazyTransform } = require('internal/crypto/lazy_transform');
const { toBytes, toData, toKey } = require('internal/crypto/input');
const { Buffer } = require('buffer');

const kState = stateSymbol('crypto.cipher');
const kUpdate = 0;
const kFinish = 1;
const kSetPadding = 2;
const kSetTag = 3;
const kAuthenticate = 4;
const kGetTag = 5;

// OpenSSL's numbers for AES: ECB, OFB, CFB and CBC follow one another for each key length.
const firstNid = { 128: 418, 192: 422, 256: 426 };
const modes = {
  __proto__: null,
  ecb: { jdk: 'AES/ECB', blockSize: 16, nid: (bits) => firstNid[bits] },
  cbc: { jdk: 'AES/CBC', blockSize: 16, ivLength: 16, nid: (bits) => firstNid[bits] + 1 },
  ofb: { jdk: 'AES/OFB', blockSize: 1, ivLength: 16, nid: (bits) => firstNid[bits] + 2 },
  cfb: { jdk: 'AES/CFB', blockSize: 1, ivLength: 16, nid: (bits) => firstNid[bits] + 3 },
  cfb8: { jdk: 'AES/CFB8', blockSize: 1, ivLength: 16, nid: (bits) => ({ 128: 653, 192: 654, 256: 655 })[bits] },
  ctr: { jdk: 'AES/CTR', blockSize: 1, ivLength: 16, nid: (bits) => ({ 128: 904, 192: 905, 256: 906 })[bits] },
  gcm: { jdk: 'AES/GCM', blockSize: 1, ivLength: 12, aead: true, nid: (bits) => ({ 128: 895, 192: 898, 256: 901 })[bits] },
};

const table = new Map();
for (const bits of [128, 192, 256]) {
  for (const mode of Object.keys(modes)) {
    const { nid, ...rest } = modes[mode];
    const official = mode === 'gcm' ? `id-aes${bits}-gcm` : `aes-${bits}-${mode}`;
    const entry = { name: official, nid: nid(bits), mode: mode === 'cfb8' ? 'cfb' : mode, keyLength: bits / 8, ...rest };
    table.set(`aes-${bits}-${mode}`, entry);
    if (mode === 'gcm') table.set(official, entry);
    if (mode === 'cbc') table.set(`aes${bits}`, entry);
  }
}
table.set('chacha20-poly1305', {
  name: 'chacha20-poly1305', nid: 1018, mode: 'stream', keyLength: 32, jdk: 'ChaCha20-Poly1305', blockSize: 1, ivLength: 12, aead: true,
});

function getCiphers() {
  return [...table.keys()].sort();
}

function getCipherInfo(nameOrNid, options) {
  if (typeof nameOrNid !== 'string' && typeof nameOrNid !== 'number') {
    throw new codes.ERR_INVALID_ARG_TYPE('nameOrNid', ['string', 'number'], nameOrNid);
  }
  if (typeof nameOrNid === 'number') validateInt32(nameOrNid, 'nameOrNid');
  if (options !== undefined) {
    validateObject(options, 'options');
    if (options.keyLength !== undefined) validateInt32(options.keyLength, 'options.keyLength');
    if (options.ivLength !== undefined) validateInt32(options.ivLength, 'options.ivLength');
  }
  const entry = typeof nameOrNid === 'string' ? table.get(nameOrNid.toLowerCase()) :
    [...table.values()].find(({ nid }) => nid === nameOrNid);
  if (entry === undefined) return undefined;
  let { ivLength } = entry;
  if (options?.keyLength !== undefined && options.keyLength !== entry.keyLength) return undefined;
  if (options?.ivLength !== undefined && options.ivLength !== ivLength) {
    if (!entry.aead || options.ivLength < 1) return undefined;
    ivLength = options.ivLength;
  }
  const result = { __proto__: null, mode: entry.mode, name: entry.name, nid: entry.nid, keyLength: entry.keyLength };
  if (entry.mode !== 'stream') result.blockSize = entry.blockSize;
  if (ivLength !== undefined) result.ivLength = ivLength;
  return result;
}

function isTagLength(length) {
  return length === 4 || length === 8 || (length >= 12 && length <= 16);
}

function invalidTag(length) {
  const error = new codes.ERR_CRYPTO_INVALID_AUTH_TAG();
  error.message = `Invalid authentication tag length: ${length}`;
  Object.setPrototypeOf(error, TypeError.prototype);
  return error;
}

function start(self, encrypting, cipher, key, iv, options) {
  validateString(cipher, 'cipher');
  const encoding = options?.encoding;
  key = toKey(key, encoding);
  if (iv !== null) iv = toBytes(iv, 'iv', encoding, ['string', 'ArrayBuffer', 'Buffer', 'TypedArray', 'DataView', 'null']);
  const entry = table.get(cipher.toLowerCase());
  if (entry === undefined) throw new codes.ERR_CRYPTO_UNKNOWN_CIPHER();
  const ivLength = iv === null ? 0 : iv.byteLength;
  const wanted = entry.ivLength ?? 0;
  if (entry.mode === 'gcm' ? ivLength === 0 : ivLength !== wanted) {
    if (!(wanted === 0 && ivLength === 0)) {
      if (key.byteLength !== entry.keyLength && iv !== null && ivLength === wanted) throw new codes.ERR_CRYPTO_INVALID_KEYLEN();
      throw new codes.ERR_CRYPTO_INVALID_IV();
    }
  }
  if (key.byteLength !== entry.keyLength) throw new codes.ERR_CRYPTO_INVALID_KEYLEN();
  let tagLength = options?.authTagLength;
  if (tagLength !== undefined && tagLength !== null) {
    require('internal/validators').validateUint32(tagLength, 'options.authTagLength');
    if (entry.aead && !isTagLength(tagLength)) throw invalidTag(tagLength);
  } else {
    tagLength = undefined;
  }
  Object.defineProperty(self, kState, {
    __proto__: null,
    value: {
      native: binding.createCipher(entry.jdk, encrypting, key, iv === null || ivLength === 0 ? undefined : iv),
      aead: !!entry.aead, encrypting, tagLength, hasTag: false, started: false, finished: false, decoder: null, encoding: undefined,
    },
  });
  Reflect.apply(LazyTransform, self, [options]);
}

// One encoding for all of the output: characters may span pieces.
function output(state, bytes, encoding) {
  if (!encoding || encoding === 'buffer') return bytes;
  const name = normalizeEncoding(encoding);
  if (state.decoder === null) {
    const { StringDecoder } = require('string_decoder');
    state.decoder = new StringDecoder(encoding);
    state.encoding = name;
  } else if (name !== state.encoding) {
    const was = state.encoding;
    throw name === undefined ? new codes.ERR_UNKNOWN_ENCODING(encoding) :
      new codes.ERR_INVALID_ARG_VALUE('outputEncoding', encoding, `cannot be changed from '${was}'`);
  }
  return state.decoder.write(bytes);
}

function opensslError(reason, number, code) {
  const message = `error:${number}:Provider routines::${reason}`;
  return Object.assign(new Error(message), { library: 'Provider routines', reason, code });
}

function invalidState() {
  const error = new Error('Invalid state');
  error.code = 'ERR_CRYPTO_INVALID_STATE';
  return error;
}

function finish(state) {
  if (state.finished) throw invalidState();
  state.finished = true;
  const result = state.native(kFinish);
  switch (result) {
    case 'AUTHENTICATION':
      throw new Error('Unsupported state or unable to authenticate data');
    case 'BAD_DECRYPT':
      throw opensslError('bad decrypt', '1C800064', 'ERR_OSSL_BAD_DECRYPT');
    case 'WRONG_LENGTH':
      throw opensslError('wrong final block length', '1C80006B', 'ERR_OSSL_WRONG_FINAL_BLOCK_LENGTH');
    default:
      return result;
  }
}

const methods = {
  _transform(chunk, encoding, callback) {
    this.push(this[kState].native(kUpdate, toData(chunk, encoding)));
    this[kState].started = true;
    callback();
  },

  _flush(callback) {
    try {
      this.push(this.final());
    } catch (error) {
      callback(error);
      return;
    }
    callback();
  },

  update(data, inputEncoding, outputEncoding) {
    const state = this[kState];
    if (typeof data === 'string') {
      validateEncoding(data, inputEncoding);
    } else if (!ArrayBuffer.isView(data)) {
      throw new codes.ERR_INVALID_ARG_TYPE('data', ['string', 'Buffer', 'TypedArray', 'DataView'], data);
    }
    if (state.finished) throw new Error('Trying to add data in unsupported state');
    state.started = true;
    return output(state, state.native(kUpdate, toData(data, inputEncoding)), outputEncoding);
  },

  final(outputEncoding) {
    const state = this[kState];
    const last = finish(state);
    if (!outputEncoding || outputEncoding === 'buffer') return last;
    const text = output(state, last, outputEncoding);
    return text + state.decoder.end();
  },

  setAutoPadding(ap) {
    if (this[kState].finished) throw new codes.ERR_CRYPTO_INVALID_STATE('setAutoPadding');
    this[kState].native(kSetPadding, ap === undefined ? true : !!ap);
    return this;
  },

  setAAD(aadbuf, options) {
    const state = this[kState];
    const bytes = toBytes(aadbuf, 'aadbuf', options?.encoding);
    if (!state.aead || state.finished || state.started) throw new codes.ERR_CRYPTO_INVALID_STATE('setAAD');
    state.native(kAuthenticate, bytes);
    return this;
  },
};

function define(constructor, name, value) {
  constructor.prototype[name] = value;
}

function Cipheriv(cipher, key, iv, options) {
  if (!(this instanceof Cipheriv)) return new Cipheriv(cipher, key, iv, options);
  start(this, true, cipher, key, iv, options);
}

function Decipheriv(cipher, key, iv, options) {
  if (!(this instanceof Decipheriv)) return new Decipheriv(cipher, key, iv, options);
  start(this, false, cipher, key, iv, options);
}

for (const constructor of [Cipheriv, Decipheriv]) {
  Object.setPrototypeOf(constructor.prototype, LazyTransform.prototype);
  Object.setPrototypeOf(constructor, LazyTransform);
  for (const name of Object.keys(methods)) define(constructor, name, methods[name]);
}

define(Cipheriv, 'getAuthTag', function getAuthTag() {
  const state = this[kState];
  if (!state.aead || !state.finished) throw new codes.ERR_CRYPTO_INVALID_STATE('getAuthTag');
  return Buffer.from(state.native(kGetTag).subarray(0, state.tagLength ?? 16));
});

define(Decipheriv, 'setAuthTag', function setAuthTag(tagbuf, encoding) {
  const state = this[kState];
  const tag = toBytes(tagbuf, 'buffer', encoding);
  if (!state.aead || state.finished || state.hasTag) throw new codes.ERR_CRYPTO_INVALID_STATE('setAuthTag');
  const length = tag.byteLength;
  if (!isTagLength(length) || (state.tagLength !== undefined && state.tagLength !== length)) throw invalidTag(length);
  if (state.tagLength === undefined && length !== 16) {
    require('internal/util').deprecate(
      () => {}, 'Using AES-GCM authentication tags of less than 128 bits without specifying the authTagLength option when ' +
      'initializing decryption is deprecated.', 'DEP0182')();
  }
  state.hasTag = true;
  state.native(kSetTag, tag);
  return this;
});

function createCipheriv(cipher, key, iv, options) {
  return new Cipheriv(cipher, key, iv, options);
}

function createDecipheriv(cipher, key, iv, options) {
  return new Decipheriv(cipher, key, iv, options);
}

module.exports = { createCipheriv, createDecipheriv, Cipheriv, Decipheriv, getCiphers, getCipherInfo };
