'use strict';

// A certificate as tls.TLSSocket#getPeerCertificate() describes it.

const { rawOf } = require('internal/crypto/certificates/x509');
const { Buffer } = require('buffer');

function add(object, key, value) {
  const known = object[key];
  if (known === undefined) object[key] = value;
  else if (Array.isArray(known)) known.push(value);
  else object[key] = [known, value];
}

function nameOf(pairs) {
  const name = { __proto__: null };
  for (const { 0: key, 1: value } of pairs) add(name, key, value);
  return name;
}

// A value that needed it is a string of JSON.
function accessOf(text) {
  if (text === undefined || text === null) return undefined;
  const access = { __proto__: null };
  for (const line of text.split('\n')) {
    const colon = line.indexOf(':');
    const value = line.slice(colon + 1);
    (access[line.slice(0, colon)] ??= []).push(value.startsWith('"') ? JSON.parse(value) : value);
  }
  return access;
}

function legacyObject(certificate, info) {
  return {
    subject: nameOf(info.subjectPairs),
    issuer: nameOf(info.issuerPairs),
    subjectaltname: info.subjectAltName,
    infoAccess: accessOf(info.infoAccess),
    ca: info.ca,
    modulus: info.modulus,
    exponent: info.exponent,
    pubkey: info.point ?? (info.modulus === undefined ? undefined : Buffer.from(info.spki)),
    bits: info.bits,
    valid_from: info.validFrom,
    valid_to: info.validTo,
    fingerprint: certificate.fingerprint,
    fingerprint256: certificate.fingerprint256,
    fingerprint512: certificate.fingerprint512,
    ext_key_usage: certificate.keyUsage,
    serialNumber: info.serialNumber,
    raw: Buffer.from(rawOf(certificate)),
    asn1Curve: info.asn1Curve,
    nistCurve: info.nistCurve,
  };
}

module.exports = { legacyObject };
