'use strict';

// Keys as functions take them: key objects of either API, PEM, DER, JWK, raw bytes, alone or among options.

const { codes } = require('internal/errors');
const { validateObject, validateString } = require('internal/validators');
const { parse, isText, toBuffer } = require('internal/crypto/keys/encoding');
const { isKeyObject, keyOf } = require('internal/crypto/keys/key_object');
const { Buffer } = require('buffer');

const kConsumePublic = 0;
const kConsumePrivate = 1;
const kCreatePublic = 2;
const kCreatePrivate = 3;

const BYTES = ['ArrayBuffer', 'Buffer', 'TypedArray', 'DataView', 'string'];

function expected(purpose) {
  return purpose === kCreatePrivate ? BYTES : [...BYTES, 'KeyObject', 'CryptoKey'];
}

function isCryptoKey(value) {
  return typeof value === 'object' && value !== null && !ArrayBuffer.isView(value) && !isKeyObject(value) &&
    require('internal/crypto/webcrypto/crypto_key').isCryptoKey(value);
}

function ofKeyObject(key, purpose) {
  if (purpose === kCreatePrivate) {
    throw new codes.ERR_INVALID_ARG_TYPE('key', ['string', 'ArrayBuffer', 'Buffer', 'TypedArray', 'DataView'], key);
  }
  if (key.type !== 'private') {
    if (purpose === kConsumePrivate || purpose === kCreatePublic) throw new codes.ERR_CRYPTO_INVALID_KEY_OBJECT_TYPE(key.type, 'private');
    if (key.type !== 'public') throw new codes.ERR_CRYPTO_INVALID_KEY_OBJECT_TYPE(key.type, 'private or public');
  }
  return keyOf(key).data;
}

function wantsPrivate(purpose) {
  return purpose === kConsumePrivate || purpose === kCreatePrivate;
}

// Checks what was given, and returns how to read it: reading comes after the checks of all other arguments.
function prepare(key, purpose, name = 'key') {
  if (isKeyObject(key)) return known(ofKeyObject(key, purpose));
  if (isCryptoKey(key)) return known(ofKeyObject(require('internal/crypto/webcrypto/crypto_key').keyObjectOf(key), purpose));
  if (isText(key)) return () => read(toBuffer(key), true, undefined, undefined, purpose);
  if (typeof key !== 'object' || key === null) throw new codes.ERR_INVALID_ARG_TYPE(name, expected(purpose), key);
  const { key: data, encoding, format } = key;
  if (isKeyObject(data)) return known(ofKeyObject(data, purpose));
  if (isCryptoKey(data)) return known(ofKeyObject(require('internal/crypto/webcrypto/crypto_key').keyObjectOf(data), purpose));
  if (format === 'jwk') {
    validateObject(data, 'key.key');
    return known(require('internal/crypto/keys/jwk').readJwk(data, wantsPrivate(purpose)));
  }
  if (!isText(data)) throw new codes.ERR_INVALID_ARG_TYPE('key.key', expected(purpose), data);
  const parsed = parse(key, undefined, wantsPrivate(purpose) ? false : undefined);
  if (parsed.format.startsWith('raw-')) return known(readRaw(key, toBuffer(data, encoding), purpose));
  return () => read(toBuffer(data, encoding), parsed.format === 'pem', parsed.type, parsed.passphrase, purpose);
}

function known(encoding) {
  return () => encoding;
}

// The key's encoding, of which the binding knows the rest.
function consume(key, purpose, name) {
  return prepare(key, purpose, name)();
}

function read(bytes, pem, type, passphrase, purpose) {
  if (passphrase !== undefined && passphrase.byteLength > 1024) {
    throw Object.assign(new Error('error:04800068:PEM routines::bad password read'), {
      library: 'PEM routines', reason: 'bad password read', code: 'ERR_OSSL_PEM_BAD_PASSWORD_READ',
    });
  }
  return wantsPrivate(purpose) ? binding.readPrivateKey(bytes, pem, type, passphrase) :
    binding.readPublicKey(bytes, pem, type, passphrase);
}

function readRaw(options, bytes, purpose) {
  const { format, asymmetricKeyType, namedCurve } = options;
  validateString(asymmetricKeyType, 'key.asymmetricKeyType');
  if (asymmetricKeyType === 'ec') validateString(namedCurve, 'key.namedCurve');
  if (wantsPrivate(purpose) === (format === 'raw-public')) throw new codes.ERR_INVALID_ARG_VALUE('key.format', format);
  const encoding = binding.readRawKey(asymmetricKeyType, namedCurve, format, bytes);
  if (encoding === undefined) throw new codes.ERR_INVALID_ARG_VALUE('key.key', bytes);
  return encoding;
}

// A copy that no user can write into.
function secretBytes(key, encoding) {
  const bytes = toBuffer(key, encoding);
  return ArrayBuffer.isView(bytes) ? Buffer.from(new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength)) :
    Buffer.from(new Uint8Array(bytes));
}

module.exports = {
  preparePublic: (key, name) => prepare(key, kConsumePublic, name),
  consumePublic: (key, name) => consume(key, kConsumePublic, name),
  consumePrivate: (key, name) => consume(key, kConsumePrivate, name),
  createPublicEncoding: (key) => consume(key, kCreatePublic),
  createPrivateEncoding: (key) => consume(key, kCreatePrivate),
  secretBytes,
};
