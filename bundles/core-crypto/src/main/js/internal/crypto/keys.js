'use strict';

// Secret keys as objects. Keys of pairs come with signatures.

const { codes } = require('internal/errors');
const { validateObject, validateOneOf } = require('internal/validators');
const { stateSymbol } = require('internal/symbols');
const { Buffer } = require('buffer');

const kSecret = stateSymbol('crypto.secret');

class KeyObject {
  constructor(type, secret) {
    if (type !== 'secret' && type !== 'public' && type !== 'private') throw new codes.ERR_INVALID_ARG_VALUE('type', type);
    if (!Buffer.isBuffer(secret)) throw new codes.ERR_INVALID_ARG_TYPE('handle', 'object', secret);
    Object.defineProperty(this, kSecret, { __proto__: null, value: secret });
  }

  get type() {
    return 'secret';
  }

  static from(key) {
    throw new codes.ERR_INVALID_ARG_TYPE('key', 'CryptoKey', key);
  }

  equals(otherKeyObject) {
    if (!(otherKeyObject instanceof KeyObject)) throw new codes.ERR_INVALID_ARG_TYPE('otherKeyObject', 'KeyObject', otherKeyObject);
    return otherKeyObject.type === this.type && this[kSecret].equals(otherKeyObject[kSecret]);
  }
}
Object.defineProperty(KeyObject.prototype, Symbol.toStringTag, { __proto__: null, configurable: true, value: 'KeyObject' });

class SecretKeyObject extends KeyObject {
  get symmetricKeySize() {
    return this[kSecret].length;
  }

  export(options) {
    if (options !== undefined) {
      validateObject(options, 'options');
      validateOneOf(options.format, 'options.format', [undefined, 'buffer', 'jwk']);
      if (options.format === 'jwk') return { kty: 'oct', k: this[kSecret].toString('base64url') };
    }
    return Buffer.from(this[kSecret]);
  }
}

function createSecretKey(key, encoding) {
  const bytes = require('internal/crypto/input').toBytes(
    key, 'key', encoding, ['ArrayBuffer', 'Buffer', 'TypedArray', 'DataView']);
  const copy = ArrayBuffer.isView(bytes) ? Buffer.from(new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength)) :
    Buffer.from(new Uint8Array(bytes));
  return new SecretKeyObject('secret', copy);
}

function secretOf(key) {
  return key instanceof KeyObject ? key[kSecret] : undefined;
}

module.exports = { KeyObject, createSecretKey, secretOf };
