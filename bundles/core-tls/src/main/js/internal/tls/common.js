'use strict';

// Small things that several files of this module agree on.

const { codes: { ERR_INVALID_ARG_TYPE, ERR_OUT_OF_RANGE, ERR_TLS_INVALID_PROTOCOL_VERSION } } = require('internal/errors');
const { isArrayBufferView, isUint8Array } = require('internal/util/types');

const VERSIONS = ['TLSv1', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3'];

const DEFAULT_CIPHERS = 'TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256:TLS_AES_128_GCM_SHA256:' +
  'ECDHE-RSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES256-GCM-SHA384:' +
  'ECDHE-ECDSA-AES256-GCM-SHA384:DHE-RSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-SHA256:DHE-RSA-AES128-SHA256:' +
  'ECDHE-RSA-AES256-SHA384:DHE-RSA-AES256-SHA384:ECDHE-RSA-AES256-SHA256:DHE-RSA-AES256-SHA256:HIGH:!aNULL:!eNULL:' +
  '!EXPORT:!DES:!RC4:!MD5:!PSK:!SRP:!CAMELLIA';

const longestName = 255;

// Protocol names as ALPN sends them: each with its length in front (RFC 7301).
function encodeProtocols(names) {
  const parts = [];
  for (let i = 0; i < names.length; i++) {
    const name = Buffer.from(names[i]);
    if (name.length > longestName) {
      throw new ERR_OUT_OF_RANGE(`The byte length of the protocol at index ${i} exceeds the maximum length.`, '<= 255',
                                 name.length, true);
    }
    parts.push(Buffer.from([name.length]), name);
  }
  return Buffer.concat(parts);
}

function convertALPNProtocols(protocols, out) {
  if (Array.isArray(protocols)) {
    out.ALPNProtocols = encodeProtocols(protocols);
  } else if (isUint8Array(protocols)) {
    out.ALPNProtocols = Buffer.from(protocols);
  } else if (isArrayBufferView(protocols)) {
    out.ALPNProtocols = Buffer.from(protocols.buffer.slice(protocols.byteOffset, protocols.byteOffset + protocols.byteLength));
  }
}

// The names in what encodeProtocols() makes. Each byte is a character, as the engine below wants them.
function decodeProtocols(bytes) {
  const names = [];
  for (let i = 0; i < bytes.length; i += 1 + bytes[i]) names.push(bytes.latin1Slice(i + 1, i + 1 + bytes[i]));
  return names;
}

function checkVersion(version, which, fallback) {
  version ??= fallback;
  if (!VERSIONS.includes(version)) throw new ERR_TLS_INVALID_PROTOCOL_VERSION(version, which);
  return version;
}

// What a key, a certificate or a list of them is given as, in bytes.
function pemBytes(value, name) {
  if (typeof value === 'string') return Buffer.from(value);
  if (isArrayBufferView(value)) return Buffer.from(value.buffer, value.byteOffset, value.byteLength);
  throw new ERR_INVALID_ARG_TYPE(name, ['string', 'Buffer', 'TypedArray', 'DataView'], value);
}

module.exports = { DEFAULT_CIPHERS, VERSIONS, checkVersion, convertALPNProtocols, decodeProtocols, pemBytes };
