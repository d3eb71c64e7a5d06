'use strict';

// createMac: message authentication codes of every family.

const { codes } = require('internal/errors');
const { validateObject, validateString, validateUint32 } = require('internal/validators');
const { normalizeEncoding } = require('internal/util');
const { stateSymbol } = require('internal/symbols');
const { LazyTransform } = require('internal/crypto/lazy_transform');
const { isBytes, toData } = require('internal/crypto/input');
const { Buffer } = require('buffer');

const kState = stateSymbol('crypto.mac');
const kUpdate = 0;
const kFinish = 1;

const KMAC = { options: ['customization', 'outputLength'] };
const BLAKE2 = { options: ['customization', 'salt', 'outputLength'] };
const FAMILIES = new Map([
  ['blake2bmac', { ...BLAKE2, bytes: 64 }],
  ['blake2smac', { ...BLAKE2, bytes: 32 }],
  ['cmac', { options: ['cipher'], required: 'cipher' }],
  ['gmac', { options: ['cipher', 'iv'], required: 'cipher' }],
  ['hmac', { options: ['digest'], required: 'digest' }],
  ['kmac-128', { ...KMAC, name: 'kmac128', bytes: 32 }],
  ['kmac-256', { ...KMAC, name: 'kmac256', bytes: 64 }],
  ['kmac128', { ...KMAC, bytes: 32 }],
  ['kmac256', { ...KMAC, bytes: 64 }],
  ['poly1305', { options: [] }],
  ['siphash', { options: ['outputLength'], bytes: 16 }],
]);
const BYTES = ['ArrayBuffer', 'Buffer', 'TypedArray', 'DataView'];

function getMacs() {
  return [...FAMILIES.keys()];
}

function wrong(message) {
  const error = new codes.ERR_INVALID_ARG_VALUE('options', undefined);
  error.message = message;
  return error;
}

function checkName(value, name, kind) {
  validateString(value, name);
  if (value === '' || value.includes('\0')) throw wrong(`The ${kind} '${name}' must be non-empty and contain no NUL bytes. Received ${inspect(value)}`);
}

function inspect(value) {
  return require('internal/util/inspect').inspect(value);
}

function checkOptions(options) {
  const { digest, cipher, outputLength } = options;
  if (digest !== undefined) checkName(digest, 'options.digest', 'property');
  if (cipher !== undefined) checkName(cipher, 'options.cipher', 'property');
  for (const name of ['iv', 'customization', 'salt']) {
    if (options[name] !== undefined && !isBytes(options[name])) throw new codes.ERR_INVALID_ARG_TYPE(`options.${name}`, BYTES, options[name]);
  }
  if (outputLength !== undefined) validateUint32(outputLength, 'options.outputLength');
}

// What the family wants and what it does not know.
function checkFamily(family, algorithm, options) {
  for (const name of ['digest', 'cipher', 'iv', 'customization', 'salt', 'outputLength']) {
    if (options[name] !== undefined && !family.options.includes(name)) {
      throw wrong(`The property 'options.${name}' is not supported by MAC ${algorithm}`);
    }
  }
  if (family.required !== undefined && options[family.required] === undefined) {
    throw wrong(`The property 'options.${family.required}' is required for ${algorithm.toUpperCase()}`);
  }
  if (family.options.includes('iv') && !(options.iv?.byteLength > 0)) {
    throw wrong(`The property 'options.iv' must be non-empty for ${algorithm.toUpperCase()}`);
  }
  if (algorithm === 'siphash' && options.outputLength === 0) {
    throw wrong(`The property 'options.outputLength' was not honored by MAC ${algorithm}`);
  }
}

function unsupported() {
  return openSslError('0308010C', 'digital envelope routines', 'unsupported', 'ERR_OSSL_EVP_UNSUPPORTED');
}

function openSslError(number, library, reason, code) {
  return Object.assign(new Error(`error:${number}:${library}::${reason}`), { library, reason, code });
}

