'use strict';

// Key objects. A key is its bytes: those of a secret, or DER of a SubjectPublicKeyInfo or PrivateKeyInfo, which the binding parses once.

const { codes } = require('internal/errors');
const { validateObject, validateOneOf } = require('internal/validators');
const { stateSymbol, kClone, kPack, kUnpack } = require('internal/symbols');
const { Buffer } = require('buffer');

const kKey = stateSymbol('crypto.key');
const kIsKeyObject = stateSymbol('crypto.isKeyObject');

function hide(object, key, value) {
  Object.defineProperty(object, key, { __proto__: null, value, writable: true, configurable: true });
}

// { type, data }: all that a key is.
function keyOf(object) {
  return object[kKey];
}

function isKeyObject(value) {
  return typeof value === 'object' && value !== null && value[kKey] !== undefined && value instanceof KeyObject;
}

class KeyObject {
  constructor(type, handle) {
    if (type !== 'secret' && type !== 'public' && type !== 'private') throw new codes.ERR_INVALID_ARG_VALUE('type', type);
    if (typeof handle !== 'object' || handle === null || !Buffer.isBuffer(handle.data)) {
      throw new codes.ERR_INVALID_ARG_TYPE('handle', 'object', handle);
    }
    hide(this, kKey, handle);
    hide(this, kIsKeyObject, true);
  }

  get type() {
    return this[kKey].type;
  }

  static from(key) {
    const { isCryptoKey, keyObjectOf } = require('internal/crypto/webcrypto/crypto_key');
    if (!isCryptoKey(key)) throw new codes.ERR_INVALID_ARG_TYPE('key', 'CryptoKey', key);
    return keyObjectOf(key);
  }

  toCryptoKey(algorithm, extractable, keyUsages) {
    return require('internal/crypto/webcrypto/to_crypto_key').toCryptoKey(this, algorithm, extractable, keyUsages);
  }

  equals(otherKeyObject) {
    if (!isKeyObject(otherKeyObject)) throw new codes.ERR_INVALID_ARG_TYPE('otherKeyObject', 'KeyObject', otherKeyObject);
    const own = this[kKey];
    const other = otherKeyObject[kKey];
    if (own.type !== other.type || own.data.length !== other.data.length) return false;
    return binding.timingSafeEqual(own.data, other.data);
  }
}
Object.defineProperty(KeyObject.prototype, Symbol.toStringTag, { __proto__: null, configurable: true, value: 'KeyObject' });
hide(KeyObject.prototype, kClone, function() {
  return fromHandle({ type: this[kKey].type, data: this[kKey].data });
});
// To another realm it goes as what it is: a type and bytes.
hide(KeyObject.prototype, kPack, function() {
  const { type, data } = this[kKey];
  return { id: 'crypto', name: 'KeyObject', data: { type, data: new Uint8Array(data) } };
});
hide(KeyObject, kUnpack, ({ type, data }) => fromHandle({ type, data: Buffer.from(data) }));

class SecretKeyObject extends KeyObject {
  get symmetricKeySize() {
    return this[kKey].data.length;
  }

  export(options) {
    const { data } = this[kKey];
    if (options !== undefined) {
      validateObject(options, 'options');
      validateOneOf(options.format, 'options.format', [undefined, 'buffer', 'jwk']);
      if (options.format === 'jwk') return { kty: 'oct', k: data.toString('base64url') };
    }
    return Buffer.from(data);
  }
}

class AsymmetricKeyObject extends KeyObject {
  get asymmetricKeyType() {
    const key = this[kKey];
    return key.name ??= binding.keyType(key.data);
  }

  get asymmetricKeyDetails() {
    const key = this[kKey];
    if (key.details === undefined) {
      const details = binding.keyDetails(key.data);
      key.details = { ...details };
    }
    return { ...key.details };
  }
}

class PublicKeyObject extends AsymmetricKeyObject {
  export(options) {
    return require('internal/crypto/keys/export').exportPublic(this, options);
  }
}

class PrivateKeyObject extends AsymmetricKeyObject {
  export(options) {
    if (options?.passphrase !== undefined && options.format === 'jwk') {
      throw new codes.ERR_CRYPTO_INCOMPATIBLE_KEY_OPTIONS('jwk', 'does not support encryption');
    }
    return require('internal/crypto/keys/export').exportPrivate(this, options);
  }
}

function fromHandle(handle) {
  switch (handle.type) {
    case 'secret': return new SecretKeyObject('secret', handle);
    case 'public': return new PublicKeyObject('public', handle);
    default: return new PrivateKeyObject('private', handle);
  }
}

function secretKey(bytes) {
  return new SecretKeyObject('secret', { type: 'secret', data: bytes });
}

function publicKey(encoding) {
  return new PublicKeyObject('public', { type: 'public', data: encoding });
}

function privateKey(encoding) {
  return new PrivateKeyObject('private', { type: 'private', data: encoding });
}

// The bytes of a secret key, given as a key object of either API; undefined for anything else.
function secretOf(value) {
  let key = value;
  if (!isKeyObject(value)) {
    if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return undefined;
    const { isCryptoKey, keyObjectOf } = require('internal/crypto/webcrypto/crypto_key');
    if (!isCryptoKey(value)) return undefined;
    key = keyObjectOf(value);
  }
  if (key.type !== 'secret') throw new codes.ERR_CRYPTO_INVALID_KEY_OBJECT_TYPE(key.type, 'secret');
  return key[kKey].data;
}

module.exports = {
  KeyObject, SecretKeyObject, PublicKeyObject, PrivateKeyObject, keyOf, isKeyObject, fromHandle, secretKey, publicKey, privateKey, secretOf,
};
