'use strict';

// Algorithms as users write them, made whole (Web Cryptography API, section 18.4).

const { isBytes } = require('internal/crypto/input');
const { notSupported } = require('internal/crypto/webcrypto/errors');
const { Buffer } = require('buffer');

const HASHES = {
  '__proto__': null, 'SHA-1': 'sha1', 'SHA-256': 'sha256', 'SHA-384': 'sha384', 'SHA-512': 'sha512', 'SHA3-256': 'sha3-256',
  'SHA3-384': 'sha3-384', 'SHA3-512': 'sha3-512',
};

function missing(member, dictionary) {
  const error = new TypeError(`Failed to normalize algorithm: '${member}' is required in '${dictionary}'`);
  error.code = 'ERR_MISSING_OPTION';
  return error;
}

function typeError(code, message) {
  const error = new TypeError(message);
  error.code = code;
  return error;
}

// A copy that does not change while the job runs.
function copyBytes(value, name) {
  if (!isBytes(value)) throw typeError('ERR_INVALID_ARG_TYPE', `${name} is not instance of ArrayBuffer, Buffer, TypedArray, or DataView.`);
  const buffer = ArrayBuffer.isView(value) ? value.buffer : value;
  if (Object.prototype.toString.call(buffer) === '[object SharedArrayBuffer]') {
    throw typeError('ERR_INVALID_ARG_TYPE', `${name} is a view on a SharedArrayBuffer, which is not allowed.`);
  }
  return ArrayBuffer.isView(value) ? Buffer.from(new Uint8Array(value.buffer, value.byteOffset, value.byteLength)) :
    Buffer.from(new Uint8Array(value));
}

function integer(value, name, limit) {
  const number = Number(value);
  if (typeof value === 'bigint' || !Number.isFinite(number)) throw typeError('ERR_INVALID_ARG_TYPE', `${name} is not a finite number.`);
  const whole = Math.trunc(number);
  if (whole < 0 || whole > limit) {
    throw typeError('ERR_OUT_OF_RANGE', `${name} is outside the expected range of 0 to ${limit}.`);
  }
  return whole === 0 ? 0 : whole;
}

const converters = {
  __proto__: null,
  bytes: (value, name) => copyBytes(value, name),
  octet: (value, name) => integer(value, name, 255),
  short: (value, name) => integer(value, name, 65535),
  long: (value, name) => integer(value, name, 4294967295),
  string: (value) => `${value}`,
  hash: (value) => {
    const { name } = nameOf(value);
    const known = Object.keys(HASHES).find((hash) => hash.toLowerCase() === name.toLowerCase());
    if (known === undefined) throw notSupported('Unrecognized algorithm name');
    return { name: known };
  },
  exponent: (value, name) => {
    if (!(value instanceof Uint8Array)) throw typeError('ERR_INVALID_ARG_TYPE', `${name} is not instance of Uint8Array.`);
    return new Uint8Array(value);
  },
  key: (value, name) => {
    if (!require('internal/crypto/webcrypto/crypto_key').isCryptoKey(value)) {
      throw typeError('ERR_INVALID_ARG_TYPE', `${name} is not of type CryptoKey.`);
    }
    return value;
  },
};

function nameOf(algorithm) {
  if (typeof algorithm === 'string') return { name: algorithm };
  if (typeof algorithm !== 'object' || algorithm === null) {
    if (typeof algorithm === 'function') return { name: String(algorithm.name) };
    return { name: String(algorithm) };
  }
  if (algorithm.name === undefined) throw missing('name', 'Algorithm');
  return { name: `${algorithm.name}` };
}

// A specification is a list of [member, kind] for members that may be missing, [member, kind, true] for others.
function normalize(algorithm, operation) {
  const { name } = nameOf(algorithm);
  const family = require('internal/crypto/webcrypto/registry').find(name);
  const specification = family?.parameters[operation];
  if (specification === undefined) throw notSupported('Unrecognized algorithm name');
  const result = { name: family.name };
  for (const [member, kind, required] of specification) {
    const value = typeof algorithm === 'object' ? algorithm[member] : undefined;
    if (value === undefined) {
      if (required) throw missing(member, 'Algorithm');
    } else {
      result[member] = converters[kind](value, member);
    }
  }
  return { family, algorithm: result };
}

module.exports = { normalize, copyBytes, HASHES };
