'use strict';

// JSON Web Keys as input.

const { codes } = require('internal/errors');
const { validateObject, validateOneOf, validateString } = require('internal/validators');
const { Buffer } = require('buffer');

const OKP = { '__proto__': null, 'Ed25519': 'ed25519', 'Ed448': 'ed448', 'X25519': 'x25519', 'X448': 'x448' };
const AKP = { '__proto__': null, 'ML-DSA-44': 'ml-dsa-44', 'ML-DSA-65': 'ml-dsa-65', 'ML-DSA-87': 'ml-dsa-87' };
const CURVES = ['P-256', 'secp256k1', 'P-384', 'P-521'];

function part(jwk, name) {
  validateString(jwk[name], `key.${name}`);
  return Buffer.from(jwk[name], 'base64url');
}

function invalid(kind) {
  const error = new codes.ERR_CRYPTO_INVALID_JWK();
  if (kind !== undefined) error.message = `Invalid JWK ${kind} key`;
  return error;
}

function found(encoding, kind) {
  if (encoding === undefined) throw invalid(kind);
  return encoding;
}

// The encoding of the key; of the public one alone if the private one is not wanted.
function readJwk(jwk, wantPrivate) {
  validateObject(jwk, 'key');
  validateOneOf(jwk.kty, 'key.kty', ['RSA', 'EC', 'OKP', 'AKP']);
  switch (jwk.kty) {
    case 'RSA': {
      const names = wantPrivate ? ['n', 'e', 'd', 'p', 'q', 'dp', 'dq', 'qi'] : ['n', 'e'];
      return found(binding.readRsaJwk(...names.map((name) => part(jwk, name))), 'RSA');
    }
    case 'EC': {
      validateString(jwk.crv, 'key.crv');
      validateOneOf(jwk.crv, 'key.crv', CURVES);
      const x = part(jwk, 'x');
      const y = part(jwk, 'y');
      return found(binding.readEcJwk(jwk.crv, x, y, wantPrivate ? part(jwk, 'd') : undefined), 'EC');
    }
    case 'OKP': {
      validateString(jwk.crv, 'key.crv');
      validateOneOf(jwk.crv, 'key.crv', Object.keys(OKP));
      const x = part(jwk, 'x');
      return found(binding.readRawJwk(OKP[jwk.crv], x, wantPrivate ? part(jwk, 'd') : undefined));
    }
    default: {
      validateString(jwk.alg, 'key.alg');
      validateOneOf(jwk.alg, 'key.alg', Object.keys(AKP));
      const pub = part(jwk, 'pub');
      return found(binding.readRawJwk(AKP[jwk.alg], pub, wantPrivate ? part(jwk, 'priv') : undefined));
    }
  }
}

module.exports = { readJwk };
