'use strict';

// CryptoKey: a key object with an algorithm and what it may be used for.

const { codes } = require('internal/errors');
const { stateSymbol, kClone, kPack, kUnpack } = require('internal/symbols');
const { customInspectSymbol } = require('internal/util');
const { Buffer } = require('buffer');
const { fromHandle, keyOf } = require('internal/crypto/keys/key_object');

const kCryptoKey = stateSymbol('crypto.crypto_key');
const kIsCryptoKey = stateSymbol('crypto.isCryptoKey');
const USAGES = ['encrypt', 'decrypt', 'sign', 'verify', 'deriveKey', 'deriveBits', 'wrapKey', 'unwrapKey', 'encapsulateBits', 'decapsulateBits',
  'encapsulateKey', 'decapsulateKey'];

function isCryptoKey(value) {
  return typeof value === 'object' && value !== null && value[kCryptoKey] !== undefined;
}

function stateOf(key) {
  if (!isCryptoKey(key)) throw new codes.ERR_INVALID_THIS('CryptoKey');
  return key[kCryptoKey];
}

class CryptoKey {
  constructor() {
    throw new codes.ERR_ILLEGAL_CONSTRUCTOR();
  }

  [customInspectSymbol](depth, options) {
    if (depth < 0) return this;
    const { inspect } = require('internal/util/inspect');
    const { algorithm, extractable, usages } = stateOf(this);
    const shown = { type: this.type, extractable, algorithm, usages };
    return `CryptoKey ${inspect(shown, { ...options, depth: options.depth == null ? null : options.depth - 1 })}`;
  }

  get type() {
    return stateOf(this).key.type;
  }

  get extractable() {
    return stateOf(this).extractable;
  }

  // What users see is a copy, so that they cannot change what the key is.
  get algorithm() {
    const state = stateOf(this);
    return state.shownAlgorithm ??= copyAlgorithm(state.algorithm);
  }

  get usages() {
    const state = stateOf(this);
    return state.shownUsages ??= [...state.usages];
  }
}
Object.defineProperties(CryptoKey.prototype, {
  type: { __proto__: null, enumerable: true },
  extractable: { __proto__: null, enumerable: true },
  algorithm: { __proto__: null, enumerable: true },
  usages: { __proto__: null, enumerable: true },
  [Symbol.toStringTag]: { __proto__: null, configurable: true, value: 'CryptoKey' },
  [kClone]: {
    __proto__: null, configurable: true, writable: true, value() {
      const { key, algorithm, usages, extractable } = stateOf(this);
      return makeKey(fromHandle(keyOf(key)), algorithm, usages, extractable);
    },
  },
});

Object.defineProperty(CryptoKey.prototype, kPack, {
  __proto__: null, configurable: true, writable: true, value() {
    const { key, algorithm, usages, extractable } = stateOf(this);
    const { type, data } = keyOf(key);
    return { id: 'internal/crypto/webcrypto', name: 'CryptoKey', data: { type, data: new Uint8Array(data), algorithm, usages, extractable } };
  },
});
Object.defineProperty(CryptoKey, kUnpack, {
  __proto__: null, configurable: true, writable: true, value({ type, data, algorithm, usages, extractable }) {
    return makeKey(fromHandle({ type, data: Buffer.from(data) }), algorithm, usages, extractable);
  },
});

function copyAlgorithm(algorithm) {
  const copy = { ...algorithm };
  if (copy.hash !== undefined) copy.hash = { ...copy.hash };
  if (copy.publicExponent !== undefined) copy.publicExponent = new Uint8Array(copy.publicExponent);
  return copy;
}

function makeKey(keyObject, algorithm, usages, extractable) {
  const key = Object.create(CryptoKey.prototype);
  Object.defineProperty(key, kCryptoKey, {
    __proto__: null, writable: true, configurable: true,
    value: {
      key: keyObject, algorithm, usages: USAGES.filter((usage) => usages.includes(usage)), extractable,
      shownAlgorithm: undefined, shownUsages: undefined,
    },
  });
  Object.defineProperty(key, kIsCryptoKey, { __proto__: null, value: true });
  return key;
}

// { key, algorithm, usages, extractable }: what the key really is.
function slots(key) {
  return key[kCryptoKey];
}

function keyObjectOf(key) {
  return key[kCryptoKey].key;
}

// The bytes of the key, as the binding takes them.
function dataOf(key) {
  return keyOf(key[kCryptoKey].key).data;
}

module.exports = { CryptoKey, isCryptoKey, makeKey, slots, keyObjectOf, dataOf, USAGES };
