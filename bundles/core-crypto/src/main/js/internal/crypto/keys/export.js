'use strict';

// A key object as text, bytes or JSON.

const { codes } = require('internal/errors');
const { parse } = require('internal/crypto/keys/encoding');
const { keyOf } = require('internal/crypto/keys/key_object');
const { validateOneOf } = require('internal/validators');

// What an encoding under `options` makes of the key that `data` encodes.
function write(data, keyType, options, isPublic, name) {
  const { format, type, cipher, passphrase } = parse(options, keyType, isPublic, name);
  if (format === 'jwk') return { ...binding.writeJwk(data) };
  if (format.startsWith('raw-')) return writeRaw(data, keyType, format, type, isPublic);
  return binding.writeKey(data, format === 'pem', type, cipher, passphrase);
}

function writeRaw(data, keyType, format, type, isPublic) {
  if (isPublic !== (format === 'raw-public')) throw new codes.ERR_INVALID_ARG_VALUE('options.format', format);
  const seeded = keyType.startsWith('ml-');
  if (/^(rsa|rsa-pss|dsa|dh)$/.test(keyType) || (format !== 'raw-public' && seeded !== (format === 'raw-seed'))) {
    throw new codes.ERR_CRYPTO_INCOMPATIBLE_KEY_OPTIONS(format, `can not be used for ${keyType} keys`);
  }
  if (keyType === 'ec' && isPublic) validateOneOf(type, 'options.type', [undefined, 'compressed', 'uncompressed']);
  return binding.writeRawKey(data, format, type === 'compressed');
}

function exportPublic(key, options) {
  return write(keyOf(key).data, key.asymmetricKeyType, options, true);
}

function exportPrivate(key, options) {
  return write(keyOf(key).data, key.asymmetricKeyType, options, false);
}

module.exports = { write, exportPublic, exportPrivate };
