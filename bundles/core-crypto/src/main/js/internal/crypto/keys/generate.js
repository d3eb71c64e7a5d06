'use strict';

// generateKeyPair, generateKey and their synchronous forms.

const { codes } = require('internal/errors');
const {
  validateFunction, validateBuffer, validateInt32, validateInteger, validateObject, validateOneOf, validateString, validateUint32,
} = require('internal/validators');
const { kCustomPromisifyArgsSymbol } = require('internal/util');
const { parse } = require('internal/crypto/keys/encoding');
const { write } = require('internal/crypto/keys/export');
const { publicKey, privateKey, secretKey } = require('internal/crypto/keys/key_object');
const { Buffer } = require('buffer');

const PLAIN = ['ed25519', 'ed448', 'x25519', 'x448', 'ml-dsa-44', 'ml-dsa-65', 'ml-dsa-87', 'ml-kem-512', 'ml-kem-768', 'ml-kem-1024'];
for (const family of ['sha2', 'shake']) {
  for (const strength of ['128', '192', '256']) PLAIN.push(`slh-dsa-${family}-${strength}f`, `slh-dsa-${family}-${strength}s`);
}

function generateKeyPair(type, options, callback) {
  if (typeof options === 'function') {
    callback = options;
    options = undefined;
  }
  const job = prepare(type, options);
  validateFunction(callback, 'callback');
  binding.generateKeyPair(job.type, job.parameters, (error, pair) => {
    if (error) return callback(error);
    let keys;
    try {
      keys = result(pair, job);
    } catch (failure) {
      return callback(failure);
    }
    callback(null, keys.publicKey, keys.privateKey);
  });
}
Object.defineProperty(generateKeyPair, kCustomPromisifyArgsSymbol, {
  __proto__: null, enumerable: false, value: ['publicKey', 'privateKey'],
});

function generateKeyPairSync(type, options) {
  const job = prepare(type, options);
  return result(binding.generateKeyPair(job.type, job.parameters), job);
}

function result([secret, shared], { type, publicEncoding, privateEncoding }) {
  return {
    publicKey: publicEncoding === undefined ? publicKey(shared) : write(shared, type, publicEncoding, true, 'publicKeyEncoding'),
    privateKey: privateEncoding === undefined ? privateKey(secret) : write(secret, type, privateEncoding, false, 'privateKeyEncoding'),
  };
}

// Both encodings are checked before the key is made.
function encodingOption(options, name, type, isPublic) {
  const encoding = options?.[name];
  if (encoding === undefined || encoding === null) return undefined;
  if (typeof encoding !== 'object') throw new codes.ERR_INVALID_ARG_VALUE(`options.${name}`, encoding);
  parse(encoding, type, isPublic, name);
  return encoding;
}

function prepare(type, options) {
  validateString(type, 'type');
  if (options !== undefined && options !== null) validateObject(options, 'options');
  const publicEncoding = encodingOption(options, 'publicKeyEncoding', type, true);
  const privateEncoding = encodingOption(options, 'privateKeyEncoding', type, false);
  return { type, parameters: parameters(type, options), publicEncoding, privateEncoding };
}

function parameters(type, options) {
  switch (type) {
    case 'rsa':
    case 'rsa-pss':
      return rsa(type, options);
    case 'dsa': {
      validateObject(options, 'options');
      const { modulusLength, divisorLength } = options;
      validateUint32(modulusLength, 'options.modulusLength');
      if (divisorLength !== undefined && divisorLength !== null) validateInt32(divisorLength, 'options.divisorLength', 0);
      return { modulusLength, divisorLength: divisorLength ?? -1 };
    }
    case 'ec': {
      validateObject(options, 'options');
      const { namedCurve, paramEncoding } = options;
      validateString(namedCurve, 'options.namedCurve');
      if (paramEncoding !== undefined && paramEncoding !== null && paramEncoding !== 'named' && paramEncoding !== 'explicit') {
        throw new codes.ERR_INVALID_ARG_VALUE('options.paramEncoding', paramEncoding);
      }
      if (!binding.isCurve(namedCurve)) throw new codes.ERR_CRYPTO_INVALID_CURVE();
      return { namedCurve, paramEncoding: paramEncoding ?? 'named' };
    }
    case 'dh':
      return diffieHellman(options);
    default:
      if (!PLAIN.includes(type)) throw new codes.ERR_INVALID_ARG_VALUE('type', type, 'must be a supported key type');
      return {};
  }
}

