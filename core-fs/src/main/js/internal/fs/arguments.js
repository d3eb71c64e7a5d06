'use strict';
// What the functions of fs accept: paths, descriptors, flags, options, ranges, times.
const runtime = require('internal/runtime');
const { Buffer } = require('buffer');
const { codes } = require('internal/errors');
const {
  validateAbortSignal, validateFunction, validateInteger, validateInt32, validateObject, validateBoolean, validateUint32,
} = require('internal/validators');
const { kEmptyObject } = require('internal/util');
const { isArrayBufferView, isUint8Array, isDate } = require('internal/util/types');
const { O_APPEND, O_CREAT, O_EXCL, O_RDONLY, O_RDWR, O_SYNC, O_TRUNC, O_WRONLY } = require('internal/fs/constants');

const kMaxUserId = 2 ** 32 - 1;
const kMaxPosition = 2n ** 63n - 1n;

function callbackOf(callback) {
  validateFunction(callback, 'cb');
  return callback;
}

/** The callback of one request to the system; hooks (async_hooks) hear of it. */
function requestOf(callback) {
  callbackOf(callback);
  return runtime.asyncTracker === undefined ? callback : runtime.asyncTracker.request('FSREQCALLBACK', callback);
}

function pathOf(path, name = 'path') {
  if (typeof path === 'string') {
    if (path.indexOf('\u0000') !== -1) refuseNull(name, path);
    return path;
  }
  if (isUint8Array(path)) {
    if (Uint8Array.prototype.includes.call(path, 0)) refuseNull(name, path);
    return path;
  }
  if (path !== null && typeof path === 'object' && path.href && path.protocol && path.auth === undefined &&
      path.path === undefined) {
    return pathOf(require('url').fileURLToPath(path), name);
  }
  throw new codes.ERR_INVALID_ARG_TYPE(name, ['string', 'Buffer', 'URL'], path);
}

function refuseNull(name, path) {
  throw new codes.ERR_INVALID_ARG_VALUE(name, path, 'must be a string, Uint8Array, or URL without null bytes');
}

function fdOf(fd, name = 'fd') {
  if (Object.is(fd, -0)) return 0;
  validateInt32(fd, name, 0);
  return fd;
}

const isFd = (path) => Number.isInteger(path) && path >= 0 && path <= 0x7fffffff;

function checkEncoding(encoding) {
  if (encoding && encoding !== 'buffer' && !Buffer.isEncoding(encoding)) {
    throw new codes.ERR_INVALID_ARG_VALUE('encoding', encoding, 'is invalid encoding');
  }
}

/** The options of a call: an object, an encoding, or none. */
function optionsOf(options, defaults = kEmptyObject) {
  if (options === null || options === undefined || typeof options === 'function') return defaults;
  if (typeof options === 'string') options = { ...defaults, encoding: options };
  else if (typeof options !== 'object') throw new codes.ERR_INVALID_ARG_TYPE('options', ['string', 'Object'], options);
  checkEncoding(options.encoding);
  if (options.signal !== undefined) validateAbortSignal(options.signal, 'options.signal');
  return options;
}

const kFlags = {
  '__proto__': null,
  'r': O_RDONLY, 'rs': O_RDONLY | O_SYNC, 'sr': O_RDONLY | O_SYNC,
  'r+': O_RDWR, 'rs+': O_RDWR | O_SYNC, 'sr+': O_RDWR | O_SYNC,
};
for (const [letter, bits] of [['w', O_TRUNC | O_CREAT], ['a', O_APPEND | O_CREAT]]) {
  for (const [plus, access] of [['', O_WRONLY], ['+', O_RDWR]]) {
    kFlags[letter + plus] = bits | access;
    kFlags[`${letter}x${plus}`] = kFlags[`x${letter}${plus}`] = bits | access | O_EXCL;
    if (letter === 'a') kFlags[`as${plus}`] = kFlags[`sa${plus}`] = bits | access | O_SYNC;
  }
}

function flagsOf(flags, name = 'flags') {
  if (typeof flags === 'number') {
    validateInt32(flags, name);
    return flags;
  }
  if (flags === null || flags === undefined) return O_RDONLY;
  const bits = kFlags[flags];
  if (bits === undefined) throw new codes.ERR_INVALID_ARG_VALUE(name, flags);
  return bits;
}

function accessModeOf(mode) {
  if (mode === null || mode === undefined) return 0;
  validateInteger(mode, 'mode', 0, 7);
  return mode;
}

function copyModeOf(mode) {
  if (mode === null || mode === undefined) return 0;
  validateInteger(mode, 'mode', 0, 7);
  return mode;
}

function ownerOf(id, name) {
  validateInteger(id, name, -1, kMaxUserId);
  return id;
}

/** Seconds since 1970 of a Date, a number or a numeric string. */
function toUnixTimestamp(time, name = 'time') {
  // eslint-disable-next-line eqeqeq
  if (typeof time === 'string' && +time == time) return +time;
  if (Number.isFinite(time)) return time < 0 ? Date.now() / 1000 : time;
  if (isDate(time)) return Date.prototype.getTime.call(time) / 1000;
  throw new codes.ERR_INVALID_ARG_TYPE(name, ['Date', 'Time in seconds'], time);
}

