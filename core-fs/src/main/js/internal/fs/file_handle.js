'use strict';
// FileHandle: a descriptor with promises.
const { Buffer } = require('buffer');
const EventEmitter = require('events');
const { AbortError, codes } = require('internal/errors');
const { kEmptyObject } = require('internal/util');
const { isArrayBufferView } = require('internal/util/types');
const { parseFileMode, validateBoolean, validateEncoding, validateInteger, validateObject } = require('internal/validators');
const {
  checkView, checkViews, checkWritableString, checkWriteRange, optionsOf, ownerOf, positionOf, readArguments, toUnixTimestamp,
} = require('internal/fs/arguments');
const { kPack, kTransfer, kUnpack } = require('internal/symbols');
const { statsOf } = require('internal/fs/stats');
const { kClosing, kFd, kHandleIsFor, kLocked, kRef, kRefs, kUnref } = require('internal/fs/file_handle_symbols');

const kPiece = 512 * 1024;

/** A binding's call as a promise. */
const call = (method, ...values) => new Promise((resolve, reject) => {
  method(...values, (error, result) => {
    if (error) reject(error);
    else resolve(result);
  });
});

class FileHandle extends EventEmitter {
  constructor(fd) {
    super();
    this[kFd] = fd ?? -1;
    this[kRefs] = 1;
    this[kClosing] = null;
    this.close = () => closeHandle(this);
  }

  getAsyncId() {
    return -1;
  }

  get fd() {
    return this[kFd];
  }

  appendFile(data, options) {
    return onHandle(appendFile, this, data, options);
  }

  chmod(mode) {
    return onHandle(fchmod, this, mode);
  }

  chown(uid, gid) {
    return onHandle(fchown, this, uid, gid);
  }

  datasync() {
    return onHandle(fdatasync, this);
  }

  sync() {
    return onHandle(fsync, this);
  }

  read(buffer, offset, length, position) {
    return onHandle(read, this, buffer, offset, length, position);
  }

  readv(buffers, position) {
    return onHandle(readv, this, buffers, position);
  }

  readFile(options) {
    return onHandle(readFile, this, options);
  }

  readLines(options = undefined) {
    return require('readline').createInterface({ input: this.createReadStream(options), crlfDelay: Infinity });
  }

  stat(options) {
    return onHandle(fstat, this, options);
  }

  truncate(len = 0) {
    return onHandle(ftruncate, this, len);
  }

  utimes(atime, mtime) {
    return onHandle(futimes, this, atime, mtime);
  }

  write(buffer, offset, length, position) {
    return onHandle(write, this, buffer, offset, length, position);
  }

  writev(buffers, position) {
    return onHandle(writev, this, buffers, position);
  }

  writeFile(data, options) {
    return onHandle(writeFile, this, data, options);
  }

  readableWebStream(options = kEmptyObject) {
    return webStreamOf(this, options);
  }

  createReadStream(options = undefined) {
    const { ReadStream } = require('internal/fs/streams');
    return new ReadStream(undefined, { ...options, fd: this });
  }

  createWriteStream(options = undefined) {
    const { WriteStream } = require('internal/fs/streams');
    return new WriteStream(undefined, { ...options, fd: this });
  }

  async [Symbol.asyncDispose]() {
    return this.close();
  }
}

for (const name of ['createReadStream', 'createWriteStream', 'readLines', 'truncate']) {
  Object.defineProperty(FileHandle.prototype[name], 'length', { value: 0 });
}
for (const [name, value] of [
  [kHandleIsFor, true],
  [kRef, function() { this[kRefs]++; }],
  [kUnref, function() {
    this[kRefs]--;
    if (this[kRefs] === 0) {
      const waiting = this[kClosing];
      const closed = closeNow(this);
      if (waiting?.settle) closed.then(waiting.settle[0], waiting.settle[1]);
    }
  }],
  [kTransfer, function() { return new FileHandle(release(this)); }],
  // To another thread it goes as its descriptor, which is gone from here when the message is.
  [kPack, function() {
    refuseBusy(this);
    return { id: 'internal/fs/file_handle', name: 'FileHandle', data: this[kFd], moved: () => release(this) };
  }],
]) {
  Object.defineProperty(FileHandle.prototype, name, { value });
}
Object.defineProperty(FileHandle, kUnpack, { value: (fd) => new FileHandle(fd) });

function refuseBusy(handle) {
  if (handle[kFd] === -1 || handle[kClosing] || handle[kRefs] > 1 || handle[kLocked]) {
    throw new DOMException('Cannot transfer FileHandle while in use', 'DataCloneError');
  }
}

