'use strict';

// The reader of what value_writer.js writes, and of older versions of that format. Its delegate gives what the format leaves open:
//   readHostObject()             reads with the methods of the reader
//   sharedBuffer(id)             the SharedArrayBuffer of that number

const { Buffer } = require('buffer');
const types = require('internal/util/types');
const { FLAG_BITS, LENGTH_TRACKING, VERSION, VIEW_TAGS } = require('internal/value_writer');

const views = { __proto__: null };
for (const name of Object.keys(VIEW_TAGS)) views[VIEW_TAGS[name]] = globalThis[name];
const errors = { __proto__: null, E: EvalError, R: RangeError, F: ReferenceError, S: SyntaxError, T: TypeError, U: URIError };
// Version 13 and older hold no flags of views.
const FIRST_WITH_VIEW_FLAGS = 14;

function malformed() {
  return new Error('Unable to deserialize cloned data.');
}

class ValueReader {
  constructor(buffer, delegate) {
    this.buffer = buffer;
    this.delegate = delegate;
    this.at = 0;
    this.version = 0;
    this.objects = [];
    this.transferred = new Map();
  }

  header() {
    if (this.at < this.buffer.length && this.buffer[this.at] === 0xff) {
      this.at++;
      this.version = this.varint();
      if (this.version > VERSION) throw new Error('Unable to deserialize cloned data due to invalid or unsupported version.');
    }
    return true;
  }

  byte() {
    if (this.at >= this.buffer.length) throw malformed();
    return this.buffer[this.at++];
  }

  varint() {
    let result = 0;
    let factor = 1;
    let byte;
    do {
      byte = this.byte();
      result += (byte & 127) * factor;
      factor *= 128;
    } while (byte & 128);
    return result;
  }

  varint64() {
    let result = 0n;
    let shift = 0n;
    let byte;
    do {
      byte = this.byte();
      result |= BigInt(byte & 127) << shift;
      shift += 7n;
    } while (byte & 128);
    return BigInt.asUintN(64, result);
  }

  double() {
    if (this.at + 8 > this.buffer.length) throw malformed();
    const value = this.buffer.readDoubleLE(this.at);
    this.at += 8;
    return value;
  }

  take(length) {
    if (length > this.buffer.length - this.at) throw malformed();
    this.at += length;
    return this.buffer.subarray(this.at - length, this.at);
  }

  /** The next tag; NULs pad. */
  tag() {
    let code;
    do code = this.byte(); while (code === 0);
    return String.fromCharCode(code);
  }

  peek() {
    while (this.buffer[this.at] === 0) this.at++;
    return this.at < this.buffer.length ? String.fromCharCode(this.buffer[this.at]) : '';
  }

  /** Objects are numbered in the order in which they begin. */
  keep(object) {
    this.objects.push(object);
    return object;
  }

  /** For objects that are made after what they consist of was read. */
  keepLater(make) {
    const id = this.objects.push(undefined) - 1;
    return this.objects[id] = make();
  }

  bigint() {
    const header = this.varint();
    const bytes = this.take((header - (header % 2)) / 2);
    let value = 0n;
    for (let i = bytes.length - 1; i >= 0; i--) value = (value << 8n) | BigInt(bytes[i]);
    return header % 2 === 1 ? -value : value;
  }

  zigzag() {
    const raw = this.varint();
    return raw % 2 === 0 ? raw / 2 : -(raw + 1) / 2;
  }

  text() {
    const value = this.value();
    if (typeof value !== 'string') throw malformed();
    return value;
  }

  value() {
    const value = this.read(this.tag());
    // A view comes after its buffer, and takes its place.
    return types.isAnyArrayBuffer(value) && this.peek() === 'V' ? this.view(value) : value;
  }

