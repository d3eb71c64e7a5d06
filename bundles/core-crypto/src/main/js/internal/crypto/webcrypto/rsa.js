'use strict';

// RSASSA-PKCS1-v1_5, RSA-PSS and RSA-OAEP.

const { job, operationError, invalidAccess, toArrayBuffer } = require('internal/crypto/webcrypto/errors');
const { checkUsages } = require('internal/crypto/webcrypto/usages');
const { importPair, exportPair, pairOf } = require('internal/crypto/webcrypto/pairs');
const { dataOf, slots } = require('internal/crypto/webcrypto/crypto_key');
const { HASHES } = require('internal/crypto/webcrypto/normalize');
const { Buffer } = require('buffer');

const PKCS1 = 1;
const OAEP = 4;
const PSS = 6;

function jwkName(name, hash) {
  if (hash.startsWith('SHA3')) return undefined;
  const bits = hash.slice(4);
  switch (name) {
    case 'RSASSA-PKCS1-v1_5': return `RS${bits}`;
    case 'RSA-PSS': return `PS${bits}`;
    default: return bits === '1' ? 'RSA-OAEP' : `RSA-OAEP-${bits}`;
  }
}

function exponentBytes(value) {
  const hex = value.toString(16);
  return new Uint8Array(Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex'));
}

function family(name, publicUsages, privateUsages, more) {
  return {
    name,
    parameters: {
      generateKey: [['modulusLength', 'long', true], ['publicExponent', 'exponent', true], ['hash', 'hash', true]],
      importKey: [['hash', 'hash', true]],
      exportKey: [],
      ...more.parameters,
    },
    async generateKey({ modulusLength, publicExponent, hash }, extractable, usages) {
      checkUsages(name, usages, [...publicUsages, ...privateUsages]);
      const exponent = publicExponent.reduce((sum, byte) => sum * 256 + byte, 0);
      if (exponent > 0xffffffff) throw operationError('The publicExponent must be equivalent to an unsigned 32-bit value');
      const pair = await job((done) => binding.generateKeyPair('rsa', { modulusLength, publicExponent: exponent }, done));
      return pairOf(pair, { name, modulusLength, publicExponent, hash }, usages, publicUsages, privateUsages, extractable);
    },
    importKey(format, data, { hash }, extractable, usages) {
      const algorithm = { name, modulusLength: 0, publicExponent: undefined, hash };
      return importPair(format, data, {
        name, algorithm, type: 'rsa', publicUsages, privateUsages, extractable, usages,
        jwk: { kty: 'RSA', use: name === 'RSA-OAEP' ? 'enc' : 'sig', alg: jwkName(name, hash.name) },
        check(encoding) {
          const details = binding.keyDetails(encoding);
          algorithm.modulusLength = details.modulusLength;
          algorithm.publicExponent = exponentBytes(details.publicExponent);
        },
      });
    },
    exportKey(format, key) {
      return exportPair(format, key, { alg: jwkName(name, slots(key).algorithm.hash.name) });
    },
    ...more.operations,
  };
}

function requireType(key, type) {
  if (slots(key).key.type !== type) throw invalidAccess(`Key must be a ${type} key`);
}

function signer(options) {
  return {
    async sign(algorithm, key, data) {
      requireType(key, 'private');
      const hash = HASHES[slots(key).algorithm.hash.name];
      return toArrayBuffer(await job((done) => binding.sign(dataOf(key), hash, data, ...options(algorithm), false, undefined, done)));
    },
    verify(algorithm, key, signature, data) {
      requireType(key, 'public');
      const hash = HASHES[slots(key).algorithm.hash.name];
      return job((done) => binding.verify(dataOf(key), hash, data, ...options(algorithm), false, undefined, signature, done));
    },
  };
}

function oaep(isPublic, encrypt, type) {
  return async ({ label }, key, data) => {
    requireType(key, type);
    const hash = HASHES[slots(key).algorithm.hash.name];
    return toArrayBuffer(await job((done) => binding.rsaCipher(dataOf(key), data, OAEP, hash, label, isPublic, encrypt, done)));
  };
}

const LABEL = [['label', 'bytes']];
const SALT = [['saltLength', 'long', true]];

module.exports = {
  families: [
    family('RSASSA-PKCS1-v1_5', ['verify'], ['sign'], { parameters: { sign: [], verify: [] }, operations: signer(() => [PKCS1, undefined]) }),
    family('RSA-PSS', ['verify'], ['sign'], {
      parameters: { sign: SALT, verify: SALT }, operations: signer(({ saltLength }) => [PSS, saltLength]),
    }),
    family('RSA-OAEP', ['encrypt', 'wrapKey'], ['decrypt', 'unwrapKey'], {
      parameters: { encrypt: LABEL, decrypt: LABEL },
      operations: { encrypt: oaep(true, true, 'public'), decrypt: oaep(false, false, 'private') },
    }),
  ],
};