/** Gives the descriptor away. */
function release(handle) {
  refuseBusy(handle);
  const fd = handle[kFd];
  handle[kFd] = -1;
  return fd;
}

/** Closes the handle when the last call on it has ended. */
function closeHandle(handle) {
  if (handle[kFd] === -1) return Promise.resolve();
  if (handle[kClosing]) return handle[kClosing].promise;
  handle[kRefs]--;
  if (handle[kRefs] === 0) {
    handle.emit('close');
    return closeNow(handle);
  }
  const { promise, resolve, reject } = withResolvers();
  handle[kClosing] = { promise, settle: [resolve, reject] };
  handle.emit('close');
  return promise;
}

function withResolvers() {
  let resolve;
  let reject;
  const promise = new Promise((yes, no) => {
    resolve = yes;
    reject = no;
  });
  return { promise, resolve, reject };
}

function closeNow(handle) {
  const fd = handle[kFd];
  handle[kFd] = -1;
  const promise = call(binding.close, fd).finally(() => {
    handle[kClosing] = null;
  });
  handle[kClosing] ??= { promise };
  return promise;
}

/** Runs `method` with the handle kept open. */
async function onHandle(method, handle, ...values) {
  if (handle?.[kRefs] === undefined) {
    throw new codes.ERR_INTERNAL_ASSERTION('handle must be an instance of FileHandle');
  }
  if (handle.fd === -1) {
    const error = new Error('file closed');
    error.code = 'EBADF';
    error.syscall = method.name;
    throw error;
  }
  handle[kRef]();
  try {
    return await method(handle, ...values);
  } finally {
    handle[kUnref]();
  }
}

async function read(handle, buffer, offset, length, position) {
  if (isArrayBufferView(buffer)) {
    if (offset !== null && typeof offset === 'object') {
      ({ offset = 0, length = buffer.byteLength - offset, position = null } = offset);
    }
  } else {
    if (buffer !== undefined && buffer !== null) validateObject(buffer, 'options');
    ({ buffer = Buffer.alloc(16384), offset = 0, length = buffer?.byteLength - offset, position = null } = buffer ?? kEmptyObject);
  }
  checkView(buffer);
  if (offset === null || offset === undefined) offset = 0;
  const parts = readArguments(buffer, offset, length ?? buffer.byteLength - offset, position, 5);
  if (parts[2] === 0) return { __proto__: null, bytesRead: 0, buffer };
  const bytesRead = (await call(binding.read, handle.fd, buffer, parts[1], parts[2], parts[3])) || 0;
  return { __proto__: null, bytesRead, buffer };
}

/** The binding takes its callback before the buffers of readv and writev. */
const callVector = (method, fd, position, buffers) => new Promise((resolve, reject) => {
  method(fd, typeof position === 'number' ? position : -1, (error, count) => {
    if (error) reject(error);
    else resolve(count);
  }, ...buffers);
});

async function readv(handle, buffers, position) {
  checkViews(buffers);
  const bytesRead = (await callVector(binding.readv, handle.fd, position, buffers)) || 0;
  return { __proto__: null, bytesRead, buffers };
}

async function write(handle, buffer, offset, length, position) {
  if (buffer?.byteLength === 0) return { __proto__: null, bytesWritten: 0, buffer };
  let data = buffer;
  if (isArrayBufferView(buffer)) {
    if (typeof offset === 'object') {
      ({ offset = 0, length = buffer.byteLength - offset, position = null } = offset ?? kEmptyObject);
    }
    if (offset === null || offset === undefined) offset = 0;
    else validateInteger(offset, 'offset', 0);
    if (typeof length !== 'number') length = buffer.byteLength - offset;
    checkWriteRange(offset, length, buffer.byteLength);
  } else {
    checkWritableString(buffer, 'buffer');
    validateEncoding(buffer, length);
    data = Buffer.from(buffer, length);
    position = offset;
    offset = 0;
    length = data.length;
  }
  const at = typeof position === 'number' ? position : -1;
  const bytesWritten = (await call(binding.write, handle.fd, data, offset, length, at)) || 0;
  return { __proto__: null, bytesWritten, buffer };
}

async function writev(handle, buffers, position) {
  checkViews(buffers);
  if (buffers.length === 0) return { __proto__: null, bytesWritten: 0, buffers };
  const bytesWritten = (await callVector(binding.writev, handle.fd, position, buffers)) || 0;
  return { __proto__: null, bytesWritten, buffers };
}

function throwIfAborted(signal) {
  if (signal?.aborted) throw new AbortError(undefined, { cause: signal.reason });
}

