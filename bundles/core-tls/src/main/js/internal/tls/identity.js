'use strict';

// Whether a certificate is for a host (RFC 9525 in the older form that Node.js keeps: the common name counts where there is no
// alternative name).

const { codes } = require('internal/errors');
const net = require('net');

function withoutDot(name) {
  return name.endsWith('.') ? name.slice(0, -1) : name;
}

function labelsOf(name) {
  return withoutDot(name).toLowerCase().split('.');
}

/** A star stands for one label or a part of the first one, and only with two more labels behind it. */
function matches(host, pattern, allowWildcard) {
  if (!pattern) return false;
  const labels = labelsOf(pattern);
  if (host.length !== labels.length || labels.includes('') || labels.some((label) => /[^!-\x7f]/.test(label))) return false;
  for (let i = labels.length - 1; i > 0; i--) {
    if (labels[i] !== host[i]) return false;
  }
  const [first] = labels;
  const star = first.indexOf('*');
  if (star === -1 || first.includes('xn--')) return first === host[0];
  if (!allowWildcard || labels.length <= 2 || first.indexOf('*', star + 1) !== -1) return false;
  const before = first.slice(0, star);
  const after = first.slice(star + 1);
  return before.length + after.length <= host[0].length && host[0].startsWith(before) && host[0].endsWith(after);
}

function splitAlternativeNames(text) {
  return (text.match(/(?:[^,"]|"(?:[^"\\]|\\.)*")+/g) ?? []).map((part) => {
    part = part.trim();
    const quoted = /^([^:]+):(".*")$/.exec(part);
    return quoted === null ? part : `${quoted[1]}:${JSON.parse(quoted[2])}`;
  });
}

function sameAddress(a, b) {
  if (net.isIP(a) !== net.isIP(b)) return false;
  if (net.isIPv4(a)) return a === b;
  const { SocketAddress } = net;
  return new SocketAddress({ address: a, family: 'ipv6' }).address === new SocketAddress({ address: b, family: 'ipv6' }).address;
}

/** Undefined, or the error that says why not. */
function checkServerIdentity(hostname, certificate) {
  const { subject, subjectaltname: alternatives } = certificate;
  const names = [];
  const addresses = [];
  hostname = `${hostname}`;
  if (alternatives) {
    for (const name of splitAlternativeNames(alternatives)) {
      if (name.startsWith('DNS:')) names.push(name.slice(4));
      else if (name.startsWith('IP Address:')) addresses.push(name.slice(11).trim());
    }
  }
  let valid = false;
  let reason = 'Unknown reason';
  hostname = withoutDot(hostname);
  if (net.isIP(hostname)) {
    valid = addresses.some((address) => sameAddress(address, hostname));
    if (!valid) reason = `IP: ${hostname} is not in the cert's list: ${addresses.join(', ')}`;
  } else if (names.length > 0 || subject?.CN) {
    const host = labelsOf(hostname);
    if (names.length > 0) {
      valid = names.some((name) => matches(host, name, true));
      if (!valid) reason = `Host: ${hostname}. is not in the cert's altnames: ${alternatives}`;
    } else {
      const { CN: common } = subject;
      valid = Array.isArray(common) ? common.some((name) => matches(host, name, true)) : matches(host, common, true);
      if (!valid) reason = `Host: ${hostname}. is not cert's CN: ${common}`;
    }
  } else {
    reason = 'Cert does not contain a DNS name';
  }
  return valid ? undefined : new codes.ERR_TLS_CERT_ALTNAME_INVALID(reason, hostname, certificate);
}

module.exports = { checkServerIdentity };
