'use strict';

// SubtleCrypto.supports: whether an operation could be done with an algorithm.

const { normalize } = require('internal/crypto/webcrypto/normalize');
const { keyLength } = require('internal/crypto/webcrypto/subtle');

function can(algorithm, operation) {
  try {
    const { family, algorithm: normalized } = normalize(algorithm, operation);
    if (operation === 'digest') family.checkDigest?.(normalized);
    if (operation === 'generateKey' || operation === 'get key length') family.keyLength?.(normalized);
    return true;
  } catch {
    return false;
  }
}

function canDerive(algorithm, length) {
  if (!can(algorithm, 'deriveBits')) return false;
  const { family } = normalize(algorithm, 'deriveBits');
  if (family.keyLength === undefined) return true;
  return length !== null && length % 8 === 0 && length >= (family.name.startsWith('Argon2') ? 32 : 0);
}

function lengthOf(algorithm) {
  try {
    return keyLength(algorithm);
  } catch {
    return undefined;
  }
}

function supports(operation, algorithm, more) {
  switch (operation) {
    case 'encrypt': case 'decrypt': case 'sign': case 'verify': case 'digest': case 'generateKey': case 'importKey': case 'exportKey':
      return can(algorithm, operation);
    case 'deriveBits':
      return canDerive(algorithm, typeof more === 'number' ? more : null);
    case 'deriveKey':
      return can(more, 'importKey') && lengthOf(more) !== undefined && canDerive(algorithm, lengthOf(more) ?? 256);
    case 'wrapKey':
      return (can(algorithm, 'wrapKey') || can(algorithm, 'encrypt')) && (more === null || can(more, 'exportKey'));
    case 'unwrapKey':
      return (can(algorithm, 'unwrapKey') || can(algorithm, 'decrypt')) && (more === null || can(more, 'importKey'));
    case 'encapsulateBits':
      return can(algorithm, 'encapsulate');
    case 'decapsulateBits':
      return can(algorithm, 'decapsulate');
    case 'encapsulateKey':
      return can(algorithm, 'encapsulate') && can(more, 'importKey');
    case 'decapsulateKey':
      return can(algorithm, 'decapsulate') && can(more, 'importKey');
    case 'getPublicKey':
      return can(algorithm, 'exportKey') && !can(algorithm, 'get key length');
    default:
      return false;
  }
}

module.exports = { supports };
