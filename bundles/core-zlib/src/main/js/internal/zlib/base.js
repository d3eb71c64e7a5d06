'use strict';

// What all compression streams have in common: a Transform around a codec that takes input and fills output buffers, on
// the worker pool or, for the Sync forms, here.

const { Buffer, kMaxLength } = require('buffer');
const {
  codes: { ERR_BUFFER_TOO_LARGE, ERR_OUT_OF_RANGE, ERR_TRAILING_JUNK_AFTER_STREAM_END },
} = require('internal/errors');
const { stateSymbol } = require('internal/symbols');
const { checkRangesOrGetDefault, validateNumber } = require('internal/validators');
const { Transform, finished } = require('stream');
const { constants } = require('internal/zlib/constants');

const {
  Z_NO_FLUSH, Z_BLOCK, Z_FINISH, Z_FULL_FLUSH, Z_PARTIAL_FLUSH, Z_SYNC_FLUSH, Z_DEFAULT_CHUNK, Z_MIN_CHUNK,
} = constants;

const kFlushFlag = stateSymbol('zlib.flushFlag');
const kError = stateSymbol('zlib.error');

// Each family's flush values with their limits. `order` ranks zlib's, whose numbers are not in order of strength.
const flushKinds = {
  zlib: {
    flush: Z_NO_FLUSH, finishFlush: Z_FINISH, fullFlush: Z_FULL_FLUSH, min: Z_NO_FLUSH, max: Z_BLOCK,
    order: [Z_NO_FLUSH, Z_BLOCK, Z_PARTIAL_FLUSH, Z_SYNC_FLUSH, Z_FULL_FLUSH, Z_FINISH],
  },
  brotli: {
    flush: constants.BROTLI_OPERATION_PROCESS,
    finishFlush: constants.BROTLI_OPERATION_FINISH,
    fullFlush: constants.BROTLI_OPERATION_FLUSH,
    min: constants.BROTLI_OPERATION_PROCESS,
    max: constants.BROTLI_OPERATION_EMIT_METADATA,
    order: [0, 3, 1, 2],
  },
  zstd: {
    flush: constants.ZSTD_e_continue,
    finishFlush: constants.ZSTD_e_end,
    fullFlush: constants.ZSTD_e_flush,
    min: constants.ZSTD_e_continue,
    max: constants.ZSTD_e_end,
    order: [0, 1, 2],
  },
};

// Writes without data that ask for a flush; they go through the queue of the stream like any other.
const flushMarks = [];
function flushMark(flag) {
  if (flushMarks[flag] === undefined) {
    const mark = Buffer.alloc(0);
    mark[kFlushFlag] = flag;
    flushMarks[flag] = mark;
  }
  return flushMarks[flag];
}

/** A finite number, or undefined if it is left out. */
function checkFinite(number, name) {
  if (number === undefined || Number.isNaN(number)) return false;
  if (Number.isFinite(number)) return true;
  validateNumber(number, name);
  throw new ERR_OUT_OF_RANGE(name, 'a finite number', number);
}

/**
 * The base of all compression streams.
 *
 * @param kind 'zlib', 'brotli' or 'zstd'
 */
function ZlibBase(options, kind, handle) {
  const kinds = flushKinds[kind];
  let chunkSize = Z_DEFAULT_CHUNK;
  let maxOutputLength = kMaxLength;
  let { flush, finishFlush } = kinds;
  if (options) {
    if (checkFinite(options.chunkSize, 'options.chunkSize')) {
      ({ chunkSize } = options);
      if (chunkSize < Z_MIN_CHUNK) throw new ERR_OUT_OF_RANGE('options.chunkSize', `>= ${Z_MIN_CHUNK}`, chunkSize);
    }
    flush = checkRangesOrGetDefault(options.flush, 'options.flush', kinds.min, kinds.max, flush);
    finishFlush =
      checkRangesOrGetDefault(options.finishFlush, 'options.finishFlush', kinds.min, kinds.max, finishFlush);
    maxOutputLength =
      checkRangesOrGetDefault(options.maxOutputLength, 'options.maxOutputLength', 1, kMaxLength, kMaxLength);
    if (options.encoding || options.objectMode || options.writableObjectMode) {
      options = { ...options, encoding: null, objectMode: false, writableObjectMode: false };
    }
  }
  Transform.call(this, { autoDestroy: true, ...options });
  this.bytesWritten = 0;
  this._handle = handle;
  this._outBuffer = Buffer.allocUnsafe(chunkSize);
  this._outOffset = 0;
  this._chunkSize = chunkSize;
  this._defaultFlushFlag = flush;
  this._finishFlushFlag = finishFlush;
  this._defaultFullFlushFlag = kinds.fullFlush;
  this._flushOrder = kinds.order;
  this._info = options?.info;
  this._maxOutputLength = maxOutputLength;
  this._rejectGarbageAfterEnd = options?.rejectGarbageAfterEnd === true;
  this[kError] = null;
}
Object.setPrototypeOf(ZlibBase.prototype, Transform.prototype);
Object.setPrototypeOf(ZlibBase, Transform);

Object.defineProperty(ZlibBase.prototype, '_closed', {
  __proto__: null,
  configurable: true,
  enumerable: true,
  get() { return !this._handle; },
});

ZlibBase.prototype.reset = function() {
  if (!this._handle) require('assert')(false, 'zlib binding closed');
  return this._handle.reset();
};

/** What is left in the codec comes out with the end. */
ZlibBase.prototype._flush = function(callback) {
  this._transform(Buffer.alloc(0), '', callback);
};

/** Transform's own `_final` would flush before the last write's flag is known. */
ZlibBase.prototype._final = function(callback) {
  callback();
};

