'use strict';

// diffieHellman, encapsulate and decapsulate: secrets of key objects.

const { codes } = require('internal/errors');
const { validateFunction, validateObject } = require('internal/validators');
const { isKeyObject } = require('internal/crypto/keys/key_object');
const { consumePrivate, consumePublic } = require('internal/crypto/keys/consume');
const { isBytes } = require('internal/crypto/input');

function diffieHellman(options, callback) {
  validateObject(options, 'options');
  if (callback !== undefined) validateFunction(callback, 'callback');
  const { privateKey, publicKey } = options;
  if (!isKeyObject(privateKey)) throw new codes.ERR_INVALID_ARG_VALUE('options.privateKey', privateKey);
  if (!isKeyObject(publicKey)) throw new codes.ERR_INVALID_ARG_VALUE('options.publicKey', publicKey);
  if (privateKey.type !== 'private') throw new codes.ERR_CRYPTO_INVALID_KEY_OBJECT_TYPE(privateKey.type, 'private');
  if (publicKey.type !== 'public' && publicKey.type !== 'private') {
    throw new codes.ERR_CRYPTO_INVALID_KEY_OBJECT_TYPE(publicKey.type, 'private or public');
  }
  const privateType = privateKey.asymmetricKeyType;
  const publicType = publicKey.asymmetricKeyType;
  if (privateType !== publicType || !['dh', 'ec', 'x448', 'x25519'].includes(privateType)) {
    throw new codes.ERR_CRYPTO_INCOMPATIBLE_KEY('key types for Diffie-Hellman', `${privateType} and ${publicType}`);
  }
  return binding.agree(consumePrivate(privateKey), consumePublic(publicKey), callback);
}

function encapsulate(key, callback) {
  if (callback !== undefined) validateFunction(callback, 'callback');
  const encoding = consumePublic(key);
  if (callback === undefined) return named(binding.encapsulate(encoding));
  binding.encapsulate(encoding, (error, pair) => {
    if (error) callback(error);
    else callback(null, named(pair));
  });
}

function named([sharedKey, ciphertext]) {
  return { sharedKey, ciphertext };
}

function decapsulate(key, ciphertext, callback) {
  if (callback !== undefined) validateFunction(callback, 'callback');
  const encoding = consumePrivate(key);
  if (!isBytes(ciphertext)) {
    throw new codes.ERR_INVALID_ARG_TYPE('ciphertext', ['ArrayBuffer', 'Buffer', 'TypedArray', 'DataView'], ciphertext);
  }
  return binding.decapsulate(encoding, ciphertext, callback);
}

module.exports = { diffieHellman, encapsulate, decapsulate };
