'use strict';

const {
  codes: {
    ERR_BUFFER_OUT_OF_BOUNDS, ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE, ERR_INVALID_BUFFER_SIZE, ERR_MISSING_ARGS,
    ERR_OUT_OF_RANGE, ERR_STRING_TOO_LONG, ERR_UNKNOWN_ENCODING,
  },
} = require('internal/errors');
const {
  validateArray, validateInteger, validateNumber, validateString,
} = require('internal/validators');
const { customInspectSymbol } = require('internal/util');
const { isAnyArrayBuffer, isArrayBufferView, isTypedArray, isUint8Array } = require('internal/util/types');

const kMaxLength = Number.MAX_SAFE_INTEGER;
const kStringMaxLength = 0x1fffffe8;
const TypedArrayPrototype = Object.getPrototypeOf(Uint8Array.prototype);
const typedArrayFill = TypedArrayPrototype.fill;
const typedArrayByteLength = Object.getOwnPropertyDescriptor(TypedArrayPrototype, 'byteLength').get;

// The binding's numbers of the encodings.
const UTF8 = 0;
const UTF16LE = 1;
const LATIN1 = 2;
const ASCII = 3;
const BASE64 = 4;
const BASE64URL = 5;
const HEX = 6;

// -1 for what is not known. The first switch spares the usual spellings the lower-casing.
function encodingNumber(encoding) {
  switch (encoding) {
    case 'utf8': case 'utf-8': case 'UTF-8': case 'UTF8': return UTF8;
    case 'hex': return HEX;
    case 'base64': return BASE64;
    case 'base64url': return BASE64URL;
    case 'latin1': case 'binary': return LATIN1;
    case 'ascii': return ASCII;
    case 'utf16le': case 'utf-16le': case 'ucs2': case 'ucs-2': return UTF16LE;
  }
  if (typeof encoding !== 'string') return -1;
  const lower = encoding.toLowerCase();
  return lower === encoding ? -1 : lower === 'utf8' || lower === 'utf-8' ? UTF8 : encodingNumber(lower);
}

function checkedEncoding(encoding) {
  const number = encodingNumber(encoding);
  if (number < 0) throw new ERR_UNKNOWN_ENCODING(encoding);
  return number;
}

class FastBuffer extends Uint8Array {}

function Buffer(arg, encodingOrOffset, length) {
  warnOfConstructor();
  if (typeof arg === 'number') {
    if (typeof encodingOrOffset === 'string') throw new ERR_INVALID_ARG_TYPE('string', 'string', arg);
    return Buffer.alloc(arg);
  }
  return Buffer.from(arg, encodingOrOffset, length);
}

FastBuffer.prototype.constructor = Buffer;
Buffer.prototype = FastBuffer.prototype;
Object.setPrototypeOf(Buffer, Uint8Array);
Object.defineProperty(Buffer, 'prototype', { __proto__: null, enumerable: false, configurable: false, writable: true });
Object.defineProperty(Buffer, Symbol.species, {
  __proto__: null,
  configurable: true,
  enumerable: false,
  get() { return FastBuffer; },
});
binding.setBufferPrototype(Buffer.prototype);

let warned = false;

function warnOfConstructor() {
  if (warned) return;
  const { getOptionValue } = require('internal/options');
  // Only an application's own code is warned, unless all is to be told.
  if (!getOptionValue('--pending-deprecation') && require('internal/util').isInsideNodeModules(10)) return;
  warned = true;
  process.emitWarning('Buffer() is deprecated due to security and usability issues. ' +
    'Please use the Buffer.alloc(), Buffer.allocUnsafe(), or Buffer.from() methods instead.',
                      'DeprecationWarning', 'DEP0005', Buffer);
}

Buffer.poolSize = 64 * 1024;
let pool;
let poolUsed = 0;

function newPool() {
  pool = new ArrayBuffer(Buffer.poolSize);
  poolUsed = 0;
}

function allocate(size) {
  if (size <= 0) return new FastBuffer();
  if (size >= Buffer.poolSize >>> 1) return new FastBuffer(size);
  if (pool === undefined || size > pool.byteLength - poolUsed) newPool();
  const buffer = new FastBuffer(pool, poolUsed, size);
  // The next one starts at a multiple of eight.
  poolUsed = (poolUsed + size + 7) & ~7;
  return buffer;
}

