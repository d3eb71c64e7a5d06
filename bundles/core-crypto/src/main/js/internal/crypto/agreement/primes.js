'use strict';

// Prime numbers.

const { codes } = require('internal/errors');
const { validateBoolean, validateFunction, validateInt32, validateObject } = require('internal/validators');
const { isBytes } = require('internal/crypto/input');
const { Buffer } = require('buffer');

const BYTES = ['ArrayBuffer', 'TypedArray', 'Buffer', 'DataView', 'bigint'];

// A BigInt as big-endian bytes.
function toBytes(value, name) {
  if (typeof value !== 'bigint') {
    if (!isBytes(value)) throw new codes.ERR_INVALID_ARG_TYPE(name, BYTES, value);
    return value;
  }
  if (value < 0n) throw new codes.ERR_OUT_OF_RANGE(name, '>= 0', value);
  const hex = value.toString(16);
  return Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex');
}

function prepare(size, options) {
  validateInt32(size, 'size', 1);
  validateObject(options, 'options');
  const { safe = false, bigint = false } = options;
  let { add, rem } = options;
  validateBoolean(safe, 'options.safe');
  validateBoolean(bigint, 'options.bigint');
  if (add !== undefined) add = toBytes(add, 'options.add');
  if (rem !== undefined) rem = toBytes(rem, 'options.rem');
  if (add !== undefined) {
    if (bitLength(add) > size) throw outOfRange('invalid options.add');
    if (rem !== undefined && binding.compare(add, rem) <= 0) throw outOfRange('invalid options.rem');
  }
  return { safe, bigint, add, rem };
}

function bitLength(bytes) {
  const hex = Buffer.from(bytes).toString('hex').replace(/^0+/, '');
  return hex === '' ? 0 : (hex.length - 1) * 4 + parseInt(hex[0], 16).toString(2).length;
}

function outOfRange(message) {
  const error = new RangeError(message);
  error.code = 'ERR_OUT_OF_RANGE';
  return error;
}

function result(bytes, bigint) {
  if (bigint) return BigInt(`0x${bytes.toString('hex')}`);
  return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
}

function generatePrime(size, options, callback) {
  if (typeof options === 'function') {
    callback = options;
    options = {};
  }
  validateFunction(callback, 'callback');
  const { safe, bigint, add, rem } = prepare(size, options);
  binding.generatePrime(size, safe, add, rem, (error, bytes) => {
    if (error) callback(error);
    else callback(undefined, result(bytes, bigint));
  });
}

function generatePrimeSync(size, options = {}) {
  const { safe, bigint, add, rem } = prepare(size, options);
  return result(binding.generatePrime(size, safe, add, rem), bigint);
}

function prepareCheck(candidate, options) {
  const bytes = toBytes(candidate, 'candidate');
  validateObject(options, 'options');
  const { checks = 0 } = options;
  validateInt32(checks, 'options.checks', 0);
  return [bytes, checks];
}

function checkPrime(candidate, options, callback) {
  if (typeof options === 'function') {
    callback = options;
    options = {};
  }
  validateFunction(callback, 'callback');
  binding.checkPrime(...prepareCheck(candidate, options ?? {}), callback);
}

function checkPrimeSync(candidate, options = {}) {
  return binding.checkPrime(...prepareCheck(candidate, options));
}

module.exports = { generatePrime, generatePrimeSync, checkPrime, checkPrimeSync };
