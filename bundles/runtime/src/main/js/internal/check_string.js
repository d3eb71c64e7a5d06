'use strict';

// The one check that every program makes, apart from the others and from the errors, which few need.

function validateString(value, name) {
  if (typeof value !== 'string') throw require('internal/validators').invalidType(validateString, name, 'string', value);
}

module.exports = { validateString };
