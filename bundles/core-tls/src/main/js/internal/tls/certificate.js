'use strict';

// What getPeerCertificate() gives: the binding's description of a certificate in the form that OpenSSL made known.

const { Buffer } = require('buffer');

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const NAME_KINDS = { 1: 'email', 2: 'DNS', 6: 'URI', 7: 'IP Address', 8: 'Registered ID' };
const ATTRIBUTES = { '1.2.840.113549.1.9.1': 'emailAddress', '2.5.4.5': 'serialNumber', '2.5.4.12': 'title' };

/** Splits a name of RFC 2253, last part first, and unescapes its values. */
function readName(text) {
  const name = { __proto__: null };
  const parts = [];
  for (const match of text.matchAll(/([^=,+]+)=((?:\\.|[^,+\\])*)(?:[,+]|$)/g)) {
    parts.unshift([match[1].trim(), readValue(match[2])]);
  }
  for (const { 0: type, 1: value } of parts) {
    const key = ATTRIBUTES[type] ?? type;
    if (key in name) name[key] = Array.isArray(name[key]) ? [...name[key], value] : [name[key], value];
    else name[key] = value;
  }
  return name;
}

function readValue(text) {
  // The bytes of an ASN.1 string: a tag and a length before it
  if (/^#(?:[0-9a-f]{2}){2,}$/i.test(text)) return Buffer.from(text.slice(5), 'hex').toString();
  return text.replace(/\\([0-9a-f]{2})/gi, (all, hex) => String.fromCharCode(parseInt(hex, 16))).replace(/\\(.)/g, '$1');
}

function readTime(milliseconds) {
  const time = new Date(milliseconds);
  const two = (n) => String(n).padStart(2, '0');
  return `${MONTHS[time.getUTCMonth()]} ${String(time.getUTCDate()).padStart(2, ' ')} ` +
    `${two(time.getUTCHours())}:${two(time.getUTCMinutes())}:${two(time.getUTCSeconds())} ${time.getUTCFullYear()} GMT`;
}

function fingerprint(digest) {
  return Buffer.from(digest).toString('hex').toUpperCase().match(/../g).join(':');
}

function alternativeName({ 0: kind, 1: value }) {
  const text = `${NAME_KINDS[kind] ?? 'othername'}:${value}`;
  return /[",]/.test(value) ? `${NAME_KINDS[kind]}:${JSON.stringify(value)}` : text;
}

function readCertificate(described) {
  const certificate = {
    subject: readName(described.subject),
    issuer: readName(described.issuer),
  };
  if (described.names.length > 0) certificate.subjectaltname = described.names.map(alternativeName).join(', ');
  certificate.ca = described.ca;
  if (described.modulus !== undefined) {
    certificate.modulus = described.modulus;
    certificate.bits = described.bits;
    certificate.exponent = described.exponent;
  }
  certificate.pubkey = Buffer.from(described.pubkey);
  certificate.valid_from = readTime(described.from);
  certificate.valid_to = readTime(described.to);
  certificate.fingerprint = fingerprint(described['SHA-1']);
  certificate.fingerprint256 = fingerprint(described['SHA-256']);
  certificate.fingerprint512 = fingerprint(described['SHA-512']);
  certificate.serialNumber = described.serial.length % 2 === 0 ? described.serial : `0${described.serial}`;
  certificate.raw = Buffer.from(described.raw);
  return certificate;
}

/** The first of a chain; `detailed` links each to its issuer. */
function readChain(chain, detailed) {
  if (chain.length === 0) return {};
  const certificates = (detailed ? chain : chain.slice(0, 1)).map(readCertificate);
  if (detailed) {
    certificates.forEach((certificate, index) => {
      if (index + 1 < certificates.length) certificate.issuerCertificate = certificates[index + 1];
      else if (chain[index].subject === chain[index].issuer) certificate.issuerCertificate = certificate;
    });
  }
  return certificates[0];
}

module.exports = { readCertificate, readChain };
