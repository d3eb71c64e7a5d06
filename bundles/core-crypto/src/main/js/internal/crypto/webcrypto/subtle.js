'use strict';

// SubtleCrypto: arguments are converted and checked here; what the algorithms do is in their files.

const { codes } = require('internal/errors');
const { normalize, copyBytes } = require('internal/crypto/webcrypto/normalize');
const { dataError, invalidAccess, notSupported } = require('internal/crypto/webcrypto/errors');
const { isCryptoKey, slots, USAGES } = require('internal/crypto/webcrypto/crypto_key');
const { Buffer } = require('buffer');

const FORMATS = ['raw', 'pkcs8', 'spki', 'jwk', 'raw-secret', 'raw-public', 'raw-private', 'raw-seed'];

class SubtleCrypto {
  constructor() {
    throw new codes.ERR_ILLEGAL_CONSTRUCTOR();
  }

  static supports(operation, algorithm, lengthOrAdditionalAlgorithm = null) {
    if (this !== SubtleCrypto) throw new codes.ERR_INVALID_THIS('SubtleCrypto constructor');
    need(arguments, 2, 'supports');
    return require('internal/crypto/webcrypto/supports').supports(`${operation}`, algorithm, lengthOrAdditionalAlgorithm);
  }
}
const subtle = Object.create(SubtleCrypto.prototype);

function typeError(code, message) {
  const error = new TypeError(message);
  error.code = code;
  return error;
}

function need(given, count, method) {
  if (given.length >= count) return;
  throw typeError('ERR_MISSING_ARGS', `Failed to execute '${method}' on 'SubtleCrypto': ${count} argument${count === 1 ? '' : 's'} ` +
    `required, but only ${given.length} present.`);
}

const prefix = (method, index) => `Failed to execute '${method}' on 'SubtleCrypto': ${['1st', '2nd', '3rd'][index] ?? `${index + 1}th`} argument`;

// Kinds of arguments.
const kinds = {
  __proto__: null,
  algorithm: (value) => value,
  key(value, where) {
    if (!isCryptoKey(value)) throw typeError('ERR_INVALID_ARG_TYPE', `${where} is not of type CryptoKey.`);
    return value;
  },
  bytes: (value, where) => copyBytes(value, where),
  boolean: Boolean,
  format(value, where) {
    const format = `${value}`;
    if (!FORMATS.includes(format)) throw typeError('ERR_INVALID_ARG_VALUE', `${where} value '${format}' is not a valid enum value of type KeyFormat.`);
    return format;
  },
  usages(value, where) {
    if (typeof value !== 'object' || value === null || typeof value[Symbol.iterator] !== 'function') {
      throw typeError('ERR_INVALID_ARG_TYPE', `${where} can not be converted to sequence.`);
    }
    const usages = [...value].map(String);
    for (const usage of usages) {
      if (!USAGES.includes(usage)) throw typeError('ERR_INVALID_ARG_VALUE', `${where} value '${usage}' is not a valid enum value of type KeyUsage.`);
    }
    return [...new Set(usages)];
  },
  length(value, where) {
    if (value === null || value === undefined) return null;
    const number = Math.trunc(Number(value));
    if (!Number.isFinite(number) || number < 0 || number > 4294967295) throw typeError('ERR_INVALID_ARG_TYPE', `${where} is not a valid length.`);
    return number;
  },
  any: (value) => value,
};

function define(name, parameters, required, body) {
  const method = {
    async [name](...given) {
      if (this !== subtle) throw new codes.ERR_INVALID_THIS('SubtleCrypto');
      need(given, required, name);
      return body(...parameters.map((kind, index) => kinds[kind](given[index], prefix(name, index))));
    },
  }[name];
  Object.defineProperty(method, 'length', { __proto__: null, value: required, configurable: true });
  Object.defineProperty(SubtleCrypto.prototype, name, { __proto__: null, value: method, writable: true, enumerable: true, configurable: true });
}

function checkKey(key, algorithm, usage, verb = usage) {
  const { algorithm: own, usages } = slots(key);
  if (own.name !== algorithm.name) throw invalidAccess('Key algorithm mismatch');
  if (!usages.includes(usage)) throw invalidAccess(`Unable to use this key to ${verb}`);
}

function encrypt(algorithm, key, data) {
  const { family, algorithm: normalized } = normalize(algorithm, 'encrypt');
  checkKey(key, normalized, 'encrypt');
  return family.encrypt(normalized, key, data);
}