async function readFile(handle, options) {
  options = optionsOf(options, { flag: 'r' });
  const { encoding, signal } = options;
  throwIfAborted(signal);
  const text = encoding === 'utf8' || encoding === 'utf-8';
  const bytes = await call(binding.readFile, handle.fd, 0, text);
  throwIfAborted(signal);
  return typeof bytes === 'string' || !encoding || encoding === 'buffer' ? bytes : bytes.toString(encoding);
}

const isIterable = (value) => value !== null && value !== undefined && typeof value !== 'string' && !isArrayBufferView(value) &&
  (typeof value[Symbol.asyncIterator] === 'function' || typeof value[Symbol.iterator] === 'function');

async function writeFile(handle, data, options) {
  options = optionsOf(options, { encoding: 'utf8', mode: 0o666, flag: 'w', flush: false });
  await writeData(handle.fd, data, options.encoding, options.signal);
}

function appendFile(handle, data, options) {
  return writeFile(handle, data, options);
}

/** Writes a view, a string or what an iterable gives, piece by piece so that a signal can end it. */
async function writeData(fd, data, encoding, signal) {
  throwIfAborted(signal);
  if (isIterable(data)) {
    for await (const piece of data) {
      throwIfAborted(signal);
      const bytes = isArrayBufferView(piece) ? piece : Buffer.from(piece, encoding || 'utf8');
      await call(binding.writeFile, fd, bytes, 0, 0, false);
      throwIfAborted(signal);
    }
    return;
  }
  if (!isArrayBufferView(data)) {
    checkWritableString(data, 'data');
    data = Buffer.from(data, encoding || 'utf8');
  }
  if (signal === undefined) {
    await call(binding.writeFile, fd, data, 0, 0, false);
    return;
  }
  const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  let at = 0;
  do {
    throwIfAborted(signal);
    await call(binding.writeFile, fd, bytes.subarray(at, at + kPiece), 0, 0, false);
    at += kPiece;
  } while (at < bytes.length);
  throwIfAborted(signal);
}

async function fchmod(handle, mode) {
  mode = parseFileMode(mode, 'mode');
  await call(binding.fchmod, handle.fd, mode);
}

async function fchown(handle, uid, gid) {
  await call(binding.fchown, handle.fd, ownerOf(uid, 'uid'), ownerOf(gid, 'gid'));
}

async function fdatasync(handle) {
  await call(binding.fdatasync, handle.fd);
}

async function fsync(handle) {
  await call(binding.fsync, handle.fd);
}

async function fstat(handle, options) {
  return statsOf(await call(binding.fstat, handle.fd, options?.bigint === true));
}

async function ftruncate(handle, length = 0) {
  validateInteger(length, 'len');
  await call(binding.ftruncate, handle.fd, Math.max(0, length));
}

async function futimes(handle, atime, mtime) {
  await call(binding.futimes, handle.fd, toUnixTimestamp(atime, 'atime'), toUnixTimestamp(mtime, 'mtime'));
}

function webStreamOf(handle, options) {
  if (handle.fd === -1) throw new codes.ERR_INVALID_STATE('The FileHandle is closed');
  if (handle[kClosing]) throw new codes.ERR_INVALID_STATE('The FileHandle is closing');
  if (handle[kLocked]) throw new codes.ERR_INVALID_STATE('The FileHandle is locked');
  validateObject(options, 'options');
  const { autoClose = false, type = 'bytes' } = options;
  validateBoolean(autoClose, 'options.autoClose');
  if (type !== 'bytes') {
    process.emitWarning('A non-"bytes" options.type has no effect. A byte-oriented steam is always created.', 'ExperimentalWarning');
  }
  Object.defineProperty(handle, kLocked, { value: true, configurable: true });
  const { ReadableStream } = require('stream/web');
  const finish = async () => {
    handle.removeListener('close', onClose);
    handle[kUnref]();
    if (autoClose) await handle.close();
  };
  let controllerOfStream;
  const onClose = () => controllerOfStream.error(new AbortError());
  const stream = new ReadableStream({
    type: 'bytes',
    autoAllocateChunkSize: 16384,
    start(controller) {
      controllerOfStream = controller;
    },
    async pull(controller) {
      const view = controller.byobRequest.view;
      const { bytesRead } = await handle.read(view, view.byteOffset, view.byteLength);
      if (bytesRead === 0) {
        controller.close();
        await finish();
      }
      controller.byobRequest.respond(bytesRead);
    },
    cancel: finish,
  });
  handle[kRef]();
  handle.once('close', onClose);
  return stream;
}

module.exports = { FileHandle, call, isIterable, onHandle, throwIfAborted, writeData, readFile, writeFile };
