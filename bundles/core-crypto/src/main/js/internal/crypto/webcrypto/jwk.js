'use strict';

// Checks of JSON Web Keys that concern their use, not their content.

const { dataError } = require('internal/crypto/webcrypto/errors');

function checkJwk(jwk, { kty, use, alg, extractable, usages }) {
  if (typeof jwk !== 'object' || jwk === null) throw dataError('Invalid keyData');
  if (kty !== undefined && jwk.kty !== kty) throw dataError('Invalid JWK "kty" Parameter');
  if (usages.length > 0 && jwk.use !== undefined && use !== undefined && jwk.use !== use) throw dataError('Invalid JWK "use" Parameter');
  if (jwk.key_ops !== undefined) {
    const operations = jwk.key_ops;
    if (!Array.isArray(operations)) throw dataError('Invalid JWK "key_ops" Parameter');
    if (new Set(operations).size !== operations.length) throw dataError('Duplicate key operation');
    if (usages.some((usage) => !operations.includes(usage))) throw dataError('Key operations and usage mismatch');
  }
  if (jwk.ext !== undefined && jwk.ext === false && extractable) throw dataError('JWK "ext" Parameter and extractable mismatch');
  if (alg !== undefined && jwk.alg !== undefined && jwk.alg !== alg) throw dataError('JWK "alg" does not match the requested algorithm');
}

module.exports = { checkJwk };