function validateSize(size) {
  validateNumber(size, 'size', 0, kMaxLength);
}

const FIRST_ARGUMENT = ['Buffer', 'ArrayBuffer', 'Array'];

Buffer.from = function from(value, encodingOrOffset, length) {
  if (typeof value === 'string') return fromString(value, encodingOrOffset);
  if (typeof value === 'object' && value !== null) {
    if (isAnyArrayBuffer(value)) return fromArrayBuffer(value, encodingOrOffset, length);
    const primitive = value.valueOf && value.valueOf();
    if (primitive != null && primitive !== value && (typeof primitive === 'string' || typeof primitive === 'object')) {
      return from(primitive, encodingOrOffset, length);
    }
    const copied = fromObject(value);
    if (copied !== undefined) return copied;
    if (typeof value[Symbol.toPrimitive] === 'function') {
      const text = value[Symbol.toPrimitive]('string');
      if (typeof text === 'string') return fromString(text, encodingOrOffset);
    }
  }
  throw new ERR_INVALID_ARG_TYPE('first argument', ['string', ...FIRST_ARGUMENT, 'Array-like Object'], value);
};

function fromString(string, encoding) {
  const number = typeof encoding !== 'string' || encoding.length === 0 ? UTF8 : checkedEncoding(encoding);
  return string.length === 0 ? new FastBuffer() : binding.encode(string, number);
}

function fromArrayBuffer(memory, byteOffset, length) {
  if (byteOffset === undefined) {
    byteOffset = 0;
  } else {
    byteOffset = +byteOffset;
    if (Number.isNaN(byteOffset)) byteOffset = 0;
  }
  const rest = memory.byteLength - byteOffset;
  if (rest < 0) throw new ERR_BUFFER_OUT_OF_BOUNDS('offset');
  if (length !== undefined) {
    length = +length;
    if (length > 0) {
      if (length > rest) throw new ERR_BUFFER_OUT_OF_BOUNDS('length');
    } else {
      length = 0;
    }
  }
  return new FastBuffer(memory, byteOffset, length);
}

function fromArrayLike(source) {
  if (source.length <= 0) return new FastBuffer();
  if (isUint8Array(source)) {
    const buffer = allocate(source.length);
    TypedArrayPrototype.set.call(buffer, source);
    return buffer;
  }
  const size = Math.trunc(source.length);
  const buffer = allocate(size);
  for (let i = 0; i < size; i++) buffer[i] = source[i];
  return buffer;
}

function fromObject(value) {
  if (value.length !== undefined || isAnyArrayBuffer(value.buffer)) {
    return typeof value.length === 'number' ? fromArrayLike(value) : new FastBuffer();
  }
  return value.type === 'Buffer' && Array.isArray(value.data) ? fromArrayLike(value.data) : undefined;
}

Buffer.copyBytesFrom = function copyBytesFrom(view, offset, length) {
  if (!isTypedArray(view)) throw new ERR_INVALID_ARG_TYPE('view', ['TypedArray'], view);
  const units = view.length;
  if (units === 0) return Buffer.alloc(0);
  if (offset !== undefined || length !== undefined) {
    if (offset !== undefined) {
      validateInteger(offset, 'offset', 0);
      if (offset >= units) return Buffer.alloc(0);
    } else {
      offset = 0;
    }
    let end = units;
    if (length !== undefined) {
      validateInteger(length, 'length', 0);
      end = Math.min(offset + length, units);
    }
    view = view.slice(offset, end);
  }
  return fromArrayLike(new Uint8Array(view.buffer, view.byteOffset, view.byteLength));
};

Buffer.of = function of(...items) {
  const buffer = allocate(items.length);
  for (let i = 0; i < items.length; i++) buffer[i] = items[i];
  return buffer;
};

Buffer.alloc = function alloc(size, fill, encoding) {
  validateSize(size);
  const buffer = new FastBuffer(size);
  return fill !== undefined && fill !== 0 && size > 0 ? fillRange(buffer, fill, 0, size, encoding) : buffer;
};

Buffer.allocUnsafe = function allocUnsafe(size) {
  validateSize(size);
  return allocate(size);
};

Buffer.allocUnsafeSlow = function allocUnsafeSlow(size) {
  validateSize(size);
  return new FastBuffer(size);
};

Buffer.isBuffer = function isBuffer(value) {
  return value instanceof Buffer;
};

