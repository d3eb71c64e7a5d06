'use strict';

// The certificates that are trusted where a user names none.

const { codes: { ERR_INVALID_ARG_TYPE } } = require('internal/errors');
const { validateOneOf, validateArray, validateString } = require('internal/validators');
const { isArrayBufferView } = require('internal/util/types');

const lists = { __proto__: null };

function rootCertificates() {
  return lists.bundled ??= Object.freeze(binding.rootCertificates());
}

function extraCertificates() {
  if (lists.extra === undefined) {
    const file = process.env.NODE_EXTRA_CA_CERTS;
    let text = '';
    if (file) {
      try {
        text = require('fs').readFileSync(file, 'utf8');
      } catch {
        // The warning came with the first context.
      }
    }
    lists.extra = Object.freeze(text.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? []);
  }
  return lists.extra;
}

function getCACertificates(type = 'default') {
  validateString(type, 'type');
  switch (type) {
    case 'default':
      return lists.default ??= Object.freeze([...rootCertificates(), ...extraCertificates()]);
    case 'bundled':
    case 'system':
      return rootCertificates();
    case 'extra':
      return extraCertificates();
    default:
      validateOneOf(type, 'type', ['default', 'system', 'bundled', 'extra']);
  }
}

function setDefaultCACertificates(certificates) {
  validateArray(certificates, 'certs');
  const texts = certificates.map((certificate, index) => {
    if (typeof certificate !== 'string' && !isArrayBufferView(certificate)) {
      throw new ERR_INVALID_ARG_TYPE(`certs[${index}]`, ['string', 'ArrayBufferView'], certificate);
    }
    return typeof certificate === 'string' ? certificate :
      Buffer.from(certificate.buffer, certificate.byteOffset, certificate.byteLength).toString('latin1');
  });
  try {
    lists.default = Object.freeze(binding.setDefaultRoots(Buffer.from(texts.join('\n'), 'latin1')));
  } catch (error) {
    error.code = 'ERR_CRYPTO_OPERATION_FAILED';
    throw error;
  }
}

module.exports = { getCACertificates, rootCertificates, setDefaultCACertificates };
