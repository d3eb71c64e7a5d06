'use strict';

// createSecretKey, createPublicKey, createPrivateKey.

const { codes } = require('internal/errors');
const { secretKey, publicKey, privateKey } = require('internal/crypto/keys/key_object');
const { createPublicEncoding, createPrivateEncoding, secretBytes } = require('internal/crypto/keys/consume');
const { isText } = require('internal/crypto/keys/encoding');

function createSecretKey(key, encoding) {
  if (!isText(key)) throw new codes.ERR_INVALID_ARG_TYPE('key', ['string', 'ArrayBuffer', 'Buffer', 'TypedArray', 'DataView'], key);
  return secretKey(secretBytes(key, encoding));
}

function createPublicKey(key) {
  const encoding = createPublicEncoding(key);
  return publicKey(binding.publicKeyOf(encoding));
}

function createPrivateKey(key) {
  return privateKey(createPrivateEncoding(key));
}

module.exports = { createSecretKey, createPublicKey, createPrivateKey };
