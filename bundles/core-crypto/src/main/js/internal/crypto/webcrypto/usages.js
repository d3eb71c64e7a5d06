'use strict';

// What keys may be used for, and the checks that each import and generation makes of it.

const { syntaxError } = require('internal/crypto/webcrypto/errors');

function checkUsages(name, usages, allowed) {
  if (usages.some((usage) => !allowed.includes(usage))) throw syntaxError(`Unsupported key usage for ${/^[AEHRX]/.test(name) ? 'an' : 'a'} ${name} key`);
}

function checkNotEmpty(usages, type) {
  if (usages.length === 0) {
    throw syntaxError(type === undefined ? 'Usages cannot be empty when creating a key.' :
      `Usages cannot be empty when importing a ${type} key.`);
  }
}

function only(usages, allowed) {
  return usages.filter((usage) => allowed.includes(usage));
}

module.exports = { checkUsages, checkNotEmpty, only };
