'use strict';

const { Buffer } = require('buffer');
const { codes: { ERR_INVALID_ARG_TYPE, ERR_INVALID_THIS, ERR_UNKNOWN_ENCODING } } = require('internal/errors');
const { normalizeEncoding } = require('internal/util');
const { stateSymbol } = require('internal/symbols');

// Seven bytes, as Node.js shows them when a decoder is inspected: up to four of an unfinished character, how many are missing,
// how many are there, and the number of the encoding.
const kState = stateSymbol('kNativeDecoder');
const MISSING = 4;
const BUFFERED = 5;
const ENCODING = 6;
const numbers = { __proto__: null, ascii: 0, utf8: 1, base64: 2, utf16le: 3, latin1: 4, hex: 5, base64url: 7 };
const [UTF8, BASE64, UTF16LE, BASE64URL] = [1, 2, 3, 7];

function StringDecoder(encoding) {
  const name = normalizeEncoding(encoding);
  if (name === undefined) throw new ERR_UNKNOWN_ENCODING(encoding);
  this.encoding = name;
  this[kState] = Buffer.alloc(7);
  this[kState][ENCODING] = numbers[name];
}

function asBuffer(view) {
  if (view instanceof Buffer) return view;
  if (!ArrayBuffer.isView(view)) throw new ERR_INVALID_ARG_TYPE('buf', ['Buffer', 'TypedArray', 'DataView'], view);
  return Buffer.from(view.buffer, view.byteOffset, view.byteLength);
}

StringDecoder.prototype.write = function write(buf) {
  if (typeof buf === 'string') return buf;
  buf = asBuffer(buf);
  const state = this[kState];
  if (state === undefined) throw new ERR_INVALID_THIS('StringDecoder');
  if (buf.length === 0) return '';
  switch (state[ENCODING]) {
    case UTF8: return writeUtf8(state, buf);
    case UTF16LE: return writeUnits(state, buf, 'utf16le', 2);
    case BASE64: return writeUnits(state, buf, 'base64', 3);
    case BASE64URL: return writeUnits(state, buf, 'base64url', 3);
    default: return buf.toString(this.encoding);
  }
};

StringDecoder.prototype.end = function end(buf) {
  const text = buf === undefined ? '' : this.write(buf);
  const state = this[kState];
  let buffered = state[BUFFERED];
  if (state[ENCODING] === UTF16LE) buffered &= ~1;
  state[MISSING] = state[BUFFERED] = 0;
  return buffered === 0 ? text : text + state.toString(this.encoding, 0, buffered);
};

StringDecoder.prototype.text = function text(buf, offset) {
  this[kState][MISSING] = this[kState][BUFFERED] = 0;
  return this.write(buf.slice(offset));
};

function keep(state, buf, start, missing) {
  buf.copy(state, 0, start, buf.length);
  state[BUFFERED] = buf.length - start;
  state[MISSING] = missing;
}

// How many bytes the character takes that starts with this one; 0 for a byte inside of a character.
function utf8Size(byte) {
  if (byte < 0x80) return 1;
  if (byte < 0xc0) return 0;
  if (byte < 0xe0) return 2;
  if (byte < 0xf0) return 3;
  return byte < 0xf8 ? 4 : 1;
}

function writeUtf8(state, buf) {
  let text = '';
  let start = 0;
  if (state[MISSING] > 0) {
    // What does not go on with the character ends it, well-formed or not.
    while (state[MISSING] > 0 && start < buf.length && (buf[start] & 0xc0) === 0x80) {
      state[state[BUFFERED]++] = buf[start++];
      state[MISSING]--;
    }
    if (state[MISSING] > 0 && start === buf.length) return '';
    text = state.toString('utf8', 0, state[BUFFERED]);
    state[MISSING] = state[BUFFERED] = 0;
    if (start === buf.length) return text;
  }
  let end = buf.length;
  if (buf[end - 1] >= 0x80) {
    const lowest = Math.max(start, end - 4);
    for (let i = end - 1; i >= lowest; i--) {
      const size = utf8Size(buf[i]);
      if (size === 0) continue;
      if (size > end - i) {
        keep(state, buf, i, size - (end - i));
        end = i;
      }
      break;
    }
  }
  return text + buf.toString('utf8', start, end);
}

// Encodings whose text is made of units of as many bytes.
function writeUnits(state, buf, encoding, unit) {
  const buffered = state[BUFFERED];
  // A high surrogate and half of what follows it.
  const half = unit === 2 && buffered === 2 && buf.length === 1;
  if (buffered > 0) buf = Buffer.concat([state.subarray(0, buffered), buf]);
  let end = half ? 0 : buf.length - buf.length % unit;
  if (unit === 2 && end > 1 && end === buf.length && (buf[end - 1] & 0xfc) === 0xd8) end -= 2;
  const rest = buf.length - end;
  keep(state, buf, end, rest === 0 ? 0 : rest <= unit && !half ? unit - rest || unit : 1);
  return buf.toString(encoding, 0, end);
}

Object.defineProperties(StringDecoder.prototype, {
  lastChar: {
    __proto__: null,
    configurable: true,
    enumerable: true,
    get() { return this[kState].subarray(0, 4); },
  },
  lastNeed: {
    __proto__: null,
    configurable: true,
    enumerable: true,
    get() { return this[kState][MISSING]; },
  },
  lastTotal: {
    __proto__: null,
    configurable: true,
    enumerable: true,
    get() { return this[kState][BUFFERED] + this[kState][MISSING]; },
  },
});

module.exports = { StringDecoder };
