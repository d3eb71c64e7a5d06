'use strict';

// ML-DSA (FIPS 204) and ML-KEM (FIPS 203).

const { job, operationError, toArrayBuffer, dataError } = require('internal/crypto/webcrypto/errors');
const { checkUsages } = require('internal/crypto/webcrypto/usages');
const { importPair, exportPair, pairOf } = require('internal/crypto/webcrypto/pairs');
const { dataOf } = require('internal/crypto/webcrypto/crypto_key');
const { requireType } = require('internal/crypto/webcrypto/curves');

function family(name, publicUsages, privateUsages, more) {
  const type = name.toLowerCase();
  const read = (format) => (bytes) => binding.readRawKey(type, undefined, format, bytes);
  return {
    name,
    parameters: { generateKey: [], importKey: [], exportKey: [], ...more.parameters },
    async generateKey(algorithm, extractable, usages) {
      checkUsages(name, usages, [...publicUsages, ...privateUsages]);
      const pair = await job((done) => binding.generateKeyPair(type, {}, done));
      return pairOf(pair, { name }, usages, publicUsages, privateUsages, extractable);
    },
    importKey(format, data, algorithm, extractable, usages) {
      return importPair(format, data, {
        name, type, publicUsages, privateUsages, extractable, usages,
        raw: { 'raw-public': read('raw-public'), 'raw-seed': read('raw-seed') },
        jwk: {
          kty: 'AKP', use: more.use,
          check(jwk) {
            if (jwk.alg !== name) throw dataError('JWK "alg" Parameter and algorithm name mismatch');
          },
        },
      });
    },
    exportKey: (format, key) => exportPair(format, key, { raw: { 'raw-public': 'raw-public', 'raw-seed': 'raw-seed' } }),
    ...more.operations,
  };
}

const CONTEXT = [['context', 'bytes']];

function checked({ context }) {
  if (context !== undefined && context.length > 255) throw operationError('context must be at most 255 bytes');
  return context;
}

const signatures = (name) => family(name, ['verify'], ['sign'], {
  use: 'sig',
  parameters: { sign: CONTEXT, verify: CONTEXT },
  operations: {
    async sign(algorithm, key, data) {
      requireType(key, 'private');
      const context = checked(algorithm);
      return toArrayBuffer(await job((done) => binding.sign(dataOf(key), undefined, data, 0, undefined, false, context, done)));
    },
    verify(algorithm, key, signature, data) {
      requireType(key, 'public');
      const context = checked(algorithm);
      return job((done) => binding.verify(dataOf(key), undefined, data, 0, undefined, false, context, signature, done));
    },
  },
});

const kems = (name) => family(name, ['encapsulateKey', 'encapsulateBits'], ['decapsulateKey', 'decapsulateBits'], {
  use: 'enc',
  parameters: { encapsulate: [], decapsulate: [] },
  operations: {
    async encapsulate(algorithm, key) {
      requireType(key, 'public');
      const [sharedKey, ciphertext] = await job((done) => binding.encapsulate(dataOf(key), done));
      return { sharedKey: toArrayBuffer(sharedKey), ciphertext: toArrayBuffer(ciphertext) };
    },
    async decapsulate(algorithm, key, ciphertext) {
      requireType(key, 'private');
      return toArrayBuffer(await job((done) => binding.decapsulate(dataOf(key), ciphertext, done)));
    },
  },
});

module.exports = {
  families: [...['ML-DSA-44', 'ML-DSA-65', 'ML-DSA-87'].map(signatures), ...['ML-KEM-512', 'ML-KEM-768', 'ML-KEM-1024'].map(kems)],
};