function decrypt(algorithm, key, data) {
  const { family, algorithm: normalized } = normalize(algorithm, 'decrypt');
  checkKey(key, normalized, 'decrypt');
  return family.decrypt(normalized, key, data);
}

define('encrypt', ['algorithm', 'key', 'bytes'], 3, encrypt);
define('decrypt', ['algorithm', 'key', 'bytes'], 3, decrypt);

define('sign', ['algorithm', 'key', 'bytes'], 3, (algorithm, key, data) => {
  const { family, algorithm: normalized } = normalize(algorithm, 'sign');
  checkKey(key, normalized, 'sign');
  return family.sign(normalized, key, data);
});

define('verify', ['algorithm', 'key', 'bytes', 'bytes'], 4, (algorithm, key, signature, data) => {
  const { family, algorithm: normalized } = normalize(algorithm, 'verify');
  checkKey(key, normalized, 'verify');
  return family.verify(normalized, key, signature, data);
});

define('digest', ['algorithm', 'bytes'], 2, (algorithm, data) => {
  const { family, algorithm: normalized } = normalize(algorithm, 'digest');
  return family.digest(normalized, data);
});

define('generateKey', ['algorithm', 'boolean', 'usages'], 3, (algorithm, extractable, usages) => {
  const { family, algorithm: normalized } = normalize(algorithm, 'generateKey');
  return family.generateKey(normalized, extractable, usages);
});

function deriveBits(algorithm, key, length) {
  const { family, algorithm: normalized } = normalize(algorithm, 'deriveBits');
  if (slots(key).algorithm.name !== normalized.name) throw invalidAccess('Key algorithm mismatch');
  return { family, normalized, run: () => family.deriveBits(normalized, key, length) };
}

define('deriveBits', ['algorithm', 'key', 'length'], 2, (algorithm, key, length) => {
  const { run } = deriveBits(algorithm, key, length);
  if (!slots(key).usages.includes('deriveBits')) throw invalidAccess('baseKey does not have deriveBits usage');
  return run();
});

function keyLength(algorithm) {
  const { family, algorithm: normalized } = normalize(algorithm, 'get key length');
  return family.keyLength(normalized);
}

define('deriveKey', ['algorithm', 'key', 'algorithm', 'boolean', 'usages'], 5, async (algorithm, key, derived, extractable, usages) => {
  normalize(algorithm, 'deriveBits');
  const target = normalize(derived, 'importKey');
  const length = keyLength(derived);
  const { run } = deriveBits(algorithm, key, length);
  if (!slots(key).usages.includes('deriveKey')) throw invalidAccess('baseKey does not have deriveKey usage');
  const bits = await run();
  return target.family.importKey('raw-secret', Buffer.from(bits), target.algorithm, extractable, usages);
});

function importKey(format, keyData, algorithm, extractable, usages) {
  const { family, algorithm: normalized } = normalize(algorithm, 'importKey');
  return family.importKey(format, keyData, normalized, extractable, usages);
}

// What the first arguments are depends on the format.
define('importKey', ['format', 'any', 'algorithm', 'boolean', 'usages'], 4, (format, keyData, algorithm, extractable, usages) => {
  if (format === 'jwk') {
    if (typeof keyData !== 'object' || keyData === null || ArrayBuffer.isView(keyData) || keyData instanceof ArrayBuffer) {
      throw typeError('ERR_INVALID_ARG_TYPE', `${prefix('importKey', 1)} must be of type object.`);
    }
    keyData = { ...keyData };
  } else {
    keyData = copyBytes(keyData, prefix('importKey', 1));
  }
  return importKey(format, keyData, algorithm, extractable, usages);
});

function exportKey(format, key) {
  const { family } = normalize(slots(key).algorithm.name, 'exportKey');
  if (!slots(key).extractable) throw invalidAccess('key is not extractable');
  return family.exportKey(format, key);
}

define('exportKey', ['format', 'key'], 2, (format, key) => {
  try {
    normalize(slots(key).algorithm.name, 'exportKey');
  } catch {
    throw notSupported(`${slots(key).algorithm.name} key export is not supported`);
  }
  return exportKey(format, key);
});

// Wrapping is done by an algorithm of its own, or by one that encrypts.
function wrapper(algorithm, own, fallback) {
  try {
    return normalize(algorithm, own);
  } catch (error) {
    if (error?.name !== 'NotSupportedError') throw error;
    return normalize(algorithm, fallback);
  }
}

