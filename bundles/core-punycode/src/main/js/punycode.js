'use strict';

// Punycode (RFC 3492): text of any script in the letters that host names may have. Deprecated, as in Node.js.

const { isInsideNodeModules } = require('internal/util');

const BASE = 36;
const T_MIN = 1;
const T_MAX = 26;
const SKEW = 38;
const DAMP = 700;
const INITIAL_BIAS = 72;
const INITIAL_N = 128;
const LARGEST = 0x7fffffff;
const PREFIX = 'xn--';
const DOTS = /[\x2E\u3002\uFF0E\uFF61]/g;

if (!isInsideNodeModules()) {
  process.emitWarning(
    'The `punycode` module is deprecated. Please use a userland alternative instead.', 'DeprecationWarning', 'DEP0040');
}

function overflow() {
  return new RangeError('Overflow: input needs wider integers to process');
}

function invalid() {
  return new RangeError('Invalid input');
}

/** The code points of a string; halves of surrogate pairs that stand alone are themselves. */
function ucs2decode(string) {
  return Array.from(string, (character) => character.codePointAt(0));
}

function ucs2encode(codePoints) {
  return String.fromCodePoint(...codePoints);
}

function digitOf(code) {
  if (code >= 0x30 && code < 0x3a) return 26 + code - 0x30;
  if (code >= 0x41 && code < 0x5b) return code - 0x41;
  if (code >= 0x61 && code < 0x7b) return code - 0x61;
  return BASE;
}

function letterOf(digit) {
  return String.fromCharCode(digit < 26 ? 0x61 + digit : 0x30 + digit - 26);
}

// Section 6.1
function adapt(delta, count, isFirst) {
  let k = 0;
  delta = isFirst ? Math.floor(delta / DAMP) : delta >> 1;
  delta += Math.floor(delta / count);
  for (; delta > ((BASE - T_MIN) * T_MAX) >> 1; k += BASE) delta = Math.floor(delta / (BASE - T_MIN));
  return Math.floor(k + (BASE - T_MIN + 1) * delta / (delta + SKEW));
}

function threshold(k, bias) {
  if (k <= bias) return T_MIN;
  return k >= bias + T_MAX ? T_MAX : k - bias;
}

// Section 6.2
function decode(input) {
  const output = [];
  const basic = Math.max(0, input.lastIndexOf('-'));
  for (let i = 0; i < basic; i++) {
    if (input.charCodeAt(i) >= 0x80) throw new RangeError('Illegal input >= 0x80 (not a basic code point)');
    output.push(input.charCodeAt(i));
  }
  let n = INITIAL_N;
  let bias = INITIAL_BIAS;
  let at = 0;
  for (let index = basic > 0 ? basic + 1 : 0; index < input.length;) {
    const before = at;
    for (let weight = 1, k = BASE; ; k += BASE) {
      if (index >= input.length) throw invalid();
      const digit = digitOf(input.charCodeAt(index++));
      if (digit >= BASE) throw invalid();
      if (digit > Math.floor((LARGEST - at) / weight)) throw overflow();
      at += digit * weight;
      const t = threshold(k, bias);
      if (digit < t) break;
      if (weight > Math.floor(LARGEST / (BASE - t))) throw overflow();
      weight *= BASE - t;
    }
    const count = output.length + 1;
    bias = adapt(at - before, count, before === 0);
    if (Math.floor(at / count) > LARGEST - n) throw overflow();
    n += Math.floor(at / count);
    at %= count;
    output.splice(at++, 0, n);
  }
  return String.fromCodePoint(...output);
}

// Section 6.3
function encode(input) {
  const points = ucs2decode(input);
  let output = points.filter((point) => point < 0x80).map((point) => String.fromCharCode(point)).join('');
  const basic = output.length;
  let handled = basic;
  if (basic > 0) output += '-';
  let n = INITIAL_N;
  let delta = 0;
  let bias = INITIAL_BIAS;
  while (handled < points.length) {
    let next = LARGEST;
    for (const point of points) if (point >= n && point < next) next = point;
    if (next - n > Math.floor((LARGEST - delta) / (handled + 1))) throw overflow();
    delta += (next - n) * (handled + 1);
    n = next;
    for (const point of points) {
      if (point < n && ++delta > LARGEST) throw overflow();
      if (point !== n) continue;
      let rest = delta;
      for (let k = BASE; ; k += BASE) {
        const t = threshold(k, bias);
        if (rest < t) break;
        output += letterOf(t + (rest - t) % (BASE - t));
        rest = Math.floor((rest - t) / (BASE - t));
      }
      output += letterOf(rest);
      bias = adapt(delta, handled + 1, handled === basic);
      delta = 0;
      handled++;
    }
    delta++;
    n++;
  }
  return output;
}

// Each label of a domain; of an address of mail only what is behind the @.
function mapLabels(domain, map) {
  const at = domain.indexOf('@');
  const user = at < 0 ? '' : domain.slice(0, at + 1);
  return user + domain.slice(at + 1).replace(DOTS, '.').split('.').map(map).join('.');
}

function toUnicode(input) {
  return mapLabels(input, (label) => (label.startsWith(PREFIX) ? decode(label.slice(PREFIX.length).toLowerCase()) : label));
}

function toASCII(input) {
  return mapLabels(input, (label) => (/[^\0-\x7F]/.test(label) ? PREFIX + encode(label) : label));
}

module.exports = {
  version: '2.1.0',
  ucs2: { decode: ucs2decode, encode: ucs2encode },
  decode,
  encode,
  toASCII,
  toUnicode,
};
