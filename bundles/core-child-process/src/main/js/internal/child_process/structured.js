'use strict';

// The serialization format of V8 (version 15), as far as messages between processes use it, so that children may be Node.js.

const { Buffer } = require('buffer');

const types = require('internal/util/types');

const VERSION = 15;
// Node's own kind of host object: a view, as index into this list and its bytes.
const VIEWS = [Int8Array, Uint8Array, Uint8ClampedArray, Int16Array, Uint16Array, Int32Array, Uint32Array, Float32Array, Float64Array,
  DataView, null, BigInt64Array, BigUint64Array];
const BUFFER_INDEX = 10;

const ERRORS = { __proto__: null, EvalError: 'E', RangeError: 'R', ReferenceError: 'F', SyntaxError: 'S', TypeError: 'T', URIError: 'U' };
const ERROR_CLASSES = { __proto__: null, E: EvalError, R: RangeError, F: ReferenceError, S: SyntaxError, T: TypeError, U: URIError };

function cloneError(value) {
  const { lazyDOMException } = require('internal/util');
  let text;
  try {
    text = typeof value === 'function' || typeof value === 'symbol' ? String(value) : '#<Object>';
  } catch {
    text = '#<Object>';
  }
  return lazyDOMException?.(`${text} could not be cloned.`, 'DataCloneError') ?? new Error(`${text} could not be cloned.`);
}

class Writer {
  constructor() {
    this.buffer = Buffer.allocUnsafe(1024);
    this.length = 0;
    this.seen = new Map();
  }

  room(count) {
    if (this.length + count <= this.buffer.length) return;
    const larger = Buffer.allocUnsafe(Math.max(this.buffer.length * 2, this.length + count));
    this.buffer.copy(larger, 0, 0, this.length);
    this.buffer = larger;
  }

  byte(value) {
    this.room(1);
    this.buffer[this.length++] = value;
  }

  tag(character) {
    this.byte(character.charCodeAt(0));
  }

  varint(value) {
    while (value >= 128) {
      this.byte((value % 128) | 128);
      value = Math.floor(value / 128);
    }
    this.byte(value);
  }

  double(value) {
    this.room(8);
    this.buffer.writeDoubleLE(value, this.length);
    this.length += 8;
  }

  bytes(bytes) {
    this.room(bytes.length);
    this.buffer.set(bytes, this.length);
    this.length += bytes.length;
  }

  string(value) {
    // eslint-disable-next-line no-control-regex
    if (/^[\u0000-\u00ff]*$/.test(value)) {
      this.tag('"');
      this.varint(value.length);
      this.bytes(Buffer.from(value, 'latin1'));
    } else {
      const bytes = Buffer.from(value, 'utf16le');
      // Two-byte data is aligned.
      let header = 1;
      for (let n = bytes.length; n >= 128; n = Math.floor(n / 128)) header++;
      if ((this.length + 1 + header) % 2 !== 0) this.byte(0);
      this.tag('c');
      this.varint(bytes.length);
      this.bytes(bytes);
    }
  }

  bigint(value) {
    const negative = value < 0n;
    let rest = negative ? -value : value;
    const digits = [];
    while (rest > 0n) {
      digits.push(rest & 0xffffffffffffffffn);
      rest >>= 64n;
    }
    this.varint((digits.length * 8 << 1) | (negative ? 1 : 0));
    this.room(digits.length * 8);
    for (const digit of digits) {
      this.buffer.writeBigUInt64LE(digit, this.length);
      this.length += 8;
    }
  }

  value(value) {
    switch (typeof value) {
      case 'undefined': return this.tag('_');
      case 'boolean': return this.tag(value ? 'T' : 'F');
      case 'string': return this.string(value);
      case 'bigint':
        this.tag('Z');
        return this.bigint(value);
      case 'number':
        if ((value | 0) === value && !Object.is(value, -0)) {
          this.tag('I');
          return this.varint((((value << 1) ^ (value >> 31)) >>> 0));
        }
        this.tag('N');
        return this.double(value);
      case 'object':
        if (value === null) return this.tag('0');
        return this.object(value);
      default:
        throw cloneError(value);
    }
  }

