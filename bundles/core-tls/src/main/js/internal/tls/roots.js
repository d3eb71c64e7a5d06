'use strict';

// The certificates that are trusted where a program names none: those of the JDK, those of NODE_EXTRA_CA_CERTS, or what
// setDefaultCACertificates() said.

const { codes } = require('internal/errors');
const { validateOneOf } = require('internal/validators');

let bundled;
let extra;
let chosen;

function bundledRoots() {
  return bundled ??= Object.freeze([...binding.rootCertificates()]);
}

function splitPem(text) {
  return text.match(/-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----/g) ?? [];
}

function extraRoots() {
  if (extra === undefined) {
    extra = [];
    const { NODE_EXTRA_CA_CERTS: file } = process.env;
    if (file) {
      try {
        extra = splitPem(require('fs').readFileSync(file, 'latin1'));
      } catch (error) {
        process.emitWarning(`Ignoring extra certs from \`${file}\`, load failed: ${error.message}`);
      }
    }
  }
  return extra;
}

/** Tells the binding of a context without certificates of its own; without a word it trusts the JDK's. */
function addDefaultRoots(id) {
  const { Buffer } = require('buffer');
  if (chosen !== undefined) {
    binding.addRoots(id, Buffer.from(chosen.join('\n')));
  } else if (extraRoots().length > 0) {
    binding.extendRoots(id, Buffer.from(extra.join('\n')));
  }
}

function getCACertificates(type = 'default') {
  validateOneOf(type, 'type', ['default', 'system', 'bundled', 'extra']);
  switch (type) {
    case 'extra': return [...extraRoots()];
    case 'default': return chosen !== undefined ? [...chosen] : [...bundledRoots(), ...extraRoots()];
    default: return [...bundledRoots()];
  }
}

function setDefaultCACertificates(certificates) {
  if (!Array.isArray(certificates)) throw new codes.ERR_INVALID_ARG_TYPE('certs', 'Array', certificates);
  const texts = new Set();
  certificates.forEach((certificate, index) => {
    if (typeof certificate !== 'string' && !ArrayBuffer.isView(certificate)) {
      throw new codes.ERR_INVALID_ARG_TYPE(`certs[${index}]`, ['string', 'ArrayBufferView'], certificate);
    }
    const text = typeof certificate === 'string' ? certificate : require('buffer').Buffer.from(
      certificate.buffer, certificate.byteOffset, certificate.byteLength).toString('latin1');
    for (const one of splitPem(text)) texts.add(one);
  });
  chosen = [...texts];
}

module.exports = { addDefaultRoots, getCACertificates, setDefaultCACertificates };
Object.defineProperty(module.exports, 'rootCertificates', { __proto__: null, enumerable: true, get: bundledRoots });
