'use strict';

// Values as bytes: V8's serialization format, version 15. What the format leaves to its user is asked of a delegate:
//   dataCloneError(message)      the error to throw
//   isHostObject(object)         whether writeHostObject knows how to write it
//   writeHostObject(object)      writes it with the methods of the writer
//   sharedBufferId(buffer)       the number of a SharedArrayBuffer for the reader; without it they are refused

const { Buffer } = require('buffer');
const { types: { isOrdinary } } = require('internal/runtime');
const types = require('internal/util/types');

const VERSION = 15;

const VIEW_TAGS = {
  __proto__: null, Int8Array: 'b', Uint8Array: 'B', Uint8ClampedArray: 'C', Int16Array: 'w', Uint16Array: 'W', Int32Array: 'd',
  Uint32Array: 'D', Float16Array: 'h', Float32Array: 'f', Float64Array: 'F', BigInt64Array: 'q', BigUint64Array: 'Q', DataView: '?',
};
const ERROR_TAGS = {
  __proto__: null, EvalError: 'E', RangeError: 'R', ReferenceError: 'F', SyntaxError: 'S', TypeError: 'T', URIError: 'U',
};
const FLAG_BITS = { __proto__: null, g: 1, i: 2, m: 4, y: 8, u: 16, s: 32, d: 128, v: 256 };
const LENGTH_TRACKING = 1;
const RESIZABLE = 2;
const MAX_INDEX = 2 ** 32 - 2;

const TypedArray = Object.getPrototypeOf(Uint8Array);
const kindOf = Object.getOwnPropertyDescriptor(TypedArray.prototype, Symbol.toStringTag).get;

class ValueWriter {
  constructor(delegate) {
    this.delegate = delegate;
    this.buffer = Buffer.allocUnsafeSlow(256);
    this.length = 0;
    this.ids = new Map();
    this.transferred = new Map();
    this.viewsAreHostObjects = false;
  }

  /** The bytes so far; the writer starts anew. */
  release() {
    const result = this.buffer.subarray(0, this.length);
    this.buffer = Buffer.allocUnsafeSlow(256);
    this.length = 0;
    return result;
  }

  header() {
    this.byte(0xff);
    this.byte(VERSION);
  }

