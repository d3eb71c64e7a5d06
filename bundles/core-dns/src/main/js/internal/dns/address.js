'use strict';

// IP addresses as text, for this bundle alone: net requires dns, not the other way round.

function isIPv4(text) {
  const parts = text.split('.');
  return parts.length === 4 && parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part) && Number(part) < 256);
}

function isIPv6(text) {
  if (text.length > 80) return false;
  const zone = text.indexOf('%');
  if (zone >= 0) {
    if (!/^[\w.:-]+$/.test(text.slice(zone + 1))) return false;
    text = text.slice(0, zone);
  }
  if (!text.includes(':')) return false;
  const lastColon = text.lastIndexOf(':');
  if (text.includes('.', lastColon)) {
    if (!isIPv4(text.slice(lastColon + 1))) return false;
    text = `${text.slice(0, lastColon)}:0:0`;
  }
  const halves = text.split('::');
  if (halves.length > 2) return false;
  const groups = halves.flatMap((half) => (half === '' ? [] : half.split(':')));
  return groups.every((group) => /^[\da-f]{1,4}$/i.test(group)) &&
    (halves.length === 2 ? groups.length < 8 : groups.length === 8);
}

function isIP(text) {
  return isIPv4(text) ? 4 : isIPv6(text) ? 6 : 0;
}

// The canonical text of four or sixteen bytes (RFC 5952).
function addressText(bytes) {
  if (bytes.length === 4) return `${bytes[0]}.${bytes[1]}.${bytes[2]}.${bytes[3]}`;
  const groups = [];
  for (let i = 0; i < 16; i += 2) groups.push(bytes[i] << 8 | bytes[i + 1]);
  let start = -1;
  let length = 1;
  for (let i = 0; i < 8; i++) {
    let end = i;
    while (end < 8 && groups[end] === 0) end++;
    if (end - i > length) {
      start = i;
      length = end - i;
    }
  }
  if (start === 0 && length === 5 && groups[5] === 0xffff) return `::ffff:${addressText(bytes.subarray(12))}`;
  const hex = groups.map((group) => group.toString(16));
  if (start < 0) return hex.join(':');
  return `${hex.slice(0, start).join(':')}::${hex.slice(start + length).join(':')}`;
}

module.exports = { isIPv4, isIPv6, isIP, addressText };
