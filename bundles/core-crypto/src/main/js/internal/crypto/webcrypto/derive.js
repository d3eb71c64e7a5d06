'use strict';

// HKDF, PBKDF2 and Argon2: bits from a secret.

const { job, operationError, toArrayBuffer, notSupported, syntaxError } = require('internal/crypto/webcrypto/errors');
const { checkUsages, checkNotEmpty } = require('internal/crypto/webcrypto/usages');
const { dataOf, makeKey } = require('internal/crypto/webcrypto/crypto_key');
const { secretKey } = require('internal/crypto/keys/key_object');
const { HASHES } = require('internal/crypto/webcrypto/normalize');
const { Buffer } = require('buffer');

const USAGES = ['deriveKey', 'deriveBits'];

function checkLength(length) {
  if (length === null || length === undefined) throw operationError('length cannot be null');
  if (length % 8 !== 0) throw operationError('length must be a multiple of 8');
  return length / 8;
}

function family(name, parameters, derive, rawAllowed = true) {
  return {
    name,
    parameters: { deriveBits: parameters, importKey: [], 'get key length': [] },
    keyLength: () => null,
    importKey(format, data, algorithm, extractable, usages) {
      if (format !== 'raw-secret' && !(rawAllowed && format === 'raw')) throw notSupported(`Unable to import ${name} using ${format} format`);
      checkUsages(name, usages, USAGES);
      if (extractable) throw syntaxError(`${name} keys are not extractable`);
      checkNotEmpty(usages, 'secret');
      return makeKey(secretKey(data), { name }, usages, false);
    },
    async deriveBits(algorithm, key, length) {
      const bytes = checkLength(length);
      if (bytes === 0 && name !== 'Argon2d' && name !== 'Argon2i' && name !== 'Argon2id') return new ArrayBuffer(0);
      return toArrayBuffer(await derive(algorithm, dataOf(key), bytes));
    },
  };
}

const hkdf = family('HKDF', [['hash', 'hash', true], ['salt', 'bytes', true], ['info', 'bytes', true]],
                    ({ hash, salt, info }, key, length) => job((done) => {
                      if (length > 255 * binding.digestBytes(HASHES[hash.name])) throw new RangeError('Invalid key length');
                      binding.hkdf(HASHES[hash.name], key, salt, info, length, done);
                    }));

const pbkdf2 = family('PBKDF2', [['hash', 'hash', true], ['iterations', 'long', true], ['salt', 'bytes', true]],
                      ({ hash, salt, iterations }, key, length) => {
                        if (iterations === 0) throw operationError('iterations cannot be zero');
                        return job((done) => binding.pbkdf2(HASHES[hash.name], key, salt, iterations, length, done));
                      });

function argon2(name) {
  const parameters = [['nonce', 'bytes', true], ['parallelism', 'long', true], ['memory', 'long', true], ['passes', 'long', true],
                      ['version', 'octet'], ['secretValue', 'bytes'], ['associatedData', 'bytes']];
  return family(name, parameters, (algorithm, key, length) => {
    const { nonce, parallelism, memory, passes, version = 0x13, secretValue = Buffer.alloc(0), associatedData = Buffer.alloc(0) } = algorithm;
    if (length < 4) throw operationError('length must be >= 32');
    if (version !== 0x13) throw operationError(`${version} is not a valid Argon2 version`);
    if (parallelism === 0 || parallelism > 2 ** 24 - 1) throw operationError('parallelism must be > 0 and < 16777215');
    if (memory < 8 * parallelism) throw operationError('memory must be at least 8 times the degree of parallelism');
    if (passes === 0) throw operationError('passes must be > 0');
    if (nonce.length < 8) throw operationError('nonce must be at least 8 bytes');
    return job((done) => binding.argon2(name.toLowerCase(), key, nonce, secretValue, associatedData, parallelism, length, memory, passes, done));
  }, false);
}

module.exports = { families: [hkdf, pbkdf2, argon2('Argon2d'), argon2('Argon2i'), argon2('Argon2id')] };
