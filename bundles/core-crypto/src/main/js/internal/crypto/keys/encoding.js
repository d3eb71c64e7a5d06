'use strict';

// The options that say how a key is or shall be encoded.

const { codes } = require('internal/errors');
const { validateObject } = require('internal/validators');
const { Buffer } = require('buffer');
const { isBytes } = require('internal/crypto/input');

const RAW = ['raw-public', 'raw-private', 'raw-seed'];

function isText(value) {
  return typeof value === 'string' || isBytes(value);
}

function toBuffer(value, encoding) {
  if (typeof value === 'string') return Buffer.from(value, encoding === 'buffer' ? 'utf8' : encoding);
  return value;
}

function option(name, object) {
  return object === undefined ? `options.${name}` : `options.${object}.${name}`;
}

function parseFormat(format, fallback, name) {
  if (format === undefined && fallback !== undefined) return fallback;
  if (format === 'pem' || format === 'der' || format === 'jwk' || RAW.includes(format)) return format;
  throw new codes.ERR_INVALID_ARG_VALUE(name, format);
}

// `isPublic`: whether only public, only private (false) or both kinds (undefined) may be meant.
function parseType(type, required, keyType, isPublic, name) {
  if (type === undefined && !required) return undefined;
  if (type === 'pkcs1') {
    if (keyType !== undefined && keyType !== 'rsa') {
      throw new codes.ERR_CRYPTO_INCOMPATIBLE_KEY_OPTIONS(type, 'can only be used for RSA keys');
    }
    return type;
  }
  if (type === 'spki' && isPublic !== false) return type;
  if (type === 'pkcs8' && isPublic !== true) return type;
  if (type === 'sec1' && isPublic !== true) {
    if (keyType !== undefined && keyType !== 'ec') {
      throw new codes.ERR_CRYPTO_INCOMPATIBLE_KEY_OPTIONS(type, 'can only be used for EC keys');
    }
    return type;
  }
  throw new codes.ERR_INVALID_ARG_VALUE(name, type);
}

// `keyType` is that of a key to be written; undefined for input, whose format may be left open.
function parse(encoding, keyType, isPublic, object) {
  validateObject(encoding, 'options');
  const isInput = keyType === undefined;
  const format = parseFormat(encoding.format, isInput ? 'pem' : undefined, option('format', object));
  if (format === 'jwk') return { format };
  if (RAW.includes(format)) return { format, type: encoding.type };
  const type = parseType(encoding.type, !isInput || format === 'der', keyType, isPublic, option('type', object));
  if (isPublic === true) return { format, type };
  return { format, type, ...parseSecrecy(encoding, format, type, isInput, object) };
}

function parseSecrecy({ cipher, passphrase, encoding }, format, type, isInput, object) {
  if (!isInput) {
    if (cipher !== undefined && cipher !== null) {
      if (typeof cipher !== 'string') throw new codes.ERR_INVALID_ARG_VALUE(option('cipher', object), cipher);
      if (format === 'der' && (type === 'pkcs1' || type === 'sec1')) {
        throw new codes.ERR_CRYPTO_INCOMPATIBLE_KEY_OPTIONS(type, 'does not support encryption');
      }
    } else if (passphrase !== undefined) {
      throw new codes.ERR_INVALID_ARG_VALUE(option('cipher', object), cipher);
    }
  }
  const wanted = isInput ? passphrase !== undefined : cipher !== undefined && cipher !== null;
  if (wanted && !isText(passphrase)) throw new codes.ERR_INVALID_ARG_VALUE(option('passphrase', object), passphrase);
  if (!isInput && wanted && !binding.isPassphraseCipher(cipher)) throw new codes.ERR_CRYPTO_UNKNOWN_CIPHER();
  return { cipher: wanted && !isInput ? cipher : undefined, passphrase: wanted ? toBuffer(passphrase, encoding) : undefined };
}

module.exports = { parse, isText, toBuffer, RAW };
