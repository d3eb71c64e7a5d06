'use strict';

// ECDSA, ECDH, Ed25519, Ed448, X25519 and X448.

const { job, operationError, invalidAccess, toArrayBuffer, dataError, notSupported } = require('internal/crypto/webcrypto/errors');
const { checkUsages } = require('internal/crypto/webcrypto/usages');
const { importPair, exportPair, pairOf } = require('internal/crypto/webcrypto/pairs');
const { dataOf, slots } = require('internal/crypto/webcrypto/crypto_key');
const { HASHES } = require('internal/crypto/webcrypto/normalize');
const { Buffer } = require('buffer');

const CURVES = { '__proto__': null, 'P-256': 'prime256v1', 'P-384': 'secp384r1', 'P-521': 'secp521r1' };
const ECDSA_JWK = { '__proto__': null, 'P-256': 'ES256', 'P-384': 'ES384', 'P-521': 'ES512' };
const DERIVE = ['deriveKey', 'deriveBits'];

function requireType(key, type) {
  if (slots(key).key.type !== type) throw invalidAccess(`Key must be a ${type} key`);
}

function checkCurve(namedCurve) {
  if (CURVES[namedCurve] === undefined) throw notSupported('Unsupported namedCurve');
}

// The secret of two keys, cut to a length in bits.
async function deriveBits({ public: peer }, key, length, own) {
  requireType(key, 'private');
  if (slots(peer).key.type !== 'public') throw invalidAccess('algorithm.public must be a public key');
  const { algorithm } = slots(peer);
  if (algorithm.name !== own.name) throw invalidAccess('The public and private keys must be of the same type');
  if (algorithm.namedCurve !== own.namedCurve) throw invalidAccess('Named curve mismatch');
  const secret = await job((done) => binding.agree(dataOf(key), dataOf(peer), done));
  if (length === null || length === undefined) return toArrayBuffer(secret);
  if (length > secret.length * 8) throw operationError('derived bit length is too small');
  const cut = Buffer.from(secret.subarray(0, Math.ceil(length / 8)));
  if (length % 8 !== 0) cut[cut.length - 1] &= 255 << (8 - length % 8);
  return toArrayBuffer(Buffer.from(new Uint8Array(cut).buffer));
}

function elliptic(name, publicUsages, privateUsages, more) {
  return {
    name,
    parameters: {
      generateKey: [['namedCurve', 'string', true]], importKey: [['namedCurve', 'string', true]], exportKey: [], ...more.parameters,
    },
    async generateKey({ namedCurve }, extractable, usages) {
      checkCurve(namedCurve);
      checkUsages(name, usages, [...publicUsages, ...privateUsages]);
      const pair = await job((done) => binding.generateKeyPair('ec', { namedCurve, paramEncoding: 'named' }, done));
      return pairOf(pair, { name, namedCurve }, usages, publicUsages, privateUsages, extractable);
    },
    importKey(format, data, { namedCurve }, extractable, usages) {
      checkCurve(namedCurve);
      const point = (bytes) => binding.readRawKey('ec', namedCurve, 'raw-public', bytes);
      return importPair(format, data, {
        name, algorithm: { name, namedCurve }, type: 'ec', publicUsages, privateUsages, extractable, usages,
        raw: { 'raw': point, 'raw-public': point },
        jwk: {
          kty: 'EC', use: name === 'ECDH' ? 'enc' : 'sig', alg: name === 'ECDH' ? undefined : ECDSA_JWK[namedCurve],
          check(jwk) {
            if (jwk.crv !== namedCurve) throw dataError('JWK "crv" does not match the requested algorithm');
          },
        },
        check(encoding) {
          if (binding.keyDetails(encoding).namedCurve !== CURVES[namedCurve]) throw dataError('Named curve mismatch');
        },
      });
    },
    exportKey: (format, key) => exportPair(format, key, { raw: { 'raw': 'raw-public', 'raw-public': 'raw-public' } }),
    ...more.operations,
  };
}

const HASH = [['hash', 'hash', true]];
const PUBLIC = [['public', 'key', true]];

const ecdsa = elliptic('ECDSA', ['verify'], ['sign'], {
  parameters: { sign: HASH, verify: HASH },
  operations: {
    async sign({ hash }, key, data) {
      requireType(key, 'private');
      return toArrayBuffer(await job((done) => binding.sign(dataOf(key), HASHES[hash.name], data, 0, undefined, true, undefined, done)));
    },
    verify({ hash }, key, signature, data) {
      requireType(key, 'public');
      return job((done) => binding.verify(dataOf(key), HASHES[hash.name], data, 0, undefined, true, undefined, signature, done));
    },
  },
});

const ecdh = elliptic('ECDH', [], DERIVE, {
  parameters: { deriveBits: PUBLIC },
  operations: { deriveBits: (algorithm, key, length) => deriveBits(algorithm, key, length, slots(key).algorithm) },
});

function modern(name, publicUsages, privateUsages, more) {
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
        raw: { 'raw': read('raw-public'), 'raw-public': read('raw-public') },
        jwk: {
          kty: 'OKP', use: name.startsWith('X') ? 'enc' : 'sig',
          check(jwk) {
            if (jwk.crv !== name) throw dataError('JWK "crv" Parameter and algorithm name mismatch');
            if (!name.startsWith('X') && jwk.alg !== undefined && jwk.alg !== name && jwk.alg !== 'EdDSA') {
              throw dataError('JWK "alg" does not match the requested algorithm');
            }
          },
        },
      });
    },
    exportKey: (format, key) => exportPair(format, key, {
      raw: { 'raw': 'raw-public', 'raw-public': 'raw-public' }, alg: name.startsWith('X') ? undefined : name,
    }),
    ...more.operations,
  };
}

function checkContext({ context }, name) {
  if (context !== undefined && context.length > 255) throw operationError(`${name} context must be at most 255 bytes`);
  return context;
}

function edwards(name, parameters) {
  return modern(name, ['verify'], ['sign'], {
    parameters: { sign: parameters, verify: parameters },
    operations: {
      async sign(algorithm, key, data) {
        requireType(key, 'private');
        const context = checkContext(algorithm, name);
        return toArrayBuffer(await job((done) => binding.sign(dataOf(key), undefined, data, 0, undefined, false, context, done)));
      },
      verify(algorithm, key, signature, data) {
        requireType(key, 'public');
        const context = checkContext(algorithm, name);
        return job((done) => binding.verify(dataOf(key), undefined, data, 0, undefined, false, context, signature, done));
      },
    },
  });
}

function montgomery(name) {
  return modern(name, [], DERIVE, {
    parameters: { deriveBits: PUBLIC },
    operations: { deriveBits: (algorithm, key, length) => deriveBits(algorithm, key, length, slots(key).algorithm) },
  });
}

module.exports = {
  families: [ecdsa, ecdh, edwards('Ed25519', []), edwards('Ed448', [['context', 'bytes']]), montgomery('X25519'), montgomery('X448')],
  requireType,
};