  read(tag) {
    switch (tag) {
      case '_': return undefined;
      case '0': return null;
      case 'T': return true;
      case 'F': return false;
      case 'I': return this.zigzag();
      case 'U': return this.varint();
      case 'N': return this.double();
      case 'Z': return this.bigint();
      case '"': return this.take(this.varint()).latin1Slice();
      case 'c': return this.take(this.varint()).ucs2Slice();
      case 'S': return this.take(this.varint()).utf8Slice();
      case '?':
        this.varint();
        return this.value();
      case '^': return this.known(this.varint());
      case 'o': return this.properties(this.keep({}), '{', 1);
      case 'A': return this.denseArray();
      case 'a': return this.properties(this.keep(new Array(this.varint())), '@', 2);
      case 'D': return this.keep(new Date(this.double()));
      case 'R': return this.keepLater(() => this.regExp());
      case ';': return this.map();
      case "'": return this.set();
      case 'r': return this.keepLater(() => this.error());
      case 'y': return this.keep(Object(true));
      case 'x': return this.keep(Object(false));
      case 'n': return this.keep(Object(this.double()));
      case 'z': return this.keep(Object(this.bigint()));
      case 's': return this.keepLater(() => Object(this.text()));
      case 'B': return this.arrayBuffer(this.varint());
      case '~': return this.resizableBuffer();
      case 't': return this.transferredBuffer(this.varint());
      case 'u': {
        if (this.delegate.sharedBuffer === undefined) throw malformed();
        return this.keep(this.delegate.sharedBuffer(this.varint()));
      }
      case '\\': return this.keepLater(() => this.delegate.readHostObject());
      default: throw malformed();
    }
  }

  known(id) {
    if (id >= this.objects.length) throw malformed();
    return this.objects[id];
  }

  properties(object, end, counts) {
    let count = 0;
    while (this.peek() !== end) {
      const key = this.value();
      if (typeof key !== 'string' && typeof key !== 'number') throw malformed();
      const value = this.value();
      if (key === '__proto__') {
        Object.defineProperty(object, key, { __proto__: null, value, writable: true, enumerable: true, configurable: true });
      } else {
        object[key] = value;
      }
      count++;
    }
    this.at++;
    if (this.varint() !== count) throw malformed();
    if (counts === 2) this.varint();
    return object;
  }

  denseArray() {
    const length = this.varint();
    if (length > this.buffer.length - this.at) throw malformed();
    const array = this.keep(new Array(length));
    for (let i = 0; i < length; i++) {
      if (this.peek() === '-') this.at++;
      else array[i] = this.value();
    }
    return this.properties(array, '$', 2);
  }

  map() {
    const map = this.keep(new Map());
    let count = 0;
    for (; this.peek() !== ':'; count += 2) {
      const key = this.value();
      map.set(key, this.value());
    }
    this.at++;
    if (this.varint() !== count) throw malformed();
    return map;
  }

  set() {
    const set = this.keep(new Set());
    let count = 0;
    for (; this.peek() !== ','; count++) set.add(this.value());
    this.at++;
    if (this.varint() !== count) throw malformed();
    return set;
  }

  regExp() {
    const source = this.text();
    const bits = this.varint();
    return new RegExp(source, Object.keys(FLAG_BITS).filter((flag) => bits & FLAG_BITS[flag]).join(''));
  }

  error() {
    let Class = Error;
    let message;
    let stack;
    let cause;
    for (let tag = this.tag(); tag !== '.'; tag = this.tag()) {
      if (tag in errors) Class = errors[tag];
      else if (tag === 'm') message = this.text();
      else if (tag === 's') stack = this.text();
      else if (tag === 'c') cause = { cause: this.value() };
      else throw malformed();
    }
    const error = new Class(message, cause);
    Object.defineProperty(error, 'stack', { __proto__: null, value: stack, writable: true, enumerable: false, configurable: true });
    return error;
  }

  arrayBuffer(length) {
    const bytes = this.take(length);
    const buffer = new ArrayBuffer(length);
    new Uint8Array(buffer).set(bytes);
    return this.keep(buffer);
  }

  resizableBuffer() {
    const length = this.varint();
    const maxByteLength = this.varint();
    if (length > maxByteLength) throw malformed();
    const bytes = this.take(length);
    const buffer = new ArrayBuffer(length, { maxByteLength });
    new Uint8Array(buffer).set(bytes);
    return this.keep(buffer);
  }

  transferredBuffer(id) {
    const buffer = this.transferred.get(id);
    if (buffer === undefined) throw malformed();
    return this.keep(buffer);
  }

  view(buffer) {
    this.at++;
    const View = views[this.tag()];
    const offset = this.varint();
    const length = this.varint();
    const flags = this.version >= FIRST_WITH_VIEW_FLAGS ? this.varint() : 0;
    const size = View?.BYTES_PER_ELEMENT ?? 1;
    if (View === undefined || offset + length > buffer.byteLength || offset % size !== 0 || length % size !== 0) throw malformed();
    return this.keep(flags & LENGTH_TRACKING ? new View(buffer, offset) : new View(buffer, offset, length / size));
  }
}

module.exports = { ValueReader };