function validateBytes(value, name) {
  if (!isUint8Array(value)) throw new ERR_INVALID_ARG_TYPE(name, ['Buffer', 'Uint8Array'], value);
}

Buffer.compare = function compare(buf1, buf2) {
  validateBytes(buf1, 'buf1');
  validateBytes(buf2, 'buf2');
  return buf1 === buf2 ? 0 : binding.compare(buf1, buf2);
};

Buffer.isEncoding = function isEncoding(encoding) {
  return typeof encoding === 'string' && encoding.length !== 0 && encodingNumber(encoding) >= 0;
};

Buffer[require('internal/symbols').stateSymbol('kIsEncodingSymbol')] = Buffer.isEncoding;

Buffer.concat = function concat(list, length) {
  validateArray(list, 'list');
  if (list.length === 0) return new FastBuffer();
  if (length === undefined) {
    length = 0;
    for (let i = 0; i < list.length; i++) {
      validateListItem(list, i);
      length += typedArrayByteLength.call(list[i]);
    }
  } else {
    validateInteger(length, 'length', 0, kMaxLength);
    for (let i = 0; i < list.length; i++) validateListItem(list, i);
  }
  const buffer = allocate(length);
  let position = 0;
  for (let i = 0; i < list.length && position < length; i++) {
    const size = Math.min(typedArrayByteLength.call(list[i]), length - position);
    binding.copy(list[i], buffer, position, 0, size);
    position += size;
  }
  // Memory of the pool may be used: what no part covers is made zero.
  if (position < length) typedArrayFill.call(buffer, 0, position, length);
  return buffer;
};

function validateListItem(list, i) {
  if (!isUint8Array(list[i])) throw new ERR_INVALID_ARG_TYPE(`list[${i}]`, ['Buffer', 'Uint8Array'], list[i]);
}

Buffer.byteLength = function byteLength(string, encoding) {
  if (typeof string !== 'string') {
    if (isArrayBufferView(string) || isAnyArrayBuffer(string)) return string.byteLength;
    throw new ERR_INVALID_ARG_TYPE('string', ['string', 'Buffer', 'ArrayBuffer'], string);
  }
  if (string.length === 0) return 0;
  const number = encoding ? encodingNumber(`${encoding}`) : UTF8;
  switch (number) {
    case LATIN1: case ASCII: return string.length;
    case UTF16LE: return string.length * 2;
    case HEX: return string.length >>> 1;
    default: return binding.byteLength(string, number < 0 ? UTF8 : number);
  }
};

function parentGetter() {
  return this instanceof Buffer ? this.buffer : undefined;
}

function offsetGetter() {
  return this instanceof Buffer ? this.byteOffset : undefined;
}

require('internal/buffer/numbers').install(Buffer.prototype);

// The methods of one encoding each, as other modules and old packages call them.
function decodeRange(buffer, number, start, end) {
  const size = buffer.length;
  start = start === undefined ? 0 : Math.trunc(start) || 0;
  end = end === undefined ? size : Math.trunc(end) || 0;
  if (start < 0 || end < 0) throw outOfRange('Index out of range');
  if (end > size) end = size;
  return start >= end ? '' : decode(buffer, number, start, end);
}

function outOfRange(message) {
  const error = new ERR_OUT_OF_RANGE('index', 'in range', -1);
  error.message = message;
  return error;
}

function writeAt(buffer, number, string, offset, length) {
  if (typeof string !== 'string') throw notString();
  const size = typedArrayByteLength.call(buffer);
  offset = offset === undefined ? 0 : Math.trunc(offset) || 0;
  if (offset < 0 || offset > size) throw new ERR_BUFFER_OUT_OF_BOUNDS('offset');
  length = length === undefined ? size - offset : Math.trunc(length) || 0;
  if (length < 0) throw new ERR_BUFFER_OUT_OF_BOUNDS('length');
  if (length > size - offset) {
    if (number <= ASCII && number !== UTF16LE) throw new ERR_BUFFER_OUT_OF_BOUNDS('length');
    length = size - offset;
  }
  return length === 0 || string.length === 0 ? 0 : binding.write(buffer, number, string, offset, length);
}

function notString() {
  const error = new ERR_INVALID_ARG_TYPE('argument', 'string', undefined);
  error.message = 'argument must be a string';
  return error;
}

