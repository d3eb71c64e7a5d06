'use strict';
// ReadStream and WriteStream: functions, so that they can be called without `new` and inherited from as in Node.js.
const { Buffer } = require('buffer');
const { Readable, Writable, finished } = require('stream');
const { codes, aggregateTwoErrors } = require('internal/errors');
const { stateSymbol } = require('internal/symbols');
const { validateBoolean, validateFunction, validateInteger } = require('internal/validators');
const { fdOf, optionsOf, pathOf } = require('internal/fs/arguments');
const defaultFs = require('internal/runtime').requireBuiltin('fs'); // as users have it, with what they replaced in it

const kFs = stateSymbol('fs.stream.fs');
const kHandle = stateSymbol('fs.stream.handle');
const kBusy = stateSymbol('fs.stream.busy');
const kIdle = stateSymbol('fs.stream.idle');
const { kHandleIsFor, kRef, kUnref } = require('internal/fs/file_handle_symbols');

/** The calls of a FileHandle in the shape of fs's. */
function operationsOf(handle) {
  const settle = (promise, callback, name) => promise.then(
    (result) => process.nextTick(callback, null, name ? result[name] : undefined, result?.buffer ?? result?.buffers),
    (error) => process.nextTick(callback, error));
  return {
    open() { throw new codes.ERR_METHOD_NOT_IMPLEMENTED('open()'); },
    close(fd, callback) {
      handle[kUnref]();
      settle(handle.close(), callback);
    },
    fsync(fd, callback) { settle(handle.sync(), callback); },
    read(fd, buffer, offset, length, position, callback) {
      settle(handle.read(buffer, offset, length, position), callback, 'bytesRead');
    },
    write(fd, buffer, offset, length, position, callback) {
      settle(handle.write(buffer, offset, length, position), callback, 'bytesWritten');
    },
    writev(fd, buffers, position, callback) { settle(handle.writev(buffers, position), callback, 'bytesWritten'); },
  };
}

/** Takes over what `options` says of the file: the calls to use, and a descriptor if there is one already. */
function attach(stream, options) {
  const { fd, fs } = options;
  if (fd === undefined || fd === null) {
    stream[kFs] = fs || defaultFs;
    return null;
  }
  if (typeof fd === 'number') {
    stream[kFs] = fs || defaultFs;
    return fdOf(fd);
  }
  if (typeof fd === 'object' && fd[kHandleIsFor] === true) {
    if (fs) throw new codes.ERR_METHOD_NOT_IMPLEMENTED('FileHandle with fs');
    stream[kHandle] = fd;
    stream[kFs] = operationsOf(fd);
    fd[kRef]();
    fd.on('close', stream.close.bind(stream));
    return fdOf(fd.fd);
  }
  throw new codes.ERR_INVALID_ARG_TYPE('options.fd', ['number', 'FileHandle'], fd);
}

function checkOverrides(fs, names) {
  for (const name of names) validateFunction(fs[name], `options.fs.${name}`);
}

function construct(callback) {
  const stream = this;
  if (typeof stream.fd === 'number') {
    callback();
    return;
  }
  if (typeof stream.open === 'function') {
    constructByOpen(stream, callback);
    return;
  }
  stream[kFs].open(stream.path, stream.flags, stream.mode, (error, fd) => {
    if (error) {
      callback(error);
      return;
    }
    stream.fd = fd;
    callback();
    stream.emit('open', stream.fd);
    stream.emit('ready');
  });
}

/** A subclass of old has its own open(), which sets `fd` and emits 'open' or 'error': wait for that. */
function constructByOpen(stream, callback) {
  const { emit } = stream;
  stream.emit = function(event, value) {
    if (event === 'open') {
      stream.emit = emit;
      callback();
      return emit.apply(stream, arguments);
    }
    if (event === 'error') {
      stream.emit = emit;
      callback(value);
      return true;
    }
    return emit.apply(stream, arguments);
  };
  stream.open();
}

/** Closes the descriptor when no call is under way on it. */
function closeWhenIdle(stream, error, callback) {
  if (stream[kBusy]) stream.once(kIdle, (late) => close(stream, error || late, callback));
  else close(stream, error, callback);
}

function close(stream, error, callback) {
  stream[kFs].close(stream.fd, (closeError) => callback(closeError || error));
  stream.fd = null;
}

function isAbsent(stream) {
  return stream.fd === null || stream.fd === undefined;
}

function setBusy(stream, busy) {
  stream[kBusy] = busy;
}

function rangeOf(stream, options) {
  stream.start = options.start;
  if (stream.start !== undefined) validateInteger(stream.start, 'start', 0);
}