  object(value) {
    const index = this.seen.get(value);
    if (index !== undefined) {
      this.tag('^');
      return this.varint(index);
    }
    this.seen.set(value, this.seen.size);
    if (ArrayBuffer.isView(value)) return this.view(value);
    if (Array.isArray(value)) return this.array(value);
    if (types.isDate(value)) {
      this.tag('D');
      return this.double(value.getTime());
    }
    if (types.isMap(value)) return this.map(value);
    if (types.isSet(value)) return this.set(value);
    if (types.isRegExp(value)) {
      this.tag('R');
      this.string(value.source);
      return this.varint([...'gimyusdv'].reduce((bits, flag, i) => bits | (value.flags.includes(flag) ? 1 << i : 0), 0));
    }
    if (types.isNativeError(value)) return this.error(value);
    if (types.isAnyArrayBuffer(value)) {
      this.tag('B');
      this.varint(value.byteLength);
      return this.bytes(new Uint8Array(value));
    }
    if (types.isBoxedPrimitive(value)) return this.boxed(value);
    if (types.isPromise(value) || types.isProxy(value) || types.isWeakMap(value) || types.isWeakSet(value)) throw cloneError(value);
    this.tag('o');
    const count = this.properties(value);
    this.tag('{');
    return this.varint(count);
  }

  properties(value) {
    let count = 0;
    for (const key of Object.keys(value)) {
      this.key(key);
      this.value(value[key]);
      count++;
    }
    return count;
  }

  key(key) {
    const index = key >>> 0;
    if (String(index) === key && index <= 0x3fffffff) this.value(index);
    else this.string(key);
  }

  array(value) {
    const keys = Object.keys(value);
    const dense = keys.length >= value.length && (value.length === 0 || keys[value.length - 1] === String(value.length - 1));
    this.tag(dense ? 'A' : 'a');
    this.varint(value.length);
    let count = 0;
    if (dense) for (let i = 0; i < value.length; i++) this.value(value[i]);
    for (const key of dense ? keys.slice(value.length) : keys) {
      this.key(key);
      this.value(value[key]);
      count++;
    }
    this.tag(dense ? '$' : '@');
    this.varint(count);
    this.varint(value.length);
  }

  map(value) {
    this.tag(';');
    for (const [key, item] of [...value]) {
      this.value(key);
      this.value(item);
    }
    this.tag(':');
    this.varint(value.size * 2);
  }

  set(value) {
    this.tag("'");
    for (const item of [...value]) this.value(item);
    this.tag(',');
    this.varint(value.size);
  }

  error(value) {
    this.tag('r');
    const kind = ERRORS[value.name];
    if (kind !== undefined) this.tag(kind);
    if (Object.hasOwn(value, 'message')) {
      this.tag('m');
      this.string(String(value.message));
    }
    if (Object.hasOwn(value, 'cause')) {
      this.tag('c');
      this.value(value.cause);
    }
    if (typeof value.stack === 'string') {
      this.tag('s');
      this.string(value.stack);
    }
    this.tag('.');
  }

  boxed(value) {
    const inner = value.valueOf();
    if (typeof inner === 'boolean') return this.tag(inner ? 'y' : 'x');
    if (typeof inner === 'number') {
      this.tag('n');
      return this.double(inner);
    }
    if (typeof inner === 'bigint') {
      this.tag('z');
      return this.bigint(inner);
    }
    if (typeof inner === 'string') {
      this.tag('s');
      return this.string(inner);
    }
    throw cloneError(value);
  }

  view(value) {
    this.byte(92);
    const index = Buffer.isBuffer(value) ? BUFFER_INDEX : VIEWS.findIndex((View) => View !== null && value instanceof View);
    this.room(4);
    this.varint(index);
    this.varint(value.byteLength);
    this.bytes(new Uint8Array(value.buffer, value.byteOffset, value.byteLength));
  }
}

class Reader {
  constructor(buffer) {
    this.buffer = buffer;
    this.at = 0;
    this.objects = [];
  }

  varint() {
    let result = 0;
    let factor = 1;
    let byte;
    do {
      byte = this.buffer[this.at++];
      result += (byte & 127) * factor;
      factor *= 128;
    } while (byte & 128);
    return result;
  }

  double() {
    const value = this.buffer.readDoubleLE(this.at);
    this.at += 8;
    return value;
  }

  take(length) {
    return this.buffer.subarray(this.at, this.at += length);
  }

  tag() {
    let tag;
    do tag = this.buffer[this.at++]; while (tag === 0);
    return String.fromCharCode(tag);
  }

  peek() {
    while (this.buffer[this.at] === 0) this.at++;
    return String.fromCharCode(this.buffer[this.at]);
  }

  keep(object) {
    this.objects.push(object);
    return object;
  }

  bigint() {
    const header = this.varint();
    let value = 0n;
    const bytes = this.take(header >> 1);
    for (let i = bytes.length - 1; i >= 0; i--) value = (value << 8n) | BigInt(bytes[i]);
    return header & 1 ? -value : value;
  }

