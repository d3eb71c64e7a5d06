'use strict';

const { codes: { ERR_INVALID_URI } } = require('internal/errors');

const HEX_PAIR = /%[0-9a-fA-F]{2}/;

const querystring = module.exports = {
  unescapeBuffer,
  unescape: qsUnescape,
  escape: qsEscape,
  stringify,
  encode: stringify,
  parse,
  decode: parse,
};

/** The module as the application has it: escape and unescape may have been replaced there (Node.js documentation). */
function published() {
  return require('internal/runtime').requireBuiltin('querystring');
}

const kOwn = Symbol('own');
for (const own of [qsEscape, qsUnescape]) Object.defineProperty(own, kOwn, { __proto__: null, value: true });

/** What the application put in the place of escape or unescape, or the own function. */
function replaceable(name, own) {
  const current = published()[name];
  return current[kOwn] ? own : current;
}

function hexValue(code) {
  if (code >= 48 && code <= 57) return code - 48;
  const lower = code | 32;
  return lower >= 97 && lower <= 102 ? lower - 87 : -1;
}

/** Decodes what is encoded and leaves malformed escapes as they are. */
function unescapeBuffer(s, decodeSpaces) {
  const out = require('buffer').Buffer.allocUnsafe(s.length);
  let size = 0;
  for (let i = 0; i < s.length; i++) {
    let byte = s.charCodeAt(i);
    if (byte === 43 && decodeSpaces) {
      byte = 32;
    } else if (byte === 37 && i + 2 < s.length) {
      const high = hexValue(s.charCodeAt(i + 1));
      const low = hexValue(s.charCodeAt(i + 2));
      if (high >= 0 && low >= 0) {
        byte = high * 16 + low;
        i += 2;
      }
    }
    out[size++] = byte;
  }
  return size === s.length ? out : out.slice(0, size);
}

function qsUnescape(s, decodeSpaces) {
  try {
    return decodeURIComponent(s);
  } catch {
    return querystring.unescapeBuffer(s, decodeSpaces).toString();
  }
}

function qsEscape(str) {
  if (typeof str !== 'string') str = typeof str === 'object' ? String(str) : `${str}`;
  try {
    // The characters that it leaves alone are just those of a query string.
    return encodeURIComponent(str);
  } catch {
    return encodeURIComponent(pairSurrogates(str));
  }
}

// As in Node.js, half a surrogate pair takes whatever follows it for its other half.
function pairSurrogates(str) {
  let text = '';
  for (let i = 0; i < str.length; i++) {
    const unit = str.charCodeAt(i);
    if (unit < 0xd800 || unit > 0xdfff) {
      text += str[i];
    } else {
      if (++i === str.length) throw new ERR_INVALID_URI();
      text += String.fromCodePoint(0x10000 + ((unit & 0x3ff) << 10 | str.charCodeAt(i) & 0x3ff));
    }
  }
  return text;
}

function primitiveText(value) {
  switch (typeof value) {
    case 'string': return value;
    case 'number': return Number.isFinite(value) ? `${value}` : '';
    case 'bigint': case 'boolean': return `${value}`;
    default: return '';
  }
}

function encodePrimitive(value, encode) {
  const text = primitiveText(value);
  if (text === '' || typeof value === 'boolean' || typeof value === 'bigint') return text;
  // Only numbers in exponential notation have anything to encode.
  return typeof value === 'number' && Math.abs(value) < 1e21 ? text : encode(text);
}

function stringify(obj, sep, eq, options) {
  sep ||= '&';
  eq ||= '=';
  let encode = replaceable('escape', qsEscape);
  if (typeof options?.encodeURIComponent === 'function') encode = options.encodeURIComponent;
  if (obj === null || typeof obj !== 'object') return '';
  const pairs = [];
  for (const key of Object.keys(obj)) {
    const value = obj[key];
    const name = `${encodePrimitive(key, encode)}${eq}`;
    if (Array.isArray(value)) {
      for (let i = 0; i < value.length; i++) pairs.push(`${name}${encodePrimitive(value[i], encode)}`);
    } else {
      pairs.push(`${name}${encodePrimitive(value, encode)}`);
    }
  }
  return pairs.join(sep);
}

function decodePart(text, decode, custom) {
  if (text === '') return '';
  if (text.includes('+')) text = text.replaceAll('+', custom ? '%20' : ' ');
  if (!custom && !HEX_PAIR.test(text)) return text;
  try {
    return decode(text);
  } catch {
    return replaceable('unescape', qsUnescape)(text, true);
  }
}

function parse(qs, sep, eq, options) {
  const result = { __proto__: null };
  if (typeof qs !== 'string' || qs.length === 0) return result;
  const separator = sep ? `${sep}` : '&';
  const equals = eq ? `${eq}` : '=';
  let left = 1000;
  if (typeof options?.maxKeys === 'number') left = options.maxKeys > 0 ? options.maxKeys : -1;
  let decode = replaceable('unescape', qsUnescape);
  if (typeof options?.decodeURIComponent === 'function') decode = options.decodeURIComponent;
  const custom = decode !== qsUnescape;

  for (let start = 0; start < qs.length && left !== 0; left--) {
    let end = separator === '' ? -1 : qs.indexOf(separator, start);
    if (end === -1) end = qs.length;
    if (end > start) {
      const middle = qs.indexOf(equals, start);
      const hasValue = middle !== -1 && middle < end;
      const key = decodePart(qs.slice(start, hasValue ? middle : end), decode, custom);
      const value = hasValue ? decodePart(qs.slice(middle + equals.length, end), decode, custom) : '';
      const before = result[key];
      if (before === undefined) result[key] = value;
      else if (Array.isArray(before)) before.push(value);
      else result[key] = [before, value];
    }
    start = end + separator.length;
  }
  return result;
}
