'use strict';

// What may stand beside the key of a signature.

const { codes } = require('internal/errors');
const { isBytes } = require('internal/crypto/input');

function integer(options, name) {
  const value = options[name];
  if (value === undefined) return undefined;
  if (value === value >> 0) return value;
  throw new codes.ERR_INVALID_ARG_VALUE(`options.${name}`, value);
}

function isPlain({ dsaEncoding }) {
  if (dsaEncoding === undefined || dsaEncoding === 'der') return false;
  if (dsaEncoding === 'ieee-p1363') return true;
  throw new codes.ERR_INVALID_ARG_VALUE('options.dsaEncoding', dsaEncoding);
}

function contextOf({ context }) {
  if (context === undefined) return undefined;
  if (!isBytes(context)) throw new codes.ERR_INVALID_ARG_TYPE('context', ['ArrayBuffer', 'Buffer', 'TypedArray', 'DataView'], context);
  return context;
}

// [padding, saltLength, plain, context], as the binding wants them.
function signatureOptions(key) {
  if (typeof key !== 'object' || key === null || isBytes(key)) return [0, undefined, false, undefined];
  return [integer(key, 'padding') ?? 0, integer(key, 'saltLength'), isPlain(key), contextOf(key)];
}

function checkContext(encoding, context) {
  if (context === undefined || context.byteLength === 0) return;
  if (context.byteLength > 255) {
    const error = new RangeError('context string must be at most 255 bytes');
    error.code = 'ERR_OUT_OF_RANGE';
    throw error;
  }
  if (!/^(ed448|(ml|slh)-dsa-)/.test(binding.keyType(encoding))) throw new Error('Context parameter is unsupported');
}

module.exports = { signatureOptions, checkContext };
