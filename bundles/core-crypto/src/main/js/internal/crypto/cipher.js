'use strict';

// Cipheriv and Decipheriv.

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

const { table } = require('internal/crypto/ciphers/table');

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
    if (!takesIv(entry, options.ivLength)) return undefined;
    ivLength = options.ivLength;
  }
  const result = { __proto__: null, mode: entry.mode, name: entry.name, nid: entry.nid, keyLength: entry.keyLength };
  if (entry.mode !== 'stream') result.blockSize = entry.blockSize;
  if (ivLength !== undefined) result.ivLength = ivLength;
  return result;
}

// Whether a mode takes an IV that is not of its usual length.
function takesIv({ mode, ivLength, aead }, length) {
  if (length === (ivLength ?? 0)) return true;
  if (!aead) return false;
  switch (mode) {
    case 'gcm': return length > 0;
    case 'ccm': return length >= 7 && length <= 13;
    case 'ocb': return length >= 1 && length <= 15;
    default: return length >= 1 && length <= ivLength;
  }
}

function isTagLengthOf(mode, length) {
  switch (mode) {
    case 'gcm': return isTagLength(length);
    case 'ccm': return length >= 4 && length <= 16 && length % 2 === 0;
    default: return length >= 1 && length <= 16;
  }
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
  if (key.byteLength !== entry.keyLength) {
    if (takesIv(entry, ivLength) || iv === null) throw new codes.ERR_CRYPTO_INVALID_KEYLEN();
    throw new codes.ERR_CRYPTO_INVALID_IV();
  }
  let tagLength = options?.authTagLength;
  if (tagLength === null) tagLength = undefined;
  if (tagLength !== undefined && tagLength !== tagLength >>> 0) throw new codes.ERR_INVALID_ARG_VALUE('options.authTagLength', tagLength);
  if (!takesIv(entry, ivLength)) throw new codes.ERR_CRYPTO_INVALID_IV();
  if (entry.aead) tagLength = checkTagLength(entry, tagLength, cipher);
  const nonce = entry.name === 'chacha20-poly1305' && ivLength < 12 ? padded(iv) : iv;
  Object.defineProperty(self, kState, {
    __proto__: null,
    value: {
      native: binding.createCipher(entry.implementation, encrypting, entry.keyLength === 16 && entry.implementation.startsWith('DESede') ?
        twoKeys(key) : key, iv === null || ivLength === 0 ? undefined : nonce, tagLength ?? 16),
      aead: !!entry.aead, mode: entry.mode, encrypting, tagLength, ivLength, hasTag: false, started: false, finished: false, decoder: null,
      encoding: undefined,
    },
  });
  Reflect.apply(LazyTransform, self, [options]);
}

// What the mode makes of the length that was asked for; GCM alone leaves it open.
function checkTagLength({ mode }, length, cipher) {
  if (length === undefined) {
    if (mode === 'gcm') return undefined;
    if (mode === 'stream') return 16;
    const error = new codes.ERR_CRYPTO_INVALID_AUTH_TAG();
    error.message = `authTagLength required for ${cipher}`;
    throw error;
  }
  if (!isTagLengthOf(mode, length)) throw invalidTag(length);
  return length;
}

function padded(iv) {
  const bytes = Buffer.alloc(12);
  Buffer.from(ArrayBuffer.isView(iv) ? Buffer.from(iv.buffer, iv.byteOffset, iv.byteLength) : Buffer.from(iv)).copy(bytes, 12 - iv.byteLength);
  return bytes;
}

// Triple DES with two keys is that with three, the first once more.
function twoKeys(key) {
  const bytes = Buffer.from(ArrayBuffer.isView(key) ? Buffer.from(key.buffer, key.byteOffset, key.byteLength) : Buffer.from(key));
  return Buffer.concat([bytes, bytes.subarray(0, 8)]);
}

function checkMessage(state, length) {
  if (state.mode !== 'ccm') return;
  if (length > 2 ** (8 * (15 - state.ivLength)) - 1) throw new codes.ERR_CRYPTO_INVALID_MESSAGELEN();
  if (state.started) throw invalidState();
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
    case 'TAG_NOT_SET':
      if (!state.encrypting) throw new Error('Unsupported state or unable to authenticate data');
      throw opensslError('tag not set', '1C800077', 'ERR_OSSL_TAG_NOT_SET');
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
    const bytes = toData(data, inputEncoding);
    if (state.mode === 'ccm') checkMessage(state, typeof bytes === 'string' ? Buffer.byteLength(bytes) : bytes.byteLength);
    state.started = true;
    return output(state, state.native(kUpdate, bytes), outputEncoding);
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
    const plaintextLength = options?.plaintextLength;
    if (plaintextLength !== undefined && plaintextLength !== null && plaintextLength !== plaintextLength >>> 0) {
      throw new codes.ERR_INVALID_ARG_VALUE('options.plaintextLength', plaintextLength);
    }
    if (!state.aead || state.finished || state.started) throw new codes.ERR_CRYPTO_INVALID_STATE('setAAD');
    if (state.mode === 'ccm') {
      if (plaintextLength === undefined) {
        const error = new Error('options.plaintextLength required for CCM mode with AAD');
        error.code = 'ERR_MISSING_ARGS';
        throw error;
      }
      checkMessage(state, plaintextLength);
    }
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
  if (!isTagLengthOf(state.mode, length) || (state.tagLength !== undefined && state.tagLength !== length)) throw invalidTag(length);
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