for (const [name, number] of [['ascii', ASCII], ['base64', BASE64], ['base64url', BASE64URL], ['latin1', LATIN1],
                              ['hex', HEX], ['ucs2', UTF16LE], ['utf8', UTF8]]) {
  Buffer.prototype[`${name}Slice`] = function(start, end) {
    return decodeRange(this, number, start, end);
  };
  Buffer.prototype[`${name}Write`] = function(string, offset, length) {
    return writeAt(this, number, string, offset, length);
  };
}

Object.defineProperty(Buffer.prototype, 'parent', { __proto__: null, enumerable: true, get: parentGetter });
Object.defineProperty(Buffer.prototype, 'offset', { __proto__: null, enumerable: true, get: offsetGetter });

function toInteger(value, fallback) {
  const number = +value;
  return Number.isNaN(number) || !Number.isFinite(number) && number === 0 ? fallback :
    number >= Number.MIN_SAFE_INTEGER && number <= Number.MAX_SAFE_INTEGER ? Math.trunc(number) : fallback;
}

Buffer.prototype.copy = function copy(target, targetStart, sourceStart, sourceEnd) {
  return copyRange(this, target, targetStart, sourceStart, sourceEnd);
};

function copyRange(source, target, targetStart, sourceStart, sourceEnd) {
  if (!isArrayBufferView(source)) throw new ERR_INVALID_ARG_TYPE('source', ['Buffer', 'Uint8Array'], source);
  if (!isArrayBufferView(target)) throw new ERR_INVALID_ARG_TYPE('target', ['Buffer', 'Uint8Array'], target);
  const sourceSize = source.byteLength;
  const targetSize = target.byteLength;
  if (targetStart === undefined) {
    targetStart = 0;
  } else {
    targetStart = toInteger(targetStart, 0);
    if (targetStart < 0) throw new ERR_OUT_OF_RANGE('targetStart', '>= 0', targetStart);
  }
  if (sourceStart === undefined) {
    sourceStart = 0;
  } else {
    sourceStart = toInteger(sourceStart, 0);
    if (sourceStart < 0 || sourceStart > sourceSize) {
      throw new ERR_OUT_OF_RANGE('sourceStart', `>= 0 && <= ${sourceSize}`, sourceStart);
    }
  }
  if (sourceEnd === undefined) {
    sourceEnd = sourceSize;
  } else {
    sourceEnd = toInteger(sourceEnd, 0);
    if (sourceEnd < 0) throw new ERR_OUT_OF_RANGE('sourceEnd', '>= 0', sourceEnd);
  }
  if (targetStart >= targetSize || sourceStart >= sourceEnd) return 0;
  const size = Math.min(sourceEnd - sourceStart, targetSize - targetStart, sourceSize - sourceStart);
  if (size > 0) binding.copy(source, target, targetStart, sourceStart, size);
  return Math.max(size, 0);
}

function decode(buffer, number, start, end) {
  const characters = number === HEX ? (end - start) * 2 : number === UTF16LE ? (end - start) >>> 1 :
    number === BASE64 || number === BASE64URL ? (end - start) * 4 / 3 : end - start;
  if (characters > kStringMaxLength) throw new ERR_STRING_TOO_LONG(kStringMaxLength);
  return binding.decode(buffer, number, start, end);
}

Buffer.prototype.toString = function toString(encoding, start, end) {
  const size = this.length;
  if (arguments.length === 0) return size === 0 ? '' : decode(this, UTF8, 0, size);
  if (start <= 0) start = 0;
  else if (start >= size) return '';
  else start = Math.trunc(start) || 0;
  end = end === undefined || end > size ? size : Math.trunc(end) || 0;
  if (end <= start) return '';
  const number = encoding === undefined ? UTF8 : encodingNumber(`${encoding}`);
  if (number < 0) throw new ERR_UNKNOWN_ENCODING(encoding);
  return decode(this, number, start, end);
};

Buffer.prototype.equals = function equals(otherBuffer) {
  validateBytes(this, 'this');
  validateBytes(otherBuffer, 'otherBuffer');
  if (this === otherBuffer) return true;
  const size = typedArrayByteLength.call(this);
  return size === typedArrayByteLength.call(otherBuffer) && (size === 0 || binding.equals(this, otherBuffer));
};

let inspectMaxBytes = 50;

