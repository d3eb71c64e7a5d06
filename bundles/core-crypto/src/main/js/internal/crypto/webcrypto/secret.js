'use strict';

// Keys that are bytes: their import and export are the same for all algorithms.

const { dataError, notSupported, toArrayBuffer } = require('internal/crypto/webcrypto/errors');
const { checkJwk } = require('internal/crypto/webcrypto/jwk');
const { dataOf, slots } = require('internal/crypto/webcrypto/crypto_key');
const { Buffer } = require('buffer');

function isRaw(format, rawAllowed) {
  return format === 'raw-secret' || (rawAllowed && format === 'raw');
}

// `expected` are the words of the JWK; `rawAllowed` whether the old format name serves.
function readSecret(format, data, name, expected, rawAllowed = true) {
  if (isRaw(format, rawAllowed)) return data;
  if (format !== 'jwk') throw notSupported(`Unable to import ${name} using ${format} format`);
  checkJwk(data, { kty: 'oct', ...expected });
  if (typeof data.k !== 'string') throw dataError('Invalid keyData');
  return Buffer.from(data.k, 'base64url');
}

function writeSecret(format, key, alg, rawAllowed = true) {
  const data = dataOf(key);
  if (isRaw(format, rawAllowed)) return toArrayBuffer(Buffer.from(new Uint8Array(data).buffer));
  if (format !== 'jwk') throw notSupported(`Unable to export ${slots(key).algorithm.name} secret key using ${format} format`);
  const { usages, extractable } = slots(key);
  const jwk = { key_ops: [...usages], ext: extractable, kty: 'oct', k: data.toString('base64url') };
  if (alg !== undefined) jwk.alg = alg;
  return jwk;
}

module.exports = { readSecret, writeSecret };