// ReadStream

function ReadStream(path, options) {
  if (!(this instanceof ReadStream)) return new ReadStream(path, options);
  options = { ...optionsOf(options) };
  if (options.highWaterMark === undefined) options.highWaterMark = 64 * 1024;
  if (options.autoDestroy === undefined) options.autoDestroy = false;
  const fd = attach(this, options);
  this.fd = fd;
  if (fd === null) {
    this.path = pathOf(path);
    this.flags = options.flags === undefined ? 'r' : options.flags;
    this.mode = options.mode === undefined ? 0o666 : options.mode;
    if (options.fs) checkOverrides(options.fs, ['open']);
  } else if (typeof options.fd === 'number' && path) {
    this.path = typeof path === 'string' ? path : pathOf(path);
  }
  options.autoDestroy = options.autoClose === undefined ? true : options.autoClose;
  if (options.fs) checkOverrides(options.fs, options.autoDestroy ? ['read', 'close'] : ['read']);
  this.start = undefined;
  this.end = options.end ?? Infinity;
  rangeOf(this, options);
  this.pos = this.start;
  this.bytesRead = 0;
  Object.defineProperty(this, kBusy, { value: false, writable: true });
  if (this.end !== Infinity) {
    validateInteger(this.end, 'end', 0);
    if (this.start !== undefined && this.start > this.end) {
      throw new codes.ERR_OUT_OF_RANGE('start', `<= "end" (here: ${this.end})`, this.start);
    }
  }
  Readable.call(this, options);
  if (options.encoding) this.setEncoding(options.encoding);
}
Object.setPrototypeOf(ReadStream.prototype, Readable.prototype);
Object.setPrototypeOf(ReadStream, Readable);

const autoClose = (state) => ({
  get() { return this[state].autoDestroy; },
  set(value) { this[state].autoDestroy = value; },
});

Object.defineProperty(ReadStream.prototype, 'autoClose', autoClose('_readableState'));
ReadStream.prototype._construct = construct;

ReadStream.prototype._read = function(size) {
  const left = this.end - (this.pos !== undefined ? this.pos : this.bytesRead) + 1;
  if (left < size) size = left;
  if (size <= 0) {
    this.push(null);
    return;
  }
  const buffer = Buffer.allocUnsafeSlow(size);
  setBusy(this, true);
  this[kFs].read(this.fd, buffer, 0, size, this.pos, (error, bytesRead, filled) => {
    setBusy(this, false);
    if (this.destroyed) {
      this.emit(kIdle, error);
      return;
    }
    if (error) {
      if (this.autoClose) this.destroy(error);
      else this.emit('error', error);
      return;
    }
    if (bytesRead > 0) {
      if (this.pos !== undefined) this.pos += bytesRead;
      this.bytesRead += bytesRead;
      if (filled === undefined) filled = buffer;
      if (bytesRead !== filled.length) {
        // A short piece must not hold on to a whole chunk.
        filled = Buffer.from(filled.subarray(0, bytesRead));
      }
      this.push(filled);
    } else {
      this.push(null);
    }
  });
};

ReadStream.prototype._destroy = function(error, callback) {
  if (isAbsent(this)) callback(error);
  else closeWhenIdle(this, error, callback);
};

ReadStream.prototype.close = function(callback) {
  if (typeof callback === 'function') finished(this, callback);
  this.destroy();
};

const pending = { get() { return this.fd === null; }, configurable: true };
Object.defineProperty(ReadStream.prototype, 'pending', pending);

// WriteStream

function WriteStream(path, options) {
  if (!(this instanceof WriteStream)) return new WriteStream(path, options);
  options = { ...optionsOf(options) };
  options.decodeStrings = true;
  const fd = attach(this, options);
  this.fd = fd;
  if (fd === null) {
    this.path = pathOf(path);
    this.flags = options.flags === undefined ? 'w' : options.flags;
    this.mode = options.mode === undefined ? 0o666 : options.mode;
    if (options.fs) checkOverrides(options.fs, ['open']);
  } else if (typeof options.fd === 'number' && path) {
    this.path = typeof path === 'string' ? path : pathOf(path);
  }
  options.autoDestroy = options.autoClose === undefined ? true : options.autoClose;
  const { fs } = options;
  if (fs) {
    if (!fs.write && !fs.writev) {
      throw new codes.ERR_INVALID_ARG_TYPE('options.fs.write', 'function', fs.write);
    }
    checkOverrides(fs, ['write', 'writev'].filter((name) => fs[name]));
    if (options.autoDestroy) checkOverrides(fs, ['close']);
    // Without one of them, the stream has to make do with the other.
    if (!fs.writev) this._writev = null;
    if (!fs.write) this._write = writeByWritev;
  }
  this.flush = options.flush ?? false;
  validateBoolean(this.flush, 'options.flush');
  if (this.flush && fs) checkOverrides(fs, ['fsync']);
  rangeOf(this, options);
  this.pos = this.start;
  this.bytesWritten = 0;
  Object.defineProperty(this, kBusy, { value: false, writable: true });
  Writable.call(this, options);
  if (options.encoding) this.setDefaultEncoding(options.encoding);
}
Object.setPrototypeOf(WriteStream.prototype, Writable.prototype);
Object.setPrototypeOf(WriteStream, Writable);