define('wrapKey', ['format', 'key', 'key', 'algorithm'], 4, async (format, key, wrappingKey, algorithm) => {
  const { family, algorithm: normalized } = wrapper(algorithm, 'wrapKey', 'encrypt');
  checkKey(wrappingKey, normalized, 'wrapKey');
  const exported = await exportKey(format, key);
  let bytes;
  if (format === 'jwk') {
    const text = JSON.stringify(exported);
    bytes = Buffer.from(text, 'utf8');
    // AES-KW takes multiples of eight bytes: white space is allowed in JSON.
    if (normalized.name === 'AES-KW') bytes = Buffer.from(text + ' '.repeat((8 - bytes.length % 8) % 8));
  } else {
    bytes = Buffer.from(exported);
  }
  return (family.wrap ?? family.encrypt)(normalized, wrappingKey, bytes);
});

define('unwrapKey', ['format', 'bytes', 'key', 'algorithm', 'algorithm', 'boolean', 'usages'], 7,
       async (format, wrapped, unwrappingKey, unwrapAlgorithm, keyAlgorithm, extractable, usages) => {
         const { family, algorithm: normalized } = wrapper(unwrapAlgorithm, 'unwrapKey', 'decrypt');
         normalize(keyAlgorithm, 'importKey');
         checkKey(unwrappingKey, normalized, 'unwrapKey');
         let bytes = Buffer.from(await (family.unwrap ?? family.decrypt)(normalized, unwrappingKey, wrapped));
         if (format === 'jwk') {
           try {
             bytes = JSON.parse(bytes.toString('utf8'));
           } catch (error) {
             throw dataError('Invalid wrapped JWK key', error);
           }
         }
         return importKey(format, bytes, keyAlgorithm, extractable, usages);
       });

define('getPublicKey', ['key', 'usages'], 2, (key, usages) => {
  const { key: object, algorithm } = slots(key);
  if (object.type === 'secret') throw notSupported('key must be a private key');
  if (object.type !== 'private') throw invalidAccess('key must be a private key');
  return require('internal/crypto/keys/create').createPublicKey(object).toCryptoKey(algorithm, true, usages);
});

function checkKem(key, algorithm, usage) {
  if (slots(key).algorithm.name !== algorithm.name) throw invalidAccess('key algorithm mismatch');
  if (!slots(key).usages.includes(usage)) throw invalidAccess(`Key does not have ${usage} usage`);
}

define('encapsulateBits', ['algorithm', 'key'], 2, (algorithm, key) => {
  const { family, algorithm: normalized } = normalize(algorithm, 'encapsulate');
  checkKem(key, normalized, 'encapsulateBits');
  return family.encapsulate(normalized, key);
});

define('encapsulateKey', ['algorithm', 'key', 'algorithm', 'boolean', 'usages'], 5, async (algorithm, key, shared, extractable, usages) => {
  const { family, algorithm: normalized } = normalize(algorithm, 'encapsulate');
  const target = normalize(shared, 'importKey');
  checkKem(key, normalized, 'encapsulateKey');
  const { sharedKey, ciphertext } = await family.encapsulate(normalized, key);
  const made = await target.family.importKey('raw-secret', Buffer.from(sharedKey), target.algorithm, extractable, usages);
  return { ciphertext, sharedKey: made };
});

define('decapsulateBits', ['algorithm', 'key', 'bytes'], 3, (algorithm, key, ciphertext) => {
  const { family, algorithm: normalized } = normalize(algorithm, 'decapsulate');
  checkKem(key, normalized, 'decapsulateBits');
  return family.decapsulate(normalized, key, ciphertext);
});

define('decapsulateKey', ['algorithm', 'key', 'bytes', 'algorithm', 'boolean', 'usages'], 6,
       async (algorithm, key, ciphertext, shared, extractable, usages) => {
         const { family, algorithm: normalized } = normalize(algorithm, 'decapsulate');
         const target = normalize(shared, 'importKey');
         checkKem(key, normalized, 'decapsulateKey');
         const bits = await family.decapsulate(normalized, key, ciphertext);
         return target.family.importKey('raw-secret', Buffer.from(bits), target.algorithm, extractable, usages);
       });

Object.defineProperty(SubtleCrypto.prototype, Symbol.toStringTag, { __proto__: null, configurable: true, value: 'SubtleCrypto' });

module.exports = { SubtleCrypto, subtle, keyLength };
