'use strict';

// Certificates as plain objects, in the form that getPeerCertificate() has always had.

function pairsToObject(pairs) {
  const object = { __proto__: null };
  for (const { 0: name, 1: value } of pairs) {
    if (!(name in object)) object[name] = value;
    else if (Array.isArray(object[name])) object[name].push(value);
    else object[name] = [object[name], value];
  }
  return object;
}

function hexPairs(bytes) {
  return bytes.toString('hex').toUpperCase().match(/../g).join(':');
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

// 'Jan  1 00:00:00 1970 GMT'
function timeText(milliseconds) {
  const date = new Date(milliseconds);
  return `${months[date.getUTCMonth()]} ${String(date.getUTCDate()).padStart(2)} ` +
    `${date.toISOString().slice(11, 19)} ${date.getUTCFullYear()} GMT`;
}

function toObject(description) {
  const { names, access, rsa, curve, usages } = description;
  const object = {
    subject: pairsToObject(description.subject),
    issuer: pairsToObject(description.issuer),
  };
  if (names !== undefined) object.subjectaltname = names;
  if (access !== undefined) {
    object.infoAccess = { __proto__: null };
    for (const { 0: name, 1: value } of access) (object.infoAccess[name] ??= []).push(value);
  }
  object.ca = description.ca;
  if (rsa !== undefined) {
    object.modulus = rsa[0];
    object.bits = rsa[1];
    object.exponent = rsa[2];
    object.pubkey = description.pubkey;
  } else if (curve !== undefined) {
    object.bits = curve[0];
    object.pubkey = description.point;
    if (curve[1] !== undefined) object.asn1Curve = curve[1];
    if (curve[2] !== undefined) object.nistCurve = curve[2];
  }
  object.valid_from = timeText(description.from);
  object.valid_to = timeText(description.to);
  object.fingerprint = hexPairs(description.sha1);
  object.fingerprint256 = hexPairs(description.sha256);
  object.fingerprint512 = hexPairs(description.sha512);
  if (usages !== undefined) object.ext_key_usage = usages;
  object.serialNumber = description.serial;
  object.raw = description.raw;
  return object;
}

// The first certificate of a chain; with `detailed`, each leads to its issuer's, and the last to itself if it is its own.
function chainToObject(chain, detailed) {
  if (chain.length === 0) return undefined;
  if (!detailed) return toObject(chain[0]);
  const objects = chain.map(toObject);
  for (let i = 0; i + 1 < objects.length; i++) objects[i].issuerCertificate = objects[i + 1];
  const last = chain.length - 1;
  if (chain[last].selfIssued) objects[last].issuerCertificate = objects[last];
  return objects[0];
}

module.exports = { chainToObject, toObject };
