'use strict';

// Sign, Verify, sign and verify.

const { codes } = require('internal/errors');
const { validateString, validateEncoding, validateFunction } = require('internal/validators');
const { stateSymbol } = require('internal/symbols');
const { isBytes, toBytes, toData } = require('internal/crypto/input');
const { consumePrivate, preparePublic } = require('internal/crypto/keys/consume');
const { signatureOptions, checkContext } = require('internal/crypto/signatures/options');
const { Writable } = require('stream');

const kState = stateSymbol('crypto.signature');
const kUpdate = 0;
const kFinish = 1;

function start(self, algorithm, options) {
  validateString(algorithm, 'algorithm');
  const length = binding.digestBytes(algorithm);
  if (length === -1) throw new codes.ERR_CRYPTO_INVALID_DIGEST(algorithm);
  Object.defineProperty(self, kState, {
    __proto__: null, writable: true, configurable: true, value: { algorithm, native: binding.createHash(algorithm, length), finished: false },
  });
  Reflect.apply(Writable, self, [options]);
}

function finish(state) {
  if (state.finished) {
    const error = new Error('Not initialised');
    error.code = 'ERR_CRYPTO_INVALID_STATE';
    throw error;
  }
  state.finished = true;
  return state.native(kFinish);
}

function checkData(data, encoding) {
  if (typeof data === 'string') validateEncoding(data, encoding);
  else if (!ArrayBuffer.isView(data)) throw new codes.ERR_INVALID_ARG_TYPE('data', ['string', 'Buffer', 'TypedArray', 'DataView'], data);
}

function requireDigestKey(encoding) {
  const type = binding.keyType(encoding);
  if (type !== 'rsa' && type !== 'rsa-pss' && type !== 'ec' && type !== 'dsa') throw new codes.ERR_CRYPTO_UNSUPPORTED_OPERATION();
}

function Sign(algorithm, options) {
  if (!(this instanceof Sign)) return new Sign(algorithm, options);
  start(this, algorithm, options);
}

function Verify(algorithm, options) {
  if (!(this instanceof Verify)) return new Verify(algorithm, options);
  start(this, algorithm, options);
}

for (const constructor of [Sign, Verify]) {
  Object.setPrototypeOf(constructor.prototype, Writable.prototype);
  Object.setPrototypeOf(constructor, Writable);
  constructor.prototype._write = function _write(chunk, encoding, callback) {
    this.update(chunk, encoding);
    callback();
  };
  constructor.prototype.update = function update(data, encoding) {
    checkData(data, encoding);
    this[kState].native(kUpdate, toData(data, encoding));
    return this;
  };
}

Sign.prototype.sign = function sign(options, encoding) {
  if (!options) throw new codes.ERR_CRYPTO_SIGN_KEY_REQUIRED();
  const key = consumePrivate(options);
  const [padding, saltLength, plain] = signatureOptions(options);
  const state = this[kState];
  const digest = finish(state);
  requireDigestKey(key);
  const signature = binding.signDigest(key, state.algorithm, digest, padding, saltLength, plain);
  return encoding && encoding !== 'buffer' ? signature.toString(encoding) : signature;
};

Verify.prototype.verify = function verify(options, signature, sigEncoding) {
  const readKey = preparePublic(options);
  const [padding, saltLength, plain] = signatureOptions(options);
  const bytes = toBytes(signature, 'signature', sigEncoding);
  const key = readKey();
  const state = this[kState];
  const digest = finish(state);
  requireDigestKey(key);
  return binding.verifyDigest(key, state.algorithm, digest, padding, saltLength, plain, undefined, bytes);
};

function createSign(algorithm, options) {
  return new Sign(algorithm, options);
}

function createVerify(algorithm, options) {
  return new Verify(algorithm, options);
}

function checkAlgorithm(algorithm) {
  if (algorithm !== undefined && algorithm !== null) validateString(algorithm, 'algorithm');
}

function checkDigest(algorithm) {
  if (algorithm === undefined || algorithm === null) return undefined;
  if (binding.digestBytes(algorithm) === -1) throw new codes.ERR_CRYPTO_INVALID_DIGEST(algorithm);
  return algorithm;
}

function sign(algorithm, data, key, callback) {
  checkAlgorithm(algorithm);
  if (callback !== undefined) validateFunction(callback, 'callback');
  const message = toBytes(data, 'data');
  if (!key) throw new codes.ERR_CRYPTO_SIGN_KEY_REQUIRED();
  const options = signatureOptions(key);
  const encoding = consumePrivate(key);
  const digest = checkDigest(algorithm);
  checkContext(encoding, options[3]);
  return binding.sign(encoding, digest, message, ...options, callback);
}

function verify(algorithm, data, key, signature, callback) {
  checkAlgorithm(algorithm);
  if (callback !== undefined) validateFunction(callback, 'callback');
  const message = toBytes(data, 'data');
  const options = signatureOptions(key);
  const readKey = preparePublic(key);
  if (!isBytes(signature)) throw new codes.ERR_INVALID_ARG_TYPE('signature', ['ArrayBuffer', 'Buffer', 'TypedArray', 'DataView'], signature);
  const encoding = readKey();
  const digest = checkDigest(algorithm);
  checkContext(encoding, options[3]);
  return binding.verify(encoding, digest, message, ...options, signature, callback);
}

module.exports = { Sign, Verify, createSign, createVerify, sign, verify };
