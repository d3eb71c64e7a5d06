'use strict';

// A key object as a CryptoKey: an import of what it exports.

const { normalize } = require('internal/crypto/webcrypto/normalize');
const { USAGES } = require('internal/crypto/webcrypto/crypto_key');
const { keyOf } = require('internal/crypto/keys/key_object');
const { Buffer } = require('buffer');

const FORMATS = { __proto__: null, secret: 'raw-secret', public: 'spki', private: 'pkcs8' };

function toCryptoKey(keyObject, algorithm, extractable, keyUsages) {
  const { family, algorithm: normalized } = normalize(algorithm, 'importKey');
  const usages = [...keyUsages].filter((usage, index, all) => all.indexOf(usage) === index);
  for (const usage of usages) {
    if (!USAGES.includes(usage)) {
      const error = new TypeError(`value '${usage}' is not a valid enum value of type KeyUsage.`);
      error.code = 'ERR_INVALID_ARG_VALUE';
      throw error;
    }
  }
  return family.importKey(FORMATS[keyObject.type], Buffer.from(keyOf(keyObject).data), normalized, Boolean(extractable), usages);
}

module.exports = { toCryptoKey };
