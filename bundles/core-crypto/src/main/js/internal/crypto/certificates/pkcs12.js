'use strict';

// parsePKCS12: a private key and certificates out of one file.

const { codes } = require('internal/errors');
const { validateObject } = require('internal/validators');
const { isBytes } = require('internal/crypto/input');
const { privateKey } = require('internal/crypto/keys/key_object');
const { X509Certificate } = require('internal/crypto/certificates/x509');
const { Buffer } = require('buffer');

function parsePKCS12(bundle, options = {}) {
  if (!isBytes(bundle)) throw new codes.ERR_INVALID_ARG_TYPE('bundle', ['ArrayBuffer', 'TypedArray', 'DataView', 'Buffer'], bundle);
  validateObject(options, 'options');
  let { passphrase } = options;
  if (typeof passphrase === 'string') {
    passphrase = Buffer.from(passphrase);
  } else if (passphrase !== undefined && !isBytes(passphrase)) {
    throw new codes.ERR_INVALID_ARG_TYPE('options.passphrase', ['string', 'ArrayBuffer', 'Buffer', 'TypedArray', 'DataView'], passphrase);
  }
  const [key, own, others] = binding.readPkcs12(bundle, passphrase);
  return {
    privateKey: key === null ? null : privateKey(key),
    certificate: own === null ? null : new X509Certificate(own),
    additionalCertificates: Array.from(others, (raw) => new X509Certificate(raw)),
  };
}

module.exports = { parsePKCS12 };
