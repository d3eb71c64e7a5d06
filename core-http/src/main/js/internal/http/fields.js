'use strict';

// Checks of names and values that users give, with Node's errors.

const { codes, hideStackFrames } = require('internal/errors');

// Names that passed. Programs use few; the limit is for those that make them up.
const validNames = new Map();
const MAX_CACHED_NAMES = 512;

/** A name's lower-case form; throws unless it is a token. */
function checkedLowerCase(name) {
  let lower = validNames.get(name);
  if (lower === undefined) {
    validateHeaderName(name);
    lower = name.toLowerCase();
    if (validNames.size < MAX_CACHED_NAMES && name.length < 64) validNames.set(name, lower);
  }
  return lower;
}

const validateHeaderName = hideStackFrames(function validateHeaderName(name, label) {
  if (typeof name !== 'string' || !name || !binding.isToken(name)) {
    throw new codes.ERR_INVALID_HTTP_TOKEN(label || 'Header name', name);
  }
});

const validateHeaderValue = hideStackFrames(function validateHeaderValue(name, value) {
  if (value === undefined) throw new codes.ERR_HTTP_INVALID_HEADER_VALUE(value, name);
  if (!binding.isFieldValue(`${value}`)) throw new codes.ERR_INVALID_CHAR('header content', name);
});

module.exports = { checkedLowerCase, validateHeaderName, validateHeaderValue };