Buffer.prototype.inspect = function inspect(recurseTimes, context) {
  const max = inspectMaxBytes;
  const size = Math.min(max, this.length);
  const rest = this.length - max;
  let text = decodeRange(this, HEX, 0, size).replace(/(.{2})/g, '$1 ').trim();
  if (rest > 0) text += ` ... ${rest} more byte${rest > 1 ? 's' : ''}`;
  if (context) {
    const keys = (context.showHidden ? Reflect.ownKeys(this) : Object.keys(this))
      .filter((key) => typeof key === 'symbol' || !/^(?:0|[1-9]\d*)$/.test(key));
    if (keys.length > 0) {
      const extras = { __proto__: null };
      for (const key of keys) extras[key] = this[key];
      if (this.length !== 0) text += ', ';
      // Without the braces and the name of an object without a prototype.
      text += require('internal/util/inspect')
        .inspect(extras, { ...context, breakLength: Infinity, compact: true }).slice(27, -2);
    }
  }
  let name = 'Buffer';
  try {
    name = this.constructor.name || name;
  } catch {
    // A hostile constructor.
  }
  return `<${name} ${text}>`;
};

Buffer.prototype[customInspectSymbol] = Buffer.prototype.inspect;

function section(value, name, last) {
  validateInteger(value, name, 0, last);
  return value;
}

Buffer.prototype.compare = function compare(target, targetStart, targetEnd, sourceStart, sourceEnd) {
  validateBytes(this, 'this');
  validateBytes(target, 'target');
  if (arguments.length === 1) return binding.compare(this, target);
  const from = targetStart === undefined ? 0 : section(targetStart, 'targetStart');
  const to = targetEnd === undefined ? target.length : section(targetEnd, 'targetEnd', target.length);
  const ownFrom = sourceStart === undefined ? 0 : section(sourceStart, 'sourceStart');
  const ownTo = sourceEnd === undefined ? this.length : section(sourceEnd, 'sourceEnd', this.length);
  if (ownFrom >= ownTo) return from >= to ? 0 : -1;
  if (from >= to) return 1;
  return binding.compare(new FastBuffer(this.buffer, this.byteOffset + ownFrom, ownTo - ownFrom),
                         new FastBuffer(target.buffer, target.byteOffset + from, to - from));
};

function find(buffer, value, byteOffset, encoding, forward) {
  if (!isArrayBufferView(buffer)) {
    throw new ERR_INVALID_ARG_TYPE('buffer', ['Buffer', 'TypedArray', 'DataView'], buffer);
  }
  if (typeof byteOffset === 'string') {
    encoding = byteOffset;
    byteOffset = undefined;
  } else if (byteOffset > 0x7fffffff) {
    byteOffset = 0x7fffffff;
  } else if (byteOffset < -0x80000000) {
    byteOffset = -0x80000000;
  }
  byteOffset = +byteOffset;
  if (Number.isNaN(byteOffset)) byteOffset = forward ? 0 : (buffer.length || buffer.byteLength);
  const size = buffer.byteLength;
  if (typeof value === 'number') {
    const from = startOf(Math.trunc(byteOffset), size, 1, forward);
    return from < 0 ? -1 : binding.indexOfByte(buffer, value >>> 0 & 0xff, from, forward);
  }
  let number = UTF8;
  let needle = value;
  if (typeof value === 'string') {
    if (encoding !== undefined) number = checkedEncoding(encoding);
    needle = value.length === 0 ? new FastBuffer() : binding.encode(value, number);
  } else if (!isUint8Array(value)) {
    throw new ERR_INVALID_ARG_TYPE('value', ['number', 'string', 'Buffer', 'Uint8Array'], value);
  } else if (encoding !== undefined) {
    number = encodingNumber(encoding);
  }
  const from = startOf(Math.trunc(byteOffset), size, needle.length, forward);
  if (needle.length === 0) return from === -1 ? forward ? Math.max(Math.min(byteOffset, size), 0) : -1 : from;
  if (from < 0 || size === 0) return -1;
  if (number !== UTF16LE) return binding.indexOf(buffer, needle, from, forward, 1);
  // Whole units only.
  if (size < 2 || needle.length < 2) return -1;
  return binding.indexOf(buffer, needle, forward ? from + 1 & ~1 : from & ~1, forward, 2);
}