ZlibBase.prototype.flush = function(kind, callback) {
  if (typeof kind === 'function' || (kind === undefined && !callback)) {
    callback = kind;
    kind = this._defaultFullFlushFlag;
  }
  if (this.writableFinished) {
    if (callback) process.nextTick(callback);
  } else if (this.writableEnded) {
    if (callback) this.once('end', callback);
  } else {
    this.write(flushMark(kind), '', callback);
  }
};

ZlibBase.prototype.close = function(callback) {
  if (callback) finished(this, callback);
  this.destroy();
};

ZlibBase.prototype._destroy = function(error, callback) {
  closeHandle(this);
  callback(error);
};

ZlibBase.prototype._transform = function(chunk, encoding, callback) {
  let flag = this._defaultFlushFlag;
  if (typeof chunk[kFlushFlag] === 'number') {
    flag = chunk[kFlushFlag];
  } else if (this.writableEnded && this.writableLength === chunk.byteLength) {
    // The last one.
    const order = this._flushOrder;
    if (order.indexOf(this._finishFlushFlag) > order.indexOf(flag)) flag = this._finishFlushFlag;
  }
  processChunk(this, chunk, flag, callback);
};

/** With a callback like a write, without one a synchronous step that gives the output back. */
ZlibBase.prototype._processChunk = function(chunk, flushFlag, callback) {
  if (typeof callback === 'function') processChunk(this, chunk, flushFlag, callback);
  else return processChunkSync(this, chunk, flushFlag);
};

function closeHandle(stream) {
  if (stream._handle) {
    stream._handle.close();
    stream._handle = null;
  }
}

function codecError(message, errno, code) {
  const error = new Error(message);
  error.errno = errno;
  error.code = code;
  return error;
}

function nextOutBuffer(stream) {
  stream._outOffset = 0;
  stream._outBuffer = Buffer.allocUnsafe(stream._chunkSize);
}

/** Takes what a step has put into the output buffer; null if nothing. */
function takeOutput(stream, availableBefore, availableAfter) {
  const count = availableBefore - availableAfter;
  let output = null;
  if (count > 0) {
    output = stream._outBuffer.subarray(stream._outOffset, stream._outOffset + count);
    stream._outOffset += count;
  }
  if (availableAfter === 0 || stream._outOffset >= stream._chunkSize) nextOutBuffer(stream);
  return output;
}

function processChunk(stream, chunk, flushFlag, callback) {
  let { byteLength: inLeft } = chunk;
  let inOffset = 0;
  let available;

  function write() {
    const handle = stream._handle;
    if (!handle) {
      // Closed while the output waited to be read.
      callback();
      return;
    }
    available = stream._chunkSize - stream._outOffset;
    handle.write(flushFlag, chunk, inOffset, inLeft, stream._outBuffer, stream._outOffset, available, onStep);
  }

  function onStep(failure, result) {
    if (stream.destroyed) {
      callback();
      return;
    }
    if (failure) {
      stream.destroy(failure);
      return;
    }
    const availableAfter = result[0];
    const inLeftAfter = result[1];
    if (result.length > 2) {
      const error = codecError(result[4], result[2], result[3]);
      stream[kError] = error;
      stream.destroy(error);
      return;
    }
    const taken = inLeft - inLeftAfter;
    stream.bytesWritten += taken;
    inOffset += taken;
    inLeft = inLeftAfter;

    const output = takeOutput(stream, available, availableAfter);
    let hasRoom = true;
    if (output !== null) {
      hasRoom = stream.push(output);
      // A 'data' listener may have closed the stream.
      if (stream.destroyed) {
        callback();
        return;
      }
    }

    if (availableAfter === 0) {
      // More may come, also without further input.
      if (hasRoom) {
        write();
      } else {
        const read = stream._read;
        stream._read = (n) => {
          stream._read = read;
          write();
          stream._read(n);
        };
      }
      return;
    }
    if (inLeft > 0) {
      // Room for output, and still input that the codec did not want: it has come to its end.
      if (stream._rejectGarbageAfterEnd) {
        stream.destroy(new ERR_TRAILING_JUNK_AFTER_STREAM_END());
        return;
      }
      stream.push(null);
    }
    callback();
  }

  if (!stream._handle) process.nextTick(callback);
  else write();
}

function processChunkSync(stream, chunk, flushFlag) {
  const outputs = [];
  let total = 0;
  let inOffset = 0;
  let inLeft = chunk.byteLength;

  for (;;) {
    const available = stream._chunkSize - stream._outOffset;
    const result = stream._handle.write(
      flushFlag, chunk, inOffset, inLeft, stream._outBuffer, stream._outOffset, available);
    if (result.length > 2) {
      closeHandle(stream);
      throw codecError(result[4], result[2], result[3]);
    }
    const taken = inLeft - result[1];
    stream.bytesWritten += taken;
    inOffset += taken;
    inLeft = result[1];
    const output = takeOutput(stream, available, result[0]);
    if (output !== null) {
      outputs.push(output);
      total += output.byteLength;
      if (total > stream._maxOutputLength) {
        closeHandle(stream);
        throw new ERR_BUFFER_TOO_LARGE(stream._maxOutputLength);
      }
    }
    if (result[0] !== 0) break;
  }
  if (inLeft > 0 && stream._rejectGarbageAfterEnd) {
    closeHandle(stream);
    throw new ERR_TRAILING_JUNK_AFTER_STREAM_END();
  }
  closeHandle(stream);
  if (total === 0) return Buffer.alloc(0);
  return outputs.length === 1 ? outputs[0] : Buffer.concat(outputs, total);
}

module.exports = { ZlibBase, processChunkSync };
