'use strict';

// setEngine: OpenSSL's plug-ins. There is none here.

const { codes } = require('internal/errors');
const { validateNumber, validateString } = require('internal/validators');

function setEngine(id, flags) {
  validateString(id, 'id');
  if (flags) validateNumber(flags, 'flags');
  throw new codes.ERR_CRYPTO_ENGINE_UNKNOWN(id);
}

module.exports = { setEngine };