// Where a search starts; -1 if it cannot succeed.
function startOf(offset, size, needleSize, forward) {
  if (offset < 0) {
    offset += size;
    if (offset < 0) return forward ? 0 : -1;
    return offset;
  }
  if (offset + needleSize <= size) return offset;
  if (needleSize === 0) return size;
  return forward ? -1 : size - 1;
}

Buffer.prototype.indexOf = function indexOf(value, byteOffset, encoding) {
  return find(this, value, byteOffset, encoding, true);
};

Buffer.prototype.lastIndexOf = function lastIndexOf(value, byteOffset, encoding) {
  return find(this, value, byteOffset, encoding, false);
};

Buffer.prototype.includes = function includes(value, byteOffset, encoding) {
  return find(this, value, byteOffset, encoding, true) !== -1;
};

Buffer.prototype.fill = function fill(value, offset, end, encoding) {
  return fillRange(this, value, offset, end, encoding);
};

function fillRange(buffer, value, offset, end, encoding) {
  validateBytes(buffer, 'buffer');
  const size = buffer.length;
  let number = UTF8;
  if (typeof value === 'string') {
    if (offset === undefined || typeof offset === 'string') {
      encoding = offset;
      offset = 0;
      end = size;
    } else if (typeof end === 'string') {
      encoding = end;
      end = size;
    }
    if (encoding !== undefined && encoding !== null) {
      validateString(encoding, 'encoding');
      number = encoding === '' ? UTF8 : checkedEncoding(encoding);
    }
    if (value.length === 0) value = 0;
    else if (value.length === 1 && (number === UTF8 && value.charCodeAt(0) < 128 || number === LATIN1)) {
      value = value.charCodeAt(0);
    }
  } else if (typeof value === 'boolean') {
    value = +value;
  }
  if (offset === undefined) {
    offset = 0;
    end = size;
  } else {
    validateNumber(offset, 'offset', 0);
    if (offset > kMaxLength) throw new ERR_OUT_OF_RANGE('offset', `>= 0 && <= ${kMaxLength}`, offset);
    if (end === undefined) end = size;
    else validateNumber(end, 'end', 0, size);
    if (offset >= end) return buffer;
  }
  offset = Math.trunc(offset);
  end = Math.trunc(end);
  // The length can have been redefined.
  if (end > typedArrayByteLength.call(buffer) || offset > end) throw new ERR_BUFFER_OUT_OF_BOUNDS();
  if (typeof value === 'string') {
    value = binding.encode(value, number);
    if (value.length === 0) failFill(arguments[1]);
  } else if (isArrayBufferView(value)) {
    if (value.byteLength === 0) failFill(value);
  } else {
    value &= 255;
  }
  if (offset < end) binding.fill(buffer, value, offset, end);
  return buffer;
}

function failFill(value) {
  throw new ERR_INVALID_ARG_VALUE('value', value);
}

Buffer.prototype.write = function write(string, offset, length, encoding) {
  if (offset === undefined) return writeAt(this, UTF8, string, 0, undefined);
  const size = this.length;
  if (length === undefined && typeof offset === 'string') {
    encoding = offset;
    length = size;
    offset = 0;
  } else {
    validateInteger(offset, 'offset', 0, size);
    const rest = size - offset;
    if (length === undefined) {
      length = rest;
    } else if (typeof length === 'string') {
      encoding = length;
      length = rest;
    } else {
      validateInteger(length, 'length', 0, size);
      if (length > rest) length = rest;
    }
  }
  return writeAt(this, encoding ? checkedEncoding(encoding) : UTF8, string, offset, length);
};

Buffer.prototype.toJSON = function toJSON() {
  return { type: 'Buffer', data: this.length > 0 ? Array.prototype.slice.call(this) : [] };
};

function clampIndex(value, size) {
  value = Math.trunc(+value);
  if (value === 0 || Number.isNaN(value)) return 0;
  return value < 0 ? Math.max(value + size, 0) : Math.min(value, size);
}

Buffer.prototype.subarray = function subarray(start, end) {
  const size = this.length;
  const from = clampIndex(start, size);
  const to = end !== undefined ? clampIndex(end, size) : size;
  return new FastBuffer(this.buffer, this.byteOffset + from, to > from ? to - from : 0);
};

Buffer.prototype.slice = function slice(start, end) {
  return this.subarray(start, end);
};

