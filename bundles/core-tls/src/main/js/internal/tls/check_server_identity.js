'use strict';

// Whether a certificate is one for a host (RFC 6125, as browsers do it): a wildcard stands for one label, the leftmost.

const { codes: { ERR_TLS_CERT_ALTNAME_FORMAT, ERR_TLS_CERT_ALTNAME_INVALID } } = require('internal/errors');

const DNS = 'DNS:';
const ADDRESS = 'IP Address:';

function canonicalAddress(text) {
  const net = require('net');
  if (!net.isIPv6(text)) return net.isIPv4(text) ? text : undefined;
  try {
    return new URL(`http://[${text}]`).hostname.slice(1, -1);
  } catch {
    return undefined;
  }
}

// 'a, "b, c"': what is quoted is a JSON string.
function splitNames(text) {
  if (!text.includes('"')) return text.split(', ');
  const names = [];
  let name = '';
  for (let i = 0; i < text.length;) {
    if (text[i] === '"') {
      const quoted = /^"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/.exec(text.slice(i));
      if (quoted === null) throw new ERR_TLS_CERT_ALTNAME_FORMAT();
      name += JSON.parse(quoted[0]);
      i += quoted[0].length;
    } else if (text.startsWith(', ', i)) {
      names.push(name);
      name = '';
      i += 2;
    } else {
      name += text[i++];
    }
  }
  names.push(name);
  return names;
}

function withoutLastDot(host) {
  return host.endsWith('.') ? host.slice(0, -1) : host;
}

function labels(host) {
  return withoutLastDot(host).replace(/[A-Z]/g, (letter) => letter.toLowerCase()).split('.');
}

function matches(hostLabels, pattern) {
  if (!pattern) return false;
  const patternLabels = labels(pattern);
  if (hostLabels.length !== patternLabels.length || patternLabels.includes('')) return false;
  if (patternLabels.some((label) => /[^\u0021-\u007F]/u.test(label))) return false;
  for (let i = hostLabels.length - 1; i > 0; i--) {
    if (hostLabels[i] !== patternLabels[i]) return false;
  }
  const { 0: host } = hostLabels;
  const { 0: wanted } = patternLabels;
  const around = wanted.split('*');
  if (around.length === 1 || wanted.includes('xn--')) return host === wanted;
  // Two wildcards, or one for a whole top level domain
  if (around.length > 2 || patternLabels.length <= 2) return false;
  const { 0: before, 1: after } = around;
  return before.length + after.length <= host.length && host.startsWith(before) && host.endsWith(after);
}

function checkServerIdentity(hostname, cert) {
  const { subject, subjectaltname: altNames } = cert;
  const names = [];
  const addresses = [];
  hostname = `${hostname}`;
  if (altNames) {
    for (const name of splitNames(altNames)) {
      if (name.startsWith(DNS)) names.push(name.slice(DNS.length));
      else if (name.startsWith(ADDRESS)) addresses.push(canonicalAddress(name.slice(ADDRESS.length)));
    }
  }
  hostname = withoutLastDot(hostname);
  let reason;
  if (require('net').isIP(hostname)) {
    if (addresses.includes(canonicalAddress(hostname))) return undefined;
    reason = `IP: ${hostname} is not in the cert's list: ${addresses.join(', ')}`;
  } else if (names.length > 0 || subject?.CN) {
    const hostLabels = labels(hostname);
    const fits = (pattern) => matches(hostLabels, pattern);
    if (names.length > 0) {
      if (names.some(fits)) return undefined;
      reason = `Host: ${hostname}. is not in the cert's altnames: ${altNames}`;
    } else {
      const { CN: name } = subject;
      if (Array.isArray(name) ? name.some(fits) : fits(name)) return undefined;
      reason = `Host: ${hostname}. is not cert's CN: ${name}`;
    }
  } else {
    reason = 'Cert does not contain a DNS name';
  }
  return new ERR_TLS_CERT_ALTNAME_INVALID(reason, hostname, cert);
}

module.exports = { checkServerIdentity };
