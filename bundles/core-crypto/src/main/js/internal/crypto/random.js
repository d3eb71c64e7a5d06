'use strict';

// Random numbers, and the comparison that tells nothing by its time.

const runtime = require('internal/runtime');
const { codes } = require('internal/errors');
const { validateNumber, validateFunction, validateObject, validateBoolean } = require('internal/validators');
const { isAnyArrayBuffer } = require('internal/util/types');
const { Buffer } = require('buffer');

const MAX_SIZE = 2 ** 31 - 1;
const MAX_RANGE = 2 ** 48 - 1;

function checkSize(size, name, limit = MAX_SIZE) {
  validateNumber(size, name);
  if (Number.isNaN(size) || size > limit || size < 0) throw new codes.ERR_OUT_OF_RANGE(name, `>= 0 && <= ${limit}`, size);
  return size >>> 0;
}

function randomBytes(size, callback) {
  const length = checkSize(size, 'size');
  if (callback !== undefined) validateFunction(callback, 'callback');
  const bytes = Buffer.from(new ArrayBuffer(length));
  if (callback === undefined) {
    binding.randomFill(bytes);
    return bytes;
  }
  if (runtime.asyncTracker !== undefined) callback = runtime.asyncTracker.request('RANDOMBYTESREQUEST', callback);
  binding.randomFill(bytes, (error) => {
    if (error) callback(error);
    else callback(null, bytes);
  });
}

function checkTarget(buf) {
  if (!isAnyArrayBuffer(buf) && !ArrayBuffer.isView(buf)) {
    throw new codes.ERR_INVALID_ARG_TYPE('buf', ['ArrayBuffer', 'ArrayBufferView'], buf);
  }
}

// The stretch to fill, offset and size in elements.
function stretch(buf, offset, size) {
  const element = buf.BYTES_PER_ELEMENT || 1;
  const limit = Math.min(buf.byteLength, MAX_SIZE);
  validateNumber(offset, 'offset');
  offset *= element;
  if (Number.isNaN(offset) || offset > limit || offset < 0) throw new codes.ERR_OUT_OF_RANGE('offset', `>= 0 && <= ${limit}`, offset);
  if (size === undefined) {
    size = buf.byteLength - offset;
  } else {
    validateNumber(size, 'size');
    size *= element;
    if (Number.isNaN(size) || size > MAX_SIZE || size < 0) throw new codes.ERR_OUT_OF_RANGE('size', `>= 0 && <= ${MAX_SIZE}`, size);
  }
  if (size + offset > buf.byteLength) throw new codes.ERR_OUT_OF_RANGE('size + offset', `<= ${buf.byteLength}`, size + offset);
  return ArrayBuffer.isView(buf) ? new Uint8Array(buf.buffer, buf.byteOffset + offset, size) : new Uint8Array(buf, offset, size);
}

function randomFillSync(buf, offset = 0, size) {
  checkTarget(buf);
  const target = stretch(buf, offset, size);
  if (target.length > 0) binding.randomFill(target);
  return buf;
}

function randomFill(buf, offset, size, callback) {
  checkTarget(buf);
  if (typeof offset === 'function') {
    callback = offset;
    offset = 0;
    size = undefined;
  } else if (typeof size === 'function') {
    callback = size;
    size = undefined;
  }
  validateFunction(callback, 'callback');
  const target = stretch(buf, offset ?? 0, size);
  if (target.length === 0) {
    callback(null, buf);
    return;
  }
  binding.randomFill(target, (error) => {
    if (error) callback(error);
    else callback(null, buf);
  });
}

// A store of random 48-bit numbers, refilled in one go.
const store = Buffer.alloc(6 * 1024);
let used = store.length;

function random48() {
  if (used === store.length) {
    binding.randomFill(store);
    used = 0;
  }
  const value = store.readUIntBE(used, 6);
  store.fill(0, used, used + 6);
  used += 6;
  return value;
}

function randomInt(min, max, callback) {
  const minNotSpecified = max === undefined || typeof max === 'function';
  if (minNotSpecified) {
    callback = max;
    max = min;
    min = 0;
  }
  if (callback !== undefined) validateFunction(callback, 'callback');
  if (!Number.isSafeInteger(min)) throw new codes.ERR_INVALID_ARG_TYPE('min', 'a safe integer', min);
  if (!Number.isSafeInteger(max)) throw new codes.ERR_INVALID_ARG_TYPE('max', 'a safe integer', max);
  if (max <= min) throw new codes.ERR_OUT_OF_RANGE('max', `greater than the value of "min" (${min})`, max);
  const range = max - min;
  if (!(range <= MAX_RANGE)) {
    throw new codes.ERR_OUT_OF_RANGE(minNotSpecified ? 'max' : 'max - min', `<= ${MAX_RANGE}`, range);
  }
  // Values beyond the last whole multiple of the range would favour small results.
  const limit = 2 ** 48 - (2 ** 48 % range);
  let value;
  do value = random48(); while (value >= limit);
  const result = (value % range) + min;
  if (callback === undefined) return result;
  process.nextTick(callback, undefined, result);
}

function randomUUID(options) {
  if (options !== undefined) validateObject(options, 'options');
  const disable = options?.disableEntropyCache;
  if (disable !== undefined) validateBoolean(disable, 'options.disableEntropyCache');
  return binding.randomUUID();
}

// RFC 9562, section 5.7: milliseconds since 1970, then random bits.
function randomUUIDv7(options) {
  if (options !== undefined) validateObject(options, 'options');
  const disable = options?.disableEntropyCache;
  if (disable !== undefined) validateBoolean(disable, 'options.disableEntropyCache');
  const bytes = Buffer.allocUnsafe(16);
  binding.randomFill(bytes);
  bytes.writeUIntBE(Date.now(), 0, 6);
  bytes[6] = 0x70 | (bytes[6] & 0x0f);
  bytes[8] = 0x80 | (bytes[8] & 0x3f);
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

function timingSafeEqual(buf1, buf2) {
  if (!isAnyArrayBuffer(buf1) && !ArrayBuffer.isView(buf1)) throw notBytes('buf1');
  if (!isAnyArrayBuffer(buf2) && !ArrayBuffer.isView(buf2)) throw notBytes('buf2');
  if (buf1.byteLength !== buf2.byteLength) throw new codes.ERR_CRYPTO_TIMING_SAFE_EQUAL_LENGTH();
  return binding.timingSafeEqual(buf1, buf2);
}

function notBytes(name) {
  const error = new TypeError(`The "${name}" argument must be an instance of ArrayBuffer, Buffer, TypedArray, or DataView.`);
  error.code = 'ERR_INVALID_ARG_TYPE';
  return error;
}

module.exports = {
  randomBytes,
  pseudoRandomBytes: randomBytes,
  prng: randomBytes,
  rng: randomBytes,
  randomFill,
  randomFillSync,
  randomInt,
  randomUUID,
  randomUUIDv7,
  timingSafeEqual,
};