function checkReadRange(offset, length, size) {
  if (offset < 0) throw new codes.ERR_OUT_OF_RANGE('offset', '>= 0', offset);
  if (length < 0) throw new codes.ERR_OUT_OF_RANGE('length', '>= 0', length);
  if (offset + length > size) throw new codes.ERR_OUT_OF_RANGE('length', `<= ${size - offset}`, length);
}

function checkWriteRange(offset, length, size) {
  if (offset > size) throw new codes.ERR_OUT_OF_RANGE('offset', `<= ${size}`, offset);
  if (length > size - offset) throw new codes.ERR_OUT_OF_RANGE('length', `<= ${size - offset}`, length);
  if (length < 0) throw new codes.ERR_OUT_OF_RANGE('length', '>= 0', length);
  validateInt32(length, 'length', 0);
}

/** A position to read at; -1 is where the file stands. */
function positionOf(position, length, name = 'position') {
  if (position === null || position === undefined) return -1;
  if (typeof position === 'number') {
    validateInteger(position, name, -1);
  } else if (typeof position === 'bigint') {
    const last = kMaxPosition - BigInt(length);
    if (position < -1n || position > last) throw new codes.ERR_OUT_OF_RANGE(name, `>= -1 && <= ${last}`, position);
  } else {
    throw new codes.ERR_INVALID_ARG_TYPE(name, ['integer', 'bigint'], position);
  }
  return position;
}

function checkViews(buffers, name = 'buffers') {
  if (!Array.isArray(buffers)) throw new codes.ERR_INVALID_ARG_TYPE(name, 'ArrayBufferView[]', buffers);
  for (let i = 0; i < buffers.length; i++) {
    if (!isArrayBufferView(buffers[i])) throw new codes.ERR_INVALID_ARG_TYPE(name, 'ArrayBufferView[]', buffers);
  }
  return buffers;
}

/** Data to be written, as a view. */
function dataOf(data, encoding, name = 'data') {
  if (isArrayBufferView(data)) return data;
  checkWritableString(data, name);
  return Buffer.from(data, encoding || 'utf8');
}

function checkWritableString(data, name) {
  if (typeof data !== 'string') {
    throw new codes.ERR_INVALID_ARG_TYPE(name, ['string', 'Buffer', 'TypedArray', 'DataView'], data);
  }
}

/** The arguments of a read behind its descriptor, in each of their forms: `[buffer, offset, length, position]`. */
function readArguments(buffer, offset, length, position, given) {
  if (given < 3 || (offset !== null && typeof offset === 'object')) {
    // (options) or (buffer, options)
    let options = offset;
    if (given < 2 && !isArrayBufferView(buffer)) {
      options = buffer;
      if (options !== undefined && options !== null) validateObject(options, 'options');
      buffer = options?.buffer ?? Buffer.alloc(16384);
    } else if (options !== undefined && options !== null) {
      validateObject(options, 'options');
    }
    checkView(buffer);
    ({ offset = 0, length = buffer.byteLength - offset, position = null } = options ?? kEmptyObject);
  }
  checkView(buffer);
  if (offset === undefined || offset === null) offset = 0;
  else validateInteger(offset, 'offset', 0);
  if (length === undefined) length = buffer.byteLength - offset;
  length |= 0;
  if (length !== 0) {
    if (buffer.byteLength === 0) {
      throw new codes.ERR_INVALID_ARG_VALUE('buffer', buffer, 'is empty and cannot be written');
    }
    checkReadRange(offset, length, buffer.byteLength);
    position = positionOf(position, length);
  }
  return [buffer, offset, length, position];
}

function checkView(buffer) {
  if (!isArrayBufferView(buffer)) {
    throw new codes.ERR_INVALID_ARG_TYPE('buffer', ['Buffer', 'TypedArray', 'DataView'], buffer);
  }
}

function rmOptionsOf(options) {
  const defaults = { force: false, recursive: false, maxRetries: 0, retryDelay: 100 };
  if (options === undefined) return defaults;
  validateObject(options, 'options');
  options = { ...defaults, ...options };
  validateBoolean(options.force, 'options.force');
  validateBoolean(options.recursive, 'options.recursive');
  validateInt32(options.retryDelay, 'options.retryDelay', 0);
  validateUint32(options.maxRetries, 'options.maxRetries');
  return options;
}

function isDirectoryError(path) {
  const { EISDIR } = require('os').constants.errno;
  return new codes.ERR_FS_EISDIR({ code: 'EISDIR', message: 'is a directory', path, syscall: 'rm', errno: EISDIR });
}

/** A name as the caller's encoding has it; the binding gives bytes unless that is UTF-8. */
const wantsBytes = (encoding) => !!encoding && encoding !== 'utf8' && encoding !== 'utf-8';
const encodeName = (name, encoding) =>
  (typeof name === 'string' || encoding === 'buffer' ? name : name.toString(encoding));

module.exports = {
  accessModeOf, callbackOf, checkView, checkViews, checkWritableString, checkWriteRange, copyModeOf, dataOf, encodeName, fdOf,
  flagsOf, isDirectoryError, isFd, optionsOf, ownerOf, pathOf, positionOf, readArguments, requestOf, rmOptionsOf, toUnixTimestamp,
  wantsBytes,
};
