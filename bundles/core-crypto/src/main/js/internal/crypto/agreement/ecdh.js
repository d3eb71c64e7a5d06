'use strict';

// ECDH on named curves.

const { codes } = require('internal/errors');
const { validateString } = require('internal/validators');
const { stateSymbol } = require('internal/symbols');
const { deprecate } = require('internal/util');
const { isBytes, toBytes } = require('internal/crypto/input');
const { Buffer } = require('buffer');

const kState = stateSymbol('crypto.ecdh');
const FORMS = { __proto__: null, compressed: 2, uncompressed: 4, hybrid: 6 };

function form(format) {
  if (!format) return FORMS.uncompressed;
  const number = FORMS[format];
  if (number === undefined) throw new codes.ERR_CRYPTO_ECDH_INVALID_FORMAT(format);
  return number;
}

function encode(bytes, encoding) {
  return encoding && encoding !== 'buffer' ? bytes.toString(encoding) : bytes;
}

function copy(bytes) {
  return ArrayBuffer.isView(bytes) ? Buffer.from(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)) :
    Buffer.from(bytes.slice(0));
}

function failure(message, code, Class = Error) {
  const error = new Class(message);
  error.code = code;
  return error;
}

function ECDH(curve) {
  if (!(this instanceof ECDH)) return new ECDH(curve);
  validateString(curve, 'curve');
  if (!binding.isCurve(curve)) throw new codes.ERR_CRYPTO_INVALID_CURVE();
  Object.defineProperty(this, kState, {
    __proto__: null, writable: true, configurable: true, value: { curve, privateKey: undefined, publicKey: undefined },
  });
}

ECDH.prototype.computeSecret = function computeSecret(key, inEnc, outEnc) {
  const { curve, privateKey, publicKey } = this[kState];
  const peer = toBytes(key, 'otherPublicKey', inEnc);
  if (privateKey === undefined || (publicKey !== undefined && !binding.ecPublic(curve, privateKey).equals(publicKey))) {
    throw failure('Invalid key pair', 'ERR_CRYPTO_INVALID_KEYPAIR', RangeError);
  }
  const secret = binding.ecSecret(curve, privateKey, peer);
  if (secret === undefined) throw new codes.ERR_CRYPTO_ECDH_INVALID_PUBLIC_KEY();
  return encode(secret, outEnc);
};

ECDH.prototype.setPrivateKey = function setPrivateKey(key, encoding) {
  const state = this[kState];
  const bytes = copy(toBytes(key, 'key', encoding));
  if (!binding.ecIsPrivate(state.curve, bytes)) {
    throw failure('Private key is not valid for specified curve.', 'ERR_CRYPTO_INVALID_KEYTYPE', RangeError);
  }
  let start = 0;
  while (bytes[start] === 0) start++;
  state.privateKey = bytes.subarray(start);
  state.publicKey = binding.ecPublic(state.curve, bytes);
};

ECDH.prototype.setPublicKey = function setPublicKey(key, encoding) {
  const state = this[kState];
  const point = binding.ecConvert(state.curve, toBytes(key, 'key', encoding), FORMS.uncompressed);
  if (point === undefined) throw failure('Failed to convert Buffer to EC_POINT', 'ERR_CRYPTO_OPERATION_FAILED');
  state.publicKey = point;
};
ECDH.prototype.setPublicKey = deprecate(ECDH.prototype.setPublicKey, 'ecdh.setPublicKey() is deprecated.', 'DEP0031');

ECDH.prototype.getPrivateKey = function getPrivateKey(encoding) {
  const { privateKey } = this[kState];
  if (privateKey === undefined) throw failure('Failed to get ECDH private key', 'ERR_CRYPTO_OPERATION_FAILED');
  return encode(Buffer.from(privateKey), encoding);
};

ECDH.prototype.generateKeys = function generateKeys(encoding, format) {
  const state = this[kState];
  state.privateKey = binding.ecPrivate(state.curve);
  state.publicKey = binding.ecPublic(state.curve, state.privateKey);
  return this.getPublicKey(encoding, format);
};

ECDH.prototype.getPublicKey = function getPublicKey(encoding, format) {
  const { curve, publicKey } = this[kState];
  const number = form(format);
  if (publicKey === undefined) throw failure('Failed to get ECDH public key', 'ERR_CRYPTO_OPERATION_FAILED');
  return encode(binding.ecConvert(curve, publicKey, number), encoding);
};

ECDH.convertKey = function convertKey(key, curve, inEnc, outEnc, format) {
  validateString(curve, 'curve');
  if (typeof key !== 'string' && !isBytes(key)) {
    throw new codes.ERR_INVALID_ARG_TYPE('key', ['string', 'ArrayBuffer', 'Buffer', 'TypedArray', 'DataView'], key);
  }
  const bytes = toBytes(key, 'key', inEnc);
  const number = form(format);
  if (!binding.isCurve(curve)) throw new codes.ERR_CRYPTO_INVALID_CURVE();
  const point = binding.ecConvert(curve, bytes, number);
  if (point === undefined) throw failure('Failed to convert Buffer to EC_POINT', 'ERR_CRYPTO_OPERATION_FAILED');
  return encode(point, outEnc);
};

function createECDH(curve) {
  return new ECDH(curve);
}

function getCurves() {
  return binding.curves();
}

module.exports = { ECDH, createECDH, getCurves };
