'use strict';

// X509Certificate. A certificate is its DER; the binding reads it once, when the first property is asked for.

const { codes } = require('internal/errors');
const { validateString } = require('internal/validators');
const { stateSymbol, kClone, kPack, kUnpack } = require('internal/symbols');
const { customInspectSymbol } = require('internal/util');
const { isBytes } = require('internal/crypto/input');
const { isKeyObject, keyOf, publicKey } = require('internal/crypto/keys/key_object');
const { Buffer } = require('buffer');

const kState = stateSymbol('crypto.x509');
const SHOWN = ['subject', 'subjectAltName', 'issuer', 'infoAccess', 'validFrom', 'validTo', 'validFromDate', 'validToDate', 'fingerprint',
  'fingerprint256', 'fingerprint512', 'keyUsage', 'serialNumber', 'signatureAlgorithm', 'signatureAlgorithmOid'];

function isX509Certificate(value) {
  return typeof value === 'object' && value !== null && value[kState] !== undefined;
}

function setState(certificate, raw) {
  Object.defineProperty(certificate, kState, { __proto__: null, writable: true, configurable: true, value: { raw, info: undefined } });
  return certificate;
}

function infoOf(certificate) {
  const state = certificate[kState];
  if (state === undefined) throw new codes.ERR_INVALID_THIS('X509Certificate');
  return state.info ??= binding.describeCertificate(state.raw);
}

function fingerprint(certificate, algorithm) {
  return binding.hash(algorithm, certificate[kState].raw, 'hex', 0).toUpperCase().match(/../g).join(':');
}

class X509Certificate {
  constructor(buffer) {
    if (typeof buffer === 'string') buffer = Buffer.from(buffer);
    if (!isBytes(buffer)) {
      throw new codes.ERR_INVALID_ARG_TYPE('buffer', ['string', 'Buffer', 'TypedArray', 'DataView'], buffer);
    }
    setState(this, binding.readCertificate(buffer));
  }

  [customInspectSymbol](depth, options) {
    if (depth < 0) return this;
    const { inspect } = require('internal/util/inspect');
    const shown = {};
    for (const name of SHOWN) shown[name] = this[name];
    return `X509Certificate ${inspect(shown, { ...options, depth: options.depth == null ? null : options.depth - 1 })}`;
  }

  get subject() { return infoOf(this).subject || undefined; }
  get subjectAltName() { return infoOf(this).subjectAltName; }
  get issuer() { return infoOf(this).issuer || undefined; }
  get issuerCertificate() { return undefined; }
  get infoAccess() { return infoOf(this).infoAccess; }
  get validFrom() { return infoOf(this).validFrom; }
  get validTo() { return infoOf(this).validTo; }
  get validFromDate() { return new Date(infoOf(this).from); }
  get validToDate() { return new Date(infoOf(this).to); }
  get fingerprint() { return fingerprint(this, 'sha1'); }
  get fingerprint256() { return fingerprint(this, 'sha256'); }
  get fingerprint512() { return fingerprint(this, 'sha512'); }
  get keyUsage() { return infoOf(this).keyUsage?.slice(); }
  get serialNumber() { return infoOf(this).serialNumber; }
  get signatureAlgorithm() { return infoOf(this).signatureAlgorithm; }
  get signatureAlgorithmOid() { return infoOf(this).signatureAlgorithmOid; }
  get raw() { return Buffer.from(this[kState].raw); }
  get publicKey() { return publicKey(infoOf(this).spki); }
  get ca() { return infoOf(this).ca; }

  toString() {
    return binding.toPem('CERTIFICATE', this[kState].raw);
  }

  toJSON() {
    return this.toString();
  }

  checkHost(name, options) {
    validateString(name, 'name');
    return require('internal/crypto/certificates/identity').checkHost(this, name, options);
  }

  checkEmail(email, options) {
    validateString(email, 'email');
    return require('internal/crypto/certificates/identity').checkEmail(this, email, options);
  }

  checkIP(ip) {
    validateString(ip, 'ip');
    return require('internal/crypto/certificates/identity').checkIP(this, ip);
  }

  checkIssued(otherCert) {
    if (!isX509Certificate(otherCert)) throw new codes.ERR_INVALID_ARG_TYPE('otherCert', 'X509Certificate', otherCert);
    return binding.isIssuedBy(this[kState].raw, otherCert[kState].raw);
  }

  checkPrivateKey(pkey) {
    if (!isKeyObject(pkey)) throw new codes.ERR_INVALID_ARG_TYPE('pkey', 'KeyObject', pkey);
    if (pkey.type !== 'private') throw new codes.ERR_INVALID_ARG_VALUE('pkey', pkey);
    return binding.publicKeyOf(keyOf(pkey).data).equals(binding.publicKeyOf(infoOf(this).spki));
  }

  verify(pkey) {
    if (!isKeyObject(pkey)) throw new codes.ERR_INVALID_ARG_TYPE('pkey', 'KeyObject', pkey);
    if (pkey.type !== 'public') throw new codes.ERR_INVALID_ARG_VALUE('pkey', pkey);
    return binding.isSignedBy(this[kState].raw, keyOf(pkey).data);
  }

  toLegacyObject() {
    return require('internal/crypto/certificates/legacy').legacyObject(this, infoOf(this));
  }
}
Object.defineProperty(X509Certificate.prototype, kClone, {
  __proto__: null, configurable: true, writable: true, value() { return setState(Object.create(X509Certificate.prototype), this[kState].raw); },
});

Object.defineProperty(X509Certificate.prototype, kPack, {
  __proto__: null, configurable: true, writable: true,
  value() { return { id: 'crypto', name: 'X509Certificate', data: new Uint8Array(this[kState].raw) }; },
});
Object.defineProperty(X509Certificate, kUnpack, {
  __proto__: null, configurable: true, writable: true,
  value(raw) { return setState(Object.create(X509Certificate.prototype), Buffer.from(raw)); },
});

function rawOf(certificate) {
  return certificate[kState].raw;
}

module.exports = { X509Certificate, isX509Certificate, rawOf };