  value() {
    const tag = this.tag();
    switch (tag) {
      case '_': return undefined;
      case '0': return null;
      case 'T': return true;
      case 'F': return false;
      case 'I': {
        const raw = this.varint();
        return raw % 2 === 0 ? raw / 2 : -(raw + 1) / 2;
      }
      case 'U': return this.varint();
      case 'N': return this.double();
      case 'Z': return this.bigint();
      case '"': return this.take(this.varint()).toString('latin1');
      case 'c': return this.take(this.varint()).toString('utf16le');
      case 'S': return this.take(this.varint()).toString('utf8');
      case '^': return this.objects[this.varint()];
      case 'o': return this.properties(this.keep({}), '{', 1);
      case 'A': {
        const array = this.keep(new Array(this.varint()));
        for (let i = 0; i < array.length; i++) {
          if (this.peek() === '-') this.at++;
          else array[i] = this.value();
        }
        return this.properties(array, '$', 2);
      }
      case 'a': return this.properties(this.keep(new Array(this.varint())), '@', 2);
      case 'D': return this.keep(new Date(this.double()));
      case ';': {
        const map = this.keep(new Map());
        while (this.peek() !== ':') {
          const key = this.value();
          map.set(key, this.value());
        }
        this.at++;
        this.varint();
        return map;
      }
      case "'": {
        const set = this.keep(new Set());
        while (this.peek() !== ',') set.add(this.value());
        this.at++;
        this.varint();
        return set;
      }
      case 'R': {
        const index = this.objects.push(null) - 1;
        const source = this.value();
        const bits = this.varint();
        return this.objects[index] = new RegExp(source, [...'gimyusdv'].filter((flag, i) => bits & (1 << i)).join(''));
      }
      case 'r': return this.error();
      case 'B': {
        const bytes = new Uint8Array(this.varint());
        bytes.set(this.take(bytes.length));
        const buffer = this.keep(bytes.buffer);
        if (this.at < this.buffer.length && this.peek() === 'V') return this.viewOn(buffer);
        return buffer;
      }
      case 'y': return this.keep(Object(true));
      case 'x': return this.keep(Object(false));
      case 'n': return this.keep(Object(this.double()));
      case 'z': return this.keep(Object(this.bigint()));
      case 's': {
        const index = this.objects.push(null) - 1;
        return this.objects[index] = Object(this.value());
      }
      case '\\': return this.keep(this.view());
      default: throw new Error('Unable to deserialize cloned data.');
    }
  }

  properties(object, end, counts) {
    while (this.peek() !== end) {
      const key = this.value();
      object[key] = this.value();
    }
    this.at++;
    for (let i = 0; i < counts; i++) this.varint();
    return object;
  }

  error() {
    const index = this.objects.push(null) - 1;
    let Class = Error;
    const fields = { __proto__: null };
    let tag;
    while ((tag = this.tag()) !== '.') {
      if (tag in ERROR_CLASSES) Class = ERROR_CLASSES[tag];
      else if (tag === 'm') fields.message = this.value();
      else if (tag === 'c') fields.cause = this.value();
      else if (tag === 's') fields.stack = this.value();
    }
    const error = new Class(fields.message, 'cause' in fields ? { cause: fields.cause } : undefined);
    if (fields.stack !== undefined) {
      Object.defineProperty(error, 'stack', { __proto__: null, value: fields.stack, writable: true, configurable: true });
    }
    return this.objects[index] = error;
  }

  view() {
    const index = this.varint();
    const bytes = this.take(this.varint());
    if (index === BUFFER_INDEX) return Buffer.from(bytes);
    const View = VIEWS[index];
    const copy = new Uint8Array(bytes.length);
    copy.set(bytes);
    return new View(copy.buffer, 0, bytes.length / (View.BYTES_PER_ELEMENT ?? 1));
  }

  viewOn(buffer) {
    this.at++;
    const kind = String.fromCharCode(this.buffer[this.at++]);
    const offset = this.varint();
    const length = this.varint();
    this.varint();
    const View = { b: Int8Array, B: Uint8Array, C: Uint8ClampedArray, w: Int16Array, W: Uint16Array, d: Int32Array, D: Uint32Array,
      f: Float32Array, F: Float64Array, q: BigInt64Array, Q: BigUint64Array, '?': DataView }[kind];
    return this.keep(new View(buffer, offset, length / (View.BYTES_PER_ELEMENT ?? 1)));
  }
}

function serialize(value) {
  const writer = new Writer();
  writer.byte(0xff);
  writer.byte(VERSION);
  writer.value(value);
  return writer.buffer.subarray(0, writer.length);
}

function deserialize(buffer) {
  const reader = new Reader(buffer);
  if (buffer[0] === 0xff) reader.at = 2;
  return reader.value();
}

module.exports = { serialize, deserialize };