// The engine and mode of a block cipher, as the binding names it.
function engineOf(name, mode, keyLength) {
  const entry = require('internal/crypto/ciphers/table').table.get(name.toLowerCase());
  if (entry === undefined) throw unsupported();
  if (entry.mode !== mode) throw openSslError('1C80007D', 'Provider routines', 'invalid mode', 'ERR_OSSL_INVALID_MODE');
  if (entry.keyLength !== keyLength) {
    throw mode === 'cbc' ? openSslError('03000082', 'digital envelope routines', 'invalid key length', 'ERR_OSSL_EVP_INVALID_KEY_LENGTH') :
      openSslError('1C800069', 'Provider routines', 'invalid key length', 'ERR_OSSL_INVALID_KEY_LENGTH');
  }
  return entry.implementation.replace('library:', '').split('/')[0];
}

function digestOf(name) {
  if (binding.digestBytes(name) === -1 || name.toUpperCase().startsWith('RSA-')) throw unsupported();
  if (binding.isExtendable(name)) throw new codes.ERR_CRYPTO_OPERATION_FAILED('Failed to initialize MAC');
  return name;
}

function keyBytes(key) {
  if (isBytes(key)) return key;
  const { isKeyObject, secretOf } = require('internal/crypto/keys/key_object');
  if (!isKeyObject(key) || key.type !== 'secret') throw new codes.ERR_INVALID_ARG_TYPE('key', [...BYTES, 'KeyObject'], key);
  return secretOf(key);
}

function open(algorithm, key, options) {
  const family = FAMILIES.get(algorithm);
  if (family === undefined) throw new codes.ERR_CRYPTO_INVALID_MAC(algorithm);
  checkFamily(family, algorithm, options);
  let part;
  if (algorithm === 'hmac') part = digestOf(options.digest);
  else if (family.required === 'cipher') part = engineOf(options.cipher, algorithm === 'gmac' ? 'gcm' : 'cbc', key.byteLength);
  return binding.createMac(family.name ?? algorithm, key, part, options.iv ?? options.salt, options.customization,
                           options.outputLength ?? family.bytes ?? 0);
}

function Mac(algorithm, key, options) {
  if (new.target === undefined) return new Mac(algorithm, key, options);
  checkName(algorithm, 'algorithm', 'argument');
  const bytes = keyBytes(key);
  if (options !== undefined) {
    validateObject(options, 'options');
    checkOptions(options);
  }
  const native = open(algorithm.toLowerCase(), bytes, options ?? {});
  Object.defineProperty(this, kState, { __proto__: null, value: { native, finished: false }, writable: true, configurable: true });
  Reflect.apply(LazyTransform, this, [options]);
}
Object.setPrototypeOf(Mac.prototype, LazyTransform.prototype);
Object.setPrototypeOf(Mac, LazyTransform);

Mac.prototype._transform = function(chunk, encoding, callback) {
  this[kState].native(kUpdate, toData(chunk, encoding));
  callback();
};

Mac.prototype._flush = function(callback) {
  this.push(this.final());
  callback();
};

Mac.prototype.update = function update(data, encoding) {
  const state = this[kState];
  if (state.finished) throw new codes.ERR_CRYPTO_MAC_FINALIZED();
  if (typeof data === 'string') {
    if (encoding === 'hex' && data.length % 2 !== 0) throw new codes.ERR_INVALID_ARG_VALUE('encoding', encoding, `is invalid for data of length ${data.length}`);
  } else if (!ArrayBuffer.isView(data)) {
    throw new codes.ERR_INVALID_ARG_TYPE('data', ['string', 'Buffer', 'TypedArray', 'DataView'], data);
  }
  state.native(kUpdate, toData(data, encoding));
  return this;
};

Mac.prototype.final = function final(outputEncoding) {
  const state = this[kState];
  if (state.finished) throw new codes.ERR_CRYPTO_MAC_FINALIZED();
  const encoding = encodingOf(outputEncoding);
  state.finished = true;
  const result = state.native(kFinish, encoding);
  return typeof result === 'string' || encoding === undefined ? result : result.toString(encoding);
};

function encodingOf(name) {
  if (name === undefined || name === null) return undefined;
  validateString(name, 'outputEncoding');
  if (name === 'buffer') return undefined;
  const encoding = normalizeEncoding(name);
  if (encoding === undefined) throw new codes.ERR_INVALID_ARG_VALUE('outputEncoding', name);
  return encoding;
}

function createMac(algorithm, key, options) {
  return new Mac(algorithm, key, options);
}

module.exports = { createMac, getMacs };