function rsa(type, options) {
  validateObject(options, 'options');
  const { modulusLength } = options;
  validateUint32(modulusLength, 'options.modulusLength');
  const publicExponent = options.publicExponent ?? 0x10001;
  validateUint32(publicExponent, 'options.publicExponent');
  if (type === 'rsa') return { modulusLength, publicExponent };
  const { saltLength, hashAlgorithm, mgf1HashAlgorithm, hash, mgf1Hash } = options;
  if (saltLength !== undefined) validateInt32(saltLength, 'options.saltLength', 0);
  if (hashAlgorithm !== undefined) validateString(hashAlgorithm, 'options.hashAlgorithm');
  if (mgf1HashAlgorithm !== undefined) validateString(mgf1HashAlgorithm, 'options.mgf1HashAlgorithm');
  if (hash !== undefined) {
    process.emitWarning('"options.hash" is deprecated, use "options.hashAlgorithm" instead.', 'DeprecationWarning', 'DEP0154');
    validateString(hash, 'options.hash');
    if (hashAlgorithm && hash !== hashAlgorithm) throw new codes.ERR_INVALID_ARG_VALUE('options.hash', hash);
  }
  if (mgf1Hash !== undefined) {
    process.emitWarning('"options.mgf1Hash" is deprecated, use "options.mgf1HashAlgorithm" instead.', 'DeprecationWarning', 'DEP0154');
    validateString(mgf1Hash, 'options.mgf1Hash');
    if (mgf1HashAlgorithm && mgf1Hash !== mgf1HashAlgorithm) throw new codes.ERR_INVALID_ARG_VALUE('options.mgf1Hash', mgf1Hash);
  }
  return {
    modulusLength,
    publicExponent,
    hashAlgorithm: digest(hashAlgorithm || hash, 'Invalid digest'),
    mgf1HashAlgorithm: digest(mgf1HashAlgorithm || mgf1Hash, 'Invalid MGF1 digest'),
    saltLength: saltLength ?? -1,
  };
}

function digest(name, message) {
  if (name === undefined || binding.digestBytes(name) !== -1) return name;
  const error = new codes.ERR_CRYPTO_INVALID_DIGEST(name);
  error.message = `${message}: ${name}`;
  throw error;
}

function diffieHellman(options) {
  validateObject(options, 'options');
  const { group, primeLength, prime, generator } = options;
  const pair = (first, second) => { throw new codes.ERR_INCOMPATIBLE_OPTION_PAIR(first, second); };
  if (group !== undefined && group !== null) {
    if (prime !== undefined && prime !== null) pair('group', 'prime');
    if (primeLength !== undefined && primeLength !== null) pair('group', 'primeLength');
    if (generator !== undefined && generator !== null) pair('group', 'generator');
    validateString(group, 'options.group');
    const known = binding.diffieHellmanGroup(group);
    if (known === undefined) throw new codes.ERR_CRYPTO_UNKNOWN_DH_GROUP();
    return { prime: known.toString('hex'), generator: '2' };
  }
  if (prime !== undefined && prime !== null) {
    if (primeLength !== undefined && primeLength !== null) pair('prime', 'primeLength');
    validateBuffer(prime, 'options.prime');
  } else if (primeLength !== undefined && primeLength !== null) {
    validateInt32(primeLength, 'options.primeLength', 0);
  } else {
    throw new codes.ERR_MISSING_OPTION('At least one of the group, prime, or primeLength options');
  }
  if (generator !== undefined && generator !== null) validateInt32(generator, 'options.generator', 0);
  return {
    prime: prime === undefined || prime === null ? '0' : Buffer.from(prime).toString('hex'),
    primeLength: primeLength ?? -1,
    generator: (generator ?? 2).toString(16),
  };
}

function checkSecret(type, options) {
  validateString(type, 'type');
  validateObject(options, 'options');
  const { length } = options;
  switch (type) {
    case 'hmac':
      validateInteger(length, 'options.length', 8, 2 ** 31 - 1);
      return length >> 3;
    case 'aes':
      validateOneOf(length, 'options.length', [128, 192, 256]);
      return length / 8;
    default:
      throw new codes.ERR_INVALID_ARG_VALUE('type', type, 'must be a supported key type');
  }
}

function generateKey(type, options, callback) {
  if (typeof options === 'function') {
    callback = options;
    options = undefined;
  }
  const bytes = Buffer.from(new ArrayBuffer(checkSecret(type, options)));
  validateFunction(callback, 'callback');
  binding.randomFill(bytes, (error) => {
    if (error) callback(error);
    else callback(undefined, secretKey(bytes));
  });
}

function generateKeySync(type, options) {
  const bytes = Buffer.from(new ArrayBuffer(checkSecret(type, options)));
  binding.randomFill(bytes);
  return secretKey(bytes);
}

module.exports = { generateKeyPair, generateKeyPairSync, generateKey, generateKeySync };
