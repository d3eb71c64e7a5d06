'use strict';

// HMAC and KMAC.

const { job, operationError, toArrayBuffer, dataError } = require('internal/crypto/webcrypto/errors');
const { checkUsages, checkNotEmpty } = require('internal/crypto/webcrypto/usages');
const { readSecret, writeSecret } = require('internal/crypto/webcrypto/secret');
const { dataOf, makeKey, slots } = require('internal/crypto/webcrypto/crypto_key');
const { secretKey } = require('internal/crypto/keys/key_object');
const { HASHES } = require('internal/crypto/webcrypto/normalize');
const { Buffer } = require('buffer');

const USAGES = ['sign', 'verify'];
const BLOCK_BITS = {
  '__proto__': null, 'SHA-1': 512, 'SHA-256': 512, 'SHA-384': 1024, 'SHA-512': 1024, 'SHA3-256': 1088, 'SHA3-384': 832, 'SHA3-512': 576,
};

function random(bits) {
  const bytes = Buffer.from(new ArrayBuffer(Math.ceil(bits / 8)));
  binding.randomFill(bytes);
  clear(bytes, bits);
  return bytes;
}

// The bits beyond the length are 0.
function clear(bytes, bits) {
  const rest = bits % 8;
  if (rest !== 0) bytes[bytes.length - 1] &= 255 << (8 - rest);
}

function importedLength(bytes, wanted) {
  const bits = bytes.length * 8;
  if (bits === 0) throw dataError('Zero-length key is not supported');
  if (wanted === undefined) return bits;
  if (wanted > bits || wanted <= bits - 8) throw dataError('Invalid key length');
  return wanted;
}

function equals(one, other) {
  return one.length === other.length && binding.timingSafeEqual(one, other);
}

const hmacCode = ({ key, hash, data }) => job((done) => binding.hmacJob(HASHES[hash], dataOf(key), data, done));

const hmac = {
  name: 'HMAC',
  parameters: {
    sign: [],
    verify: [],
    generateKey: [['hash', 'hash', true], ['length', 'long']],
    importKey: [['hash', 'hash', true], ['length', 'long']],
    exportKey: [],
    'get key length': [['hash', 'hash', true], ['length', 'long']],
  },
  keyLength({ hash, length }) {
    if (length === undefined) return BLOCK_BITS[hash.name];
    if (length === 0) throw operationError('Invalid key length');
    return length;
  },
  async generateKey(algorithm, extractable, usages) {
    const { hash, length = BLOCK_BITS[hash.name] } = algorithm;
    if (length === 0) throw operationError('Zero-length key is not supported');
    checkUsages('HMAC', usages, USAGES);
    checkNotEmpty(usages);
    return makeKey(secretKey(random(length)), { name: 'HMAC', length, hash }, usages, extractable);
  },
  importKey(format, data, { hash, length }, extractable, usages) {
    checkUsages('HMAC', usages, USAGES);
    const alg = `HS${hash.name.slice(hash.name.startsWith('SHA3') ? 0 : 4)}`;
    const bytes = readSecret(format, data, 'HMAC', {
      use: 'sig', alg: hash.name.startsWith('SHA3') ? undefined : alg, extractable, usages,
    });
    const bits = importedLength(bytes, length);
    clear(bytes, bits);
    checkNotEmpty(usages, 'secret');
    return makeKey(secretKey(bytes), { name: 'HMAC', length: bits, hash }, usages, extractable);
  },
  exportKey(format, key) {
    const { name } = slots(key).algorithm.hash;
    return writeSecret(format, key, name.startsWith('SHA3') ? undefined : `HS${name.slice(4)}`);
  },
  async sign(algorithm, key, data) {
    return toArrayBuffer(await hmacCode({ key, hash: slots(key).algorithm.hash.name, data }));
  },
  async verify(algorithm, key, signature, data) {
    return equals(await hmacCode({ key, hash: slots(key).algorithm.hash.name, data }), signature);
  },
};

function kmac(bits) {
  const name = `KMAC${bits}`;
  const use = [['length', 'long', true], ['customization', 'bytes']];
  const code = ({ length, outputLength = length, customization = Buffer.alloc(0) }, key, data) => {
    if (outputLength % 8 !== 0) throw operationError('Unsupported output length');
    return job((done) => binding.kmacJob(bits, dataOf(key), customization, data, outputLength / 8, done));
  };
  return {
    name,
    parameters: {
      sign: use, verify: use, generateKey: [['length', 'long']], importKey: [['length', 'long']], exportKey: [], 'get key length': [['length', 'long']],
    },
    keyLength: ({ length }) => length ?? bits,
    async generateKey({ length = bits }, extractable, usages) {
      if (length === 0) throw operationError('Zero-length key is not supported');
      checkUsages(name, usages, USAGES);
      checkNotEmpty(usages);
      return makeKey(secretKey(random(length)), { name, length }, usages, extractable);
    },
    importKey(format, data, { length }, extractable, usages) {
      checkUsages(name, usages, USAGES);
      const bytes = readSecret(format, data, name, { use: 'sig', alg: `K${bits}`, extractable, usages }, false);
      const size = importedLength(bytes, length);
      checkNotEmpty(usages, 'secret');
      return makeKey(secretKey(bytes), { name, length: size }, usages, extractable);
    },
    exportKey: (format, key) => writeSecret(format, key, `K${bits}`, false),
    async sign(algorithm, key, data) {
      return toArrayBuffer(await code(algorithm, key, data));
    },
    async verify(algorithm, key, signature, data) {
      return equals(await code(algorithm, key, data), signature);
    },
  };
}

module.exports = { families: [hmac, kmac(128), kmac(256)] };
