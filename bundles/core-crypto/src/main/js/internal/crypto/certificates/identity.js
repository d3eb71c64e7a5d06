'use strict';

// Whose certificate it is: host names, mail addresses and IP addresses (RFC 6125, with OpenSSL's options).

const { codes } = require('internal/errors');
const { validateBoolean, validateObject, validateString } = require('internal/validators');
const { rawOf } = require('internal/crypto/certificates/x509');

const NONE = Object.freeze({ __proto__: null });
const SUBJECT = { __proto__: null, default: 0, always: 1, never: 2 };

function subjectOption(options) {
  const { subject } = options;
  if (subject === undefined) return 'default';
  validateString(subject, 'options.subject');
  if (!(subject in SUBJECT)) throw new codes.ERR_INVALID_ARG_VALUE('options.subject', subject);
  return subject;
}

function flag(options, name, fallback) {
  const value = options[name];
  if (value === undefined) return fallback;
  validateBoolean(value, `options.${name}`);
  return value;
}

function hostOptions(options = NONE) {
  validateObject(options, 'options');
  const subject = subjectOption(options);
  return {
    subject,
    wildcards: flag(options, 'wildcards', true),
    partialWildcards: flag(options, 'partialWildcards', true),
    multiLabelWildcards: flag(options, 'multiLabelWildcards', false),
    singleLabelSubdomains: flag(options, 'singleLabelSubdomains', false),
  };
}

function checkText(name, value) {
  if (value.includes('\u0000')) throw new codes.ERR_INVALID_ARG_VALUE(name, value);
}

function namesOf(certificate, kind) {
  return binding.certificateNames(rawOf(certificate)).filter((name) => name[0] === kind).map((name) => name[1]);
}

function subjectValues(certificate, key) {
  return binding.describeCertificate(rawOf(certificate)).subjectPairs.filter((pair) => pair[0] === key).map((pair) => pair[1]);
}

// The subject counts if the certificate has no names of the kind, unless one says always or never.
function candidates(certificate, kind, key, subject) {
  const names = namesOf(certificate, kind);
  if (subject === 'never' || (subject === 'default' && names.length > 0)) return names;
  return [...names, ...subjectValues(certificate, key)];
}

function matchesHost(pattern, host, options) {
  const wanted = pattern.toLowerCase();
  if (host.startsWith('.')) {
    if (!wanted.endsWith(host)) return false;
    const prefix = wanted.slice(0, -host.length);
    return prefix !== '' && (!options.singleLabelSubdomains || !prefix.includes('.'));
  }
  if (wanted === host) return true;
  return options.wildcards && matchesWildcard(wanted, host, options);
}

// One star, in the first label, which is no internationalised one, above at least two others.
function matchesWildcard(pattern, host, options) {
  const star = pattern.indexOf('*');
  const dot = pattern.indexOf('.');
  if (star === -1 || pattern.indexOf('*', star + 1) !== -1 || dot < star || pattern.startsWith('xn--')) return false;
  if (pattern.slice(dot + 1).split('.').length < 2) return false;
  const before = pattern.slice(0, star);
  const after = pattern.slice(star + 1);
  if (!options.partialWildcards && (before !== '' || star + 1 !== dot)) return false;
  if (host.length < before.length + after.length || !host.startsWith(before) || !host.endsWith(after)) return false;
  const covered = host.slice(before.length, host.length - after.length);
  if (covered === '' && before === '' && star + 1 === dot) return false;
  if (host.startsWith('xn--') && (before !== '' || star + 1 !== dot)) return false;
  return options.multiLabelWildcards && before === '' ? /^[a-z0-9.-]+$/.test(covered) : /^[a-z0-9-]*$/.test(covered);
}

function checkHost(certificate, name, options) {
  const checked = hostOptions(options);
  checkText('name', name);
  const host = name.toLowerCase();
  return candidates(certificate, 'DNS', 'CN', checked.subject).find((pattern) => matchesHost(pattern, host, checked));
}

// The part before the @ is compared as it is, the host in any case.
function normalized(email) {
  const at = email.lastIndexOf('@');
  return email.slice(0, at + 1) + email.slice(at + 1).toLowerCase();
}

function checkEmail(certificate, email, options) {
  const checked = hostOptions(options);
  checkText('email', email);
  const wanted = normalized(email);
  const names = candidates(certificate, 'email', 'emailAddress', checked.subject);
  return names.some((name) => normalized(name) === wanted) ? email : undefined;
}

function addressBytes(ip) {
  const { isIPv4, isIPv6 } = require('net');
  if (isIPv4(ip)) return ip.split('.').map(Number);
  if (!isIPv6(ip)) throw new codes.ERR_INVALID_ARG_VALUE('ip', ip);
  const { hostname } = new URL(`http://[${ip.replace(/%.*/, '')}]/`);
  const [head, tail] = hostname.slice(1, -1).split('::').map((part) => (part === '' ? [] : part.split(':')));
  const groups = tail === undefined ? head : [...head, ...new Array(8 - head.length - tail.length).fill('0'), ...tail];
  return groups.flatMap((group) => [parseInt(group, 16) >> 8, parseInt(group, 16) & 255]);
}

function checkIP(certificate, ip) {
  const bytes = addressBytes(ip).join();
  return namesOf(certificate, 'IP').some((address) => [...address].join() === bytes) ? ip : undefined;
}

module.exports = { checkHost, checkEmail, checkIP };