function swap(buffer, width) {
  if (buffer.length % width !== 0) throw new ERR_INVALID_BUFFER_SIZE(`${width * 8}-bits`);
  if (buffer.length > 0) binding.swap(buffer, width);
  return buffer;
}

Buffer.prototype.swap16 = function swap16() {
  return swap(this, 2);
};

Buffer.prototype.swap32 = function swap32() {
  return swap(this, 4);
};

Buffer.prototype.swap64 = function swap64() {
  return swap(this, 8);
};

Buffer.prototype.toLocaleString = Buffer.prototype.toString;

function validateInput(input) {
  if (!isTypedArray(input) && !isAnyArrayBuffer(input)) {
    throw new ERR_INVALID_ARG_TYPE('input', ['ArrayBuffer', 'Buffer', 'TypedArray'], input);
  }
  if (isDetached(input)) {
    const error = new Error('Cannot validate on a detached buffer');
    error.code = 'ERR_INVALID_STATE';
    throw error;
  }
}

function isDetached(input) {
  return (isTypedArray(input) ? input.buffer : input).detached === true;
}

function isUtf8(input) {
  validateInput(input);
  return binding.isUtf8(input);
}

function isAscii(input) {
  validateInput(input);
  return binding.isAscii(input);
}

function btoa(input) {
  if (arguments.length === 0) throw new ERR_MISSING_ARGS('input');
  input = `${input}`;
  for (let i = 0; i < input.length; i++) {
    if (input.charCodeAt(i) > 255) throw new globalThis.DOMException('Invalid character', 'InvalidCharacterError');
  }
  return input.length === 0 ? '' : binding.encode(input, LATIN1).toString('base64');
}

function atob(input) {
  if (arguments.length === 0) throw new ERR_MISSING_ARGS('input');
  const text = binding.unbase64(`${input}`);
  if (text === -1) {
    throw new globalThis.DOMException('The string to be decoded is not correctly encoded.', 'InvalidCharacterError');
  }
  return text;
}

function transcode(source, fromEncoding, toEncoding) {
  if (!isUint8Array(source)) throw new ERR_INVALID_ARG_TYPE('source', ['Buffer', 'Uint8Array'], source);
  if (source.length === 0) return Buffer.alloc(0);
  const from = encodingNumber(`${fromEncoding}`);
  const to = encodingNumber(`${toEncoding}`);
  if (from < 0 || from > ASCII || to < 0 || to > ASCII) {
    const error = new Error('Unable to transcode Buffer [U_ILLEGAL_ARGUMENT_ERROR]');
    error.code = 'U_ILLEGAL_ARGUMENT_ERROR';
    error.errno = 1;
    throw error;
  }
  let text = from === ASCII ?
    binding.decode(source, LATIN1, 0, source.length).replace(/[\x80-\xff]/g, '\ufffd') :
    binding.decode(source, from, 0, source.length);
  if (to === LATIN1) text = text.replace(/[^\0-\xff]/gu, '?');
  else if (to === ASCII) text = text.replace(/[^\0-\x7f]/gu, '?');
  return binding.encode(text, to);
}

module.exports = {
  Buffer,
  transcode,
  isUtf8,
  isAscii,
  kMaxLength,
  kStringMaxLength,
  btoa,
  atob,
};

Object.defineProperties(module.exports, {
  constants: {
    __proto__: null,
    enumerable: true,
    value: Object.defineProperties({}, {
      MAX_LENGTH: { __proto__: null, enumerable: true, value: kMaxLength },
      MAX_STRING_LENGTH: { __proto__: null, enumerable: true, value: kStringMaxLength },
    }),
  },
  INSPECT_MAX_BYTES: {
    __proto__: null,
    configurable: true,
    enumerable: true,
    get() { return inspectMaxBytes; },
    set(value) {
      validateNumber(value, 'INSPECT_MAX_BYTES', 0);
      inspectMaxBytes = value;
    },
  },
});

for (const name of ['Blob', 'resolveObjectURL', 'File']) {
  Object.defineProperty(module.exports, name, {
    __proto__: null,
    configurable: true,
    enumerable: true,
    get() {
      const value = require('internal/blob')[name];
      Object.defineProperty(module.exports, name, { __proto__: null, value, writable: true });
      return value;
    },
    set(value) {
      Object.defineProperty(module.exports, name, { __proto__: null, value, writable: true });
    },
  });
}
