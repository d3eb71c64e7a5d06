'use strict';

// Addresses for the forms that look no names up.

const { codes: { ERR_INVALID_ARG_VALUE } } = require('internal/errors');
const { validateString } = require('internal/validators');

function validateNumericAddress(address, name, method) {
  validateString(address, name);
  if (require('net').isIP(address) === 0) {
    throw new ERR_INVALID_ARG_VALUE(name, address, `must be a numeric IP address; ${method} does not perform DNS resolution`);
  }
}

module.exports = { validateNumericAddress };