  room(count) {
    const needed = this.length + count;
    if (needed <= this.buffer.length) return;
    const larger = Buffer.allocUnsafeSlow(Math.max(this.buffer.length * 2, needed));
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

  /** Seven bits a byte, the lowest first. */
  varint(value) {
    while (value >= 128) {
      this.byte((value % 128) | 128);
      value = Math.floor(value / 128);
    }
    this.byte(value);
  }

  varint64(value) {
    while (value >= 128n) {
      this.byte(Number(value & 127n) | 128);
      value >>= 7n;
    }
    this.byte(Number(value));
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
    if (!/[^\x00-\xff]/.test(value)) {
      this.tag('"');
      this.varint(value.length);
      this.room(value.length);
      this.length += this.buffer.latin1Write(value, this.length, value.length);
      return;
    }
    const size = value.length * 2;
    // Two-byte characters are aligned: a NUL before them is skipped.
    let header = 2;
    for (let rest = size; rest >= 128; rest = Math.floor(rest / 128)) header++;
    if ((this.length + header) % 2 !== 0) this.byte(0);
    this.tag('c');
    this.varint(size);
    this.room(size);
    this.length += this.buffer.ucs2Write(value, this.length, size);
  }

  bigint(value) {
    const negative = value < 0n;
    const digits = [];
    for (let rest = negative ? -value : value; rest > 0n; rest >>= 64n) digits.push(rest & 0xffffffffffffffffn);
    this.varint(digits.length * 16 + (negative ? 1 : 0));
    this.room(digits.length * 8);
    for (const digit of digits) this.length = this.buffer.writeBigUInt64LE(digit, this.length);
  }

  number(value) {
    if ((value | 0) === value && !Object.is(value, -0)) {
      this.tag('I');
      this.varint(((value << 1) ^ (value >> 31)) >>> 0);
    } else {
      this.tag('N');
      this.double(value);
    }
  }

  value(value) {
    switch (typeof value) {
      case 'undefined': return this.tag('_');
      case 'boolean': return this.tag(value ? 'T' : 'F');
      case 'number': return this.number(value);
      case 'string': return this.string(value);
      case 'bigint':
        this.tag('Z');
        return this.bigint(value);
      case 'symbol': return this.refuse(value);
      default: return value === null ? this.tag('0') : this.object(value);
    }
  }

  refuse(value) {
    throw this.delegate.dataCloneError(`${require('internal/structured_clone').describe(value)} could not be cloned.`);
  }

  object(value) {
    const id = this.ids.get(value);
    if (id !== undefined) {
      this.tag('^');
      return this.varint(id);
    }
    if (types.isArrayBufferView(value) && !this.viewsAreHostObjects && !this.delegate.isHostObject(value)) {
      // The buffer comes first, so that the view can be made when it is read.
      this.object(value.buffer);
    }
    this.ids.set(value, this.ids.size);
    if (typeof value === 'function' && !this.delegate.isHostObject(value)) return this.refuse(value);
    if (types.isProxy(value)) return this.refuse(value);
    if (Array.isArray(value)) return this.array(value);
    if (this.delegate.isHostObject(value)) return this.hostObject(value);
    if (isOrdinary(value)) return this.plainObject(value);
    return this.exotic(value);
  }

  hostObject(value) {
    this.tag('\\');
    this.delegate.writeHostObject(value);
  }

  plainObject(value) {
    this.tag('o');
    const count = this.properties(value, Object.keys(value));
    this.tag('{');
    this.varint(count);
  }

  properties(object, keys) {
    let count = 0;
    for (const key of keys) {
      // A getter may have removed what comes after it.
      if (!Object.hasOwn(object, key)) continue;
      const index = Number(key);
      if (index >= 0 && index <= MAX_INDEX && Number.isInteger(index) && String(index) === key) this.number(index);
      else this.string(key);
      this.value(object[key]);
      count++;
    }
    return count;
  }

  array(array) {
    const { length } = array;
    const keys = Object.keys(array);
    const isDense = keys.length >= length && (length === 0 || keys[length - 1] === String(length - 1));
    this.tag(isDense ? 'A' : 'a');
    this.varint(length);
    if (isDense) {
      for (let i = 0; i < length; i++) {
        if (i in array) this.value(array[i]);
        else this.tag('-');
      }
    }
    const count = this.properties(array, isDense ? keys.slice(length) : keys);
    this.tag(isDense ? '$' : '@');
    this.varint(count);
    this.varint(length);
  }

  exotic(value) {
    if (types.isArrayBufferView(value)) return this.view(value);
    if (types.isAnyArrayBuffer(value)) return this.arrayBuffer(value);
    if (types.isDate(value)) {
      this.tag('D');
      return this.double(Date.prototype.getTime.call(value));
    }
    if (types.isRegExp(value)) return this.regExp(value);
    if (types.isMap(value)) return this.map(value);
    if (types.isSet(value)) return this.set(value);
    if (types.isNativeError(value)) return this.error(value);
    if (types.isBoxedPrimitive(value)) return this.boxed(value);
    return this.refuse(value);
  }

  regExp(value) {
    this.tag('R');
    this.string(value.source);
    let bits = 0;
    for (const flag of value.flags) bits |= FLAG_BITS[flag];
    this.varint(bits);
  }

  map(map) {
    this.tag(';');
    const entries = [...Map.prototype.entries.call(map)];
    for (const [key, item] of entries) {
      this.value(key);
      this.value(item);
    }
    this.tag(':');
    this.varint(entries.length * 2);
  }

  set(set) {
    this.tag("'");
    const items = [...Set.prototype.values.call(set)];
    for (const item of items) this.value(item);
    this.tag(',');
    this.varint(items.length);
  }

  error(error) {
    const message = Object.getOwnPropertyDescriptor(error, 'message');
    const hasCause = Object.hasOwn(error, 'cause');
    const { name, stack } = error;
    this.tag('r');
    const kind = ERROR_TAGS[String(name)];
    if (kind !== undefined) this.tag(kind);
    if (message !== undefined && 'value' in message) {
      this.tag('m');
      this.string(String(message.value));
    }
    if (hasCause) {
      this.tag('c');
      this.value(error.cause);
    }
    if (typeof stack === 'string') {
      this.tag('s');
      this.string(stack);
    }
    this.tag('.');
  }

  boxed(object) {
    if (types.isBooleanObject(object)) return this.tag(Boolean.prototype.valueOf.call(object) ? 'y' : 'x');
    if (types.isNumberObject(object)) {
      this.tag('n');
      return this.double(Number.prototype.valueOf.call(object));
    }
    if (types.isBigIntObject(object)) {
      this.tag('z');
      return this.bigint(BigInt.prototype.valueOf.call(object));
    }
    if (types.isStringObject(object)) {
      this.tag('s');
      return this.string(String.prototype.valueOf.call(object));
    }
    return this.refuse(object);
  }

  arrayBuffer(buffer) {
    if (types.isSharedArrayBuffer(buffer)) {
      if (this.delegate.sharedBufferId === undefined) return this.refuse(buffer);
      this.tag('u');
      return this.varint(this.delegate.sharedBufferId(buffer));
    }
    const transferId = this.transferred.get(buffer);
    if (transferId !== undefined) {
      this.tag('t');
      return this.varint(transferId);
    }
    if (buffer.detached) throw this.delegate.dataCloneError('An ArrayBuffer is detached and could not be cloned.');
    if (buffer.resizable) {
      this.tag('~');
      this.varint(buffer.byteLength);
      this.varint(buffer.maxByteLength);
    } else {
      this.tag('B');
      this.varint(buffer.byteLength);
    }
    this.bytes(new Uint8Array(buffer));
  }

  view(view) {
    if (this.viewsAreHostObjects) return this.hostObject(view);
    const { buffer } = view;
    this.tag('V');
    this.tag(VIEW_TAGS[kindOf.call(view) ?? 'DataView']);
    this.varint(view.byteOffset);
    this.varint(view.byteLength);
    const growable = buffer.resizable ?? buffer.growable ?? false;
    this.varint(growable ? RESIZABLE | (isLengthTracking(view, buffer) ? LENGTH_TRACKING : 0) : 0);
  }
}

/** Whether a view follows the length of its buffer: nothing tells, but its end does unless it was made to fit. */
function isLengthTracking(view, buffer) {
  const rest = buffer.byteLength - view.byteOffset;
  return rest - (rest % (view.BYTES_PER_ELEMENT ?? 1)) === view.byteLength;
}

module.exports = { FLAG_BITS, LENGTH_TRACKING, VERSION, VIEW_TAGS, ValueWriter };