Object.defineProperty(WriteStream.prototype, 'autoClose', autoClose('_writableState'));
WriteStream.prototype._construct = construct;

const kRetries = 5;

/** Writes all of `buffer`: the system may take a part of it, or ask to be called again. */
function writeAll(stream, buffer, position, callback, retries = 0) {
  stream[kFs].write(stream.fd, buffer, 0, buffer.length, position, (error, written, given) => {
    if (error?.code === 'EAGAIN') {
      error = null;
      written = 0;
    }
    if (stream.destroyed || error) return callback(error || new codes.ERR_STREAM_DESTROYED('write'));
    stream.bytesWritten += written;
    retries = written ? 0 : retries + 1;
    if (retries > kRetries) return callback(new Error('writev failed'));
    if (written < buffer.length) {
      writeAll(stream, buffer.subarray(written), position === undefined ? position : position + written, callback, retries);
    } else {
      callback();
    }
  });
}

function afterWrite(stream, callback) {
  return (error) => {
    setBusy(stream, false);
    if (stream.destroyed) {
      // The stream hears of it when the descriptor is closed.
      callback(error);
      stream.emit(kIdle, error);
      return;
    }
    callback(error);
  };
}

WriteStream.prototype._write = function(data, encoding, callback) {
  setBusy(this, true);
  writeAll(this, data, this.pos, afterWrite(this, callback));
  if (this.pos !== undefined) this.pos += data.length;
};

function writeByWritev(data, encoding, callback) {
  this._writev([{ chunk: data }], callback);
}

function writevAll(stream, chunks, size, position, callback, retries = 0) {
  stream[kFs].writev(stream.fd, chunks, position ?? null, (error, written, buffers) => {
    if (error?.code === 'EAGAIN') {
      error = null;
      written = 0;
    }
    if (stream.destroyed || error) return callback(error || new codes.ERR_STREAM_DESTROYED('writev'));
    stream.bytesWritten += written;
    if (written >= size) return callback();
    retries = written ? 0 : retries + 1;
    if (retries > kRetries) return callback(new Error('writev failed'));
    writevAll(stream, [Buffer.concat(chunks).subarray(written)], size - written,
              position === undefined ? position : position + written, callback, retries);
  });
}

WriteStream.prototype._writev = function(data, callback) {
  const chunks = new Array(data.length);
  let size = 0;
  for (let i = 0; i < data.length; i++) {
    chunks[i] = data[i].chunk;
    size += chunks[i].length;
  }
  setBusy(this, true);
  writevAll(this, chunks, size, this.pos, afterWrite(this, callback));
  if (this.pos !== undefined) this.pos += size;
};

WriteStream.prototype._destroy = function(error, callback) {
  if (isAbsent(this)) {
    callback(error);
  } else if (this.flush && !error) {
    flushAndClose(this, callback);
  } else {
    closeWhenIdle(this, error, callback);
  }
};

function flushAndClose(stream, callback) {
  const flush = () => stream[kFs].fsync(stream.fd, (error) => {
    if (!error) return close(stream, null, callback);
    close(stream, error, (closeError) => callback(closeError === error ? error : aggregateTwoErrors(closeError, error)));
  });
  if (stream[kBusy]) stream.once(kIdle, flush);
  else flush();
}

WriteStream.prototype.close = function(callback) {
  if (callback) {
    if (this.closed) {
      process.nextTick(callback);
      return;
    }
    this.on('close', callback);
  }
  // Without autoClose 'finish' does not destroy the stream, so that 'close' would never come.
  if (!this.autoClose) this.on('finish', this.destroy);
  // Not destroySoon: an instance may have made that call this.
  this.end();
};

WriteStream.prototype.destroySoon = WriteStream.prototype.end;
Object.defineProperty(WriteStream.prototype, 'pending', pending);

module.exports = { ReadStream, WriteStream };
