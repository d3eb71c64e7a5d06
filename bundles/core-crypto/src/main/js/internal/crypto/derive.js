'use strict';

// Keys from passwords and from other keys.

const runtime = require('internal/runtime');
const { codes } = require('internal/errors');
const { validateFunction, validateInt32, validateInteger, validateString, validateUint32 } = require('internal/validators');
const { toBytes } = require('internal/crypto/input');

const MAX_LENGTH = 2 ** 31 - 1;

function withCallback(callback, type, convert = (bytes) => bytes) {
  if (runtime.asyncTracker !== undefined) callback = runtime.asyncTracker.request(type, callback);
  return (error, bytes) => {
    if (error) callback(error);
    else callback(null, convert(bytes));
  };
}

function checkPbkdf2(password, salt, iterations, keylen, digest) {
  validateString(digest, 'digest');
  password = toBytes(password, 'password');
  salt = toBytes(salt, 'salt');
  validateInt32(iterations, 'iterations', 1);
  validateInt32(keylen, 'keylen', 0);
  return [digest, password, salt, iterations, keylen];
}

function checkDigest(digest) {
  if (binding.digestBytes(digest) === -1) throw new codes.ERR_CRYPTO_INVALID_DIGEST(digest);
}

function pbkdf2(password, salt, iterations, keylen, digest, callback) {
  if (typeof digest === 'function') {
    callback = digest;
    digest = undefined;
  }
  const checked = checkPbkdf2(password, salt, iterations, keylen, digest);
  validateFunction(callback, 'callback');
  checkDigest(digest);
  binding.pbkdf2(...checked, withCallback(callback, 'PBKDF2REQUEST'));
}

function pbkdf2Sync(password, salt, iterations, keylen, digest) {
  const checked = checkPbkdf2(password, salt, iterations, keylen, digest);
  checkDigest(digest);
  return binding.pbkdf2(...checked);
}

function option(options, name, alias, fallback) {
  // Each is read once: what is checked is what is used.
  const value = options[name];
  const other = options[alias];
  if (other !== undefined) {
    if (value !== undefined) throw new codes.ERR_INCOMPATIBLE_OPTION_PAIR(name, alias);
    validateUint32(other, alias);
    return other;
  }
  if (value === undefined) return fallback;
  validateUint32(value, name);
  return value;
}

function checkScrypt(password, salt, keylen, options) {
  password = toBytes(password, 'password');
  salt = toBytes(salt, 'salt');
  validateInt32(keylen, 'keylen', 0);
  let N = 16384;
  let r = 8;
  let p = 1;
  let maxmem = 32 << 20;
  if (options) {
    N = option(options, 'N', 'cost', N);
    r = option(options, 'r', 'blockSize', r);
    p = option(options, 'p', 'parallelization', p);
    const { maxmem: most } = options;
    if (most !== undefined) {
      validateInteger(most, 'maxmem', 0);
      maxmem = most;
    }
    // Zero stands for the default.
    N ||= 16384;
    r ||= 8;
    p ||= 1;
    maxmem ||= 32 << 20;
  }
  if (N < 2 || (N & (N - 1)) !== 0) throw new codes.ERR_CRYPTO_INVALID_SCRYPT_PARAMS();
  // The memory that OpenSSL counts: the blocks, the big table and two blocks of work.
  if (p > (2 ** 30 - 1) / r || N >= 2 ** (128 * r / 8) || 128 * r * p + 32 * r * (N + 2) * 4 > maxmem) {
    const error = new codes.ERR_CRYPTO_INVALID_SCRYPT_PARAMS();
    error.message = 'Invalid scrypt params: error:030000AC:digital envelope routines::memory limit exceeded';
    throw error;
  }
  return [password, salt, N, r, p, keylen];
}

function scrypt(password, salt, keylen, options, callback) {
  if (typeof options === 'function') {
    callback = options;
    options = undefined;
  }
  const checked = checkScrypt(password, salt, keylen, options);
  validateFunction(callback, 'callback');
  binding.scrypt(...checked, withCallback(callback, 'SCRYPTREQUEST'));
}

function scryptSync(password, salt, keylen, options) {
  return binding.scrypt(...checkScrypt(password, salt, keylen, options));
}

function checkHkdf(digest, ikm, salt, info, keylen) {
  validateString(digest, 'digest');
  const secret = require('internal/crypto/keys/key_object').secretOf(ikm);
  const key = secret ?? toBytes(ikm, 'ikm', undefined, ['string', 'SecretKeyObject', 'ArrayBuffer', 'TypedArray', 'DataView', 'Buffer']);
  salt = toBytes(salt, 'salt');
  info = toBytes(info, 'info');
  validateInteger(keylen, 'length', 0, MAX_LENGTH);
  if (info.byteLength > 1024) {
    throw new codes.ERR_OUT_OF_RANGE('info', 'must not contain more than 1024 bytes', info.byteLength);
  }
  checkDigest(digest);
  if (keylen > 255 * binding.digestBytes(digest)) throw new codes.ERR_CRYPTO_INVALID_KEYLEN();
  return [digest, key, salt, info, keylen];
}

function toArrayBuffer(bytes) {
  return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
}

function hkdf(digest, ikm, salt, info, keylen, callback) {
  const checked = checkHkdf(digest, ikm, salt, info, keylen);
  validateFunction(callback, 'callback');
  binding.hkdf(...checked, withCallback(callback, 'HKDFREQUEST', toArrayBuffer));
}

function hkdfSync(digest, ikm, salt, info, keylen) {
  return toArrayBuffer(binding.hkdf(...checkHkdf(digest, ikm, salt, info, keylen)));
}

module.exports = { pbkdf2, pbkdf2Sync, scrypt, scryptSync, hkdf, hkdfSync };
