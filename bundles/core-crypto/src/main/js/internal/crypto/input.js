'use strict';

// What crypto functions take as bytes.

const { codes } = require('internal/errors');
const { Buffer } = require('buffer');

const { isAnyArrayBuffer } = require('internal/util/types');

const VIEW_TYPES = ['string', 'ArrayBuffer', 'Buffer', 'TypedArray', 'DataView'];

function isBytes(value) {
  return ArrayBuffer.isView(value) || isAnyArrayBuffer(value);
}

// Bytes of a string (UTF-8 unless told) or of anything that has bytes.
function toBytes(value, name, encoding, expected = VIEW_TYPES) {
  if (typeof value === 'string') return Buffer.from(value, encoding === 'buffer' ? 'utf8' : encoding);
  if (isBytes(value)) return value;
  throw new codes.ERR_INVALID_ARG_TYPE(name, expected, value);
}

// As update() of a hash wants it: strings in UTF-8 go as they are.
function toData(value, encoding) {
  if (typeof value !== 'string') return value;
  if (encoding === undefined || encoding === null || encoding === 'utf8' || encoding === 'utf-8' || encoding === 'buffer') return value;
  return Buffer.from(value, Buffer.isEncoding(encoding) ? encoding : 'utf8');
}

// The bytes of a key: of a secret KeyObject too.
function toKey(key, encoding, name = 'key') {
  const secret = require('internal/crypto/keys/key_object').secretOf(key);
  if (secret !== undefined) return secret;
  return toBytes(key, name, encoding, ['string', 'ArrayBuffer', 'Buffer', 'TypedArray', 'DataView', 'KeyObject', 'CryptoKey']);
}

module.exports = { toBytes, toData, toKey, isBytes };
