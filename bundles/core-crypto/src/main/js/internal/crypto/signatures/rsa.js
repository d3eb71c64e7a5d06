'use strict';

// RSA as a cipher.

const { codes } = require('internal/errors');
const { validateString } = require('internal/validators');
const { isBytes, toBytes } = require('internal/crypto/input');
const { consumePrivate, consumePublic } = require('internal/crypto/keys/consume');

const RSA_PKCS1_PADDING = 1;
const RSA_PKCS1_OAEP_PADDING = 4;

function run(key, buffer, isPublic, encrypt, fallback) {
  const options = typeof key === 'object' && key !== null && !isBytes(key) ? key : {};
  const { padding = fallback, oaepHash, oaepLabel, encoding } = options;
  const material = isPublic ? consumePublic(key) : consumePrivate(key);
  let label = oaepLabel;
  if (oaepHash !== undefined) validateString(oaepHash, 'key.oaepHash');
  if (label !== undefined) label = toBytes(label, 'key.oaepLabel', encoding);
  const data = toBytes(buffer, 'buffer', encoding);
  const hash = oaepHash ?? 'sha1';
  if (binding.digestBytes(hash) === -1) {
    throw Object.assign(new Error('error:1C8000A7:Provider routines::invalid digest'), { code: 'ERR_OSSL_EVP_INVALID_DIGEST' });
  }
  if (padding !== padding >> 0) throw new codes.ERR_INVALID_ARG_VALUE('options.padding', padding);
  return binding.rsaCipher(material, data, padding, hash, label, isPublic, encrypt);
}

function publicEncrypt(key, buffer) {
  return run(key, buffer, true, true, RSA_PKCS1_OAEP_PADDING);
}

function publicDecrypt(key, buffer) {
  return run(key, buffer, true, false, RSA_PKCS1_PADDING);
}

function privateEncrypt(key, buffer) {
  return run(key, buffer, false, true, RSA_PKCS1_PADDING);
}

function privateDecrypt(key, buffer) {
  return run(key, buffer, false, false, RSA_PKCS1_OAEP_PADDING);
}

module.exports = { publicEncrypt, publicDecrypt, privateEncrypt, privateDecrypt };
