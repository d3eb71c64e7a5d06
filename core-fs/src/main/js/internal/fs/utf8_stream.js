'use strict';
// Utf8Stream: text (or bytes) gathered into larger writes, synchronous if asked for: what loggers want.
const { Buffer } = require('buffer');
const EventEmitter = require('events');
const { dirname } = require('path');
const { clearInterval, setImmediate, setInterval, setTimeout } = require('timers');
const { codes } = require('internal/errors');
const { stateSymbol } = require('internal/symbols');
const { kEmptyObject } = require('internal/util');
const {
  validateBoolean, validateFunction, validateObject, validateOneOf, validateUint32,
} = require('internal/validators');
const { parseFileMode } = require('internal/validators');
const defaultFs = require('fs');

const kState = stateSymbol('fs.utf8Stream');
const kMaxWrite = 16 * 1024;
const kBusyMilliseconds = 100;

const isBusy = (error) => error.code === 'EAGAIN' || error.code === 'EBUSY';

function sleep() {
  binding.sleep(kBusyMilliseconds);
}

class Utf8Stream extends EventEmitter {
  constructor(options = kEmptyObject) {
    super();
    validateObject(options, 'options');
    let { fd } = options;
    const {
      dest, minLength = 0, maxLength = 0, maxWrite = kMaxWrite, periodicFlush = 0, sync = false, append = true, mkdir = false,
      retryEAGAIN = () => true, fsync = false, contentMode = 'utf8', mode, fs = defaultFs,
    } = options;
    fd ??= dest;
    if (typeof fd !== 'number' && typeof fd !== 'string' && dest === undefined) {
      throw new codes.ERR_INVALID_ARG_TYPE('fd', ['number', 'string'], fd);
    }
    validateUint32(minLength, 'options.minLength');
    validateUint32(maxLength, 'options.maxLength');
    validateUint32(maxWrite, 'options.maxWrite');
    validateUint32(periodicFlush, 'options.periodicFlush');
    validateBoolean(sync, 'options.sync');
    validateBoolean(append, 'options.append');
    validateBoolean(mkdir, 'options.mkdir');
    validateBoolean(fsync, 'options.fsync');
    validateFunction(retryEAGAIN, 'options.retryEAGAIN');
    validateObject(fs, 'options.fs');
    validateOneOf(contentMode, 'options.contentMode', ['buffer', 'utf8']);
    if (mode !== undefined) parseFileMode(mode, 'mode');
    if (minLength >= maxWrite) {
      throw new codes.ERR_INVALID_ARG_VALUE('minLength', minLength, `should be smaller than maxWrite (${maxWrite})`);
    }
    Object.defineProperty(this, kState, {
      value: {
        fs: { __proto__: defaultFs, ...fs }, fd: -1, file: null, mode, minLength, maxLength, maxWrite, periodicFlush, sync, append,
        mkdir, retryEAGAIN, fsync, contentMode, timer: null,
        // What waits to be written, the first of it perhaps under way; its length in all.
        queue: [], length: 0,
        opening: false, reopening: false, writing: false, ending: false, destroyed: false, flushing: false, drainScheduled: false, failed: false,
      },
    });
    if (typeof fd === 'number') {
      this[kState].fd = fd;
      process.nextTick(() => this.emit('ready'));
    } else {
      openFile(this, String(fd));
    }
    if (periodicFlush > 0) {
      this[kState].timer = setInterval(() => this.flush(() => {}), periodicFlush).unref();
    }
  }

  write(data) {
    const state = this[kState];
    checkAlive(state);
    if (state.contentMode === 'utf8') {
      if (typeof data !== 'string') throw new codes.ERR_INVALID_ARG_TYPE('data', 'string', data);
    } else if (!Buffer.isBuffer(data)) {
      throw new codes.ERR_INVALID_ARG_TYPE('data', 'Buffer', data);
    }
    const limit = Math.max(state.minLength, kMaxWrite + 3);
    const length = state.length + data.length;
    if (state.maxLength > 0 && length > state.maxLength) {
      this.emit('drop', data);
      return state.length < limit;
    }
    append(state, data);
    state.length = length;
    if (!state.writing && length >= state.minLength) writeNext(this);
    return state.length < limit;
  }

  flush(callback) {
    if (callback !== undefined) validateFunction(callback, 'cb');
    const state = this[kState];
    if (state.destroyed) {
      const error = new codes.ERR_INVALID_STATE('Utf8Stream is destroyed');
      if (callback === undefined) throw error;
      callback(error);
      return;
    }
    if (state.minLength <= 0) {
      if (callback) process.nextTick(callback);
      return;
    }
    if (callback) afterDrain(this, callback);
    if (state.opening) {
      state.flushing = true;
    } else if (!state.writing) {
      if (state.length > 0) writeNext(this);
      else scheduleDrain(this);
    } else {
      state.flushing = true;
    }
  }

  flushSync() {
    const state = this[kState];
    checkAlive(state);
    if (state.fd < 0) throw new codes.ERR_INVALID_STATE('Invalid file descriptor');
    // What is under way asynchronously stays at the head.
    const first = state.writing && !state.sync ? 1 : 0;
    while (state.queue.length > first) {
      const piece = state.queue[first];
      let written;
      try {
        written = state.fs.writeSync(state.fd, piece, ...(typeof piece === 'string' ? ['utf8'] : []));
      } catch (error) {
        if (!isBusy(error) || !state.retryEAGAIN(error, piece.length, state.length - piece.length)) throw error;
        sleep();
        continue;
      }
      advance(state, first, written);
    }
    try {
      state.fs.fsyncSync(state.fd);
    } catch {
      // Not every descriptor can be flushed.
    }
  }

  reopen(file) {
    const state = this[kState];
    checkAlive(state);
    if (state.opening) {
      this.once('ready', () => this.reopen(file));
      return;
    }
    if (state.ending) return;
    if (!state.file) {
      throw new codes.ERR_INVALID_STATE('Unable to reopen a file descriptor, you must pass a file to Utf8Stream');
    }
    if (file) state.file = file;
    state.reopening = true;
    if (!state.writing) reopenNow(this);
  }

  end() {
    const state = this[kState];
    checkAlive(state);
    if (state.opening) {
      this.once('ready', () => this.end());
      return;
    }
    if (state.ending) return;
    state.ending = true;
    if (state.writing) return;
    if (state.length > 0 && state.fd >= 0) writeNext(this);
    else closeFile(this);
  }

  destroy() {
    const state = this[kState];
    if (state.destroyed) return;
    state.destroyed = true;
    clearInterval(state.timer);
    if (!state.writing || state.opening) closeFile(this);
  }

  [Symbol.dispose]() {
    this.destroy();
  }
}

for (const name of ['mode', 'file', 'fd', 'minLength', 'maxLength', 'writing', 'sync', 'fsync', 'append', 'periodicFlush',
                    'contentMode', 'mkdir']) {
  Object.defineProperty(Utf8Stream.prototype, name, { configurable: true, get() { return this[kState][name]; } });
}

function checkAlive(state) {
  if (state.destroyed) throw new codes.ERR_INVALID_STATE('Utf8Stream is destroyed');
}

/** Adds to the last piece while that is short and neither under way nor to be tried again. */
function append(state, data) {
  const { queue } = state;
  const last = queue.length - 1;
  const fixed = (state.writing && !state.opening) || state.failed ? 1 : 0;
  if (last < fixed || queue[last].length + data.length > state.maxWrite) queue.push(data);
  else queue[last] = typeof data === 'string' ? queue[last] + data : Buffer.concat([queue[last], data]);
}

/** Takes off what was written of a piece; a character that was split is written again as a whole. */
function advance(state, index, written) {
  const piece = state.queue[index];
  const size = typeof piece === 'string' ? Buffer.byteLength(piece) : piece.length;
  // Whoever gives no number has written all.
  if (typeof written !== 'number' || written >= size) {
    state.queue.splice(index, 1);
    state.length -= piece.length;
    return;
  }
  let rest;
  if (typeof piece === 'string') {
    const bytes = Buffer.from(piece);
    while (written > 0 && (bytes[written] & 0xc0) === 0x80) written--;
    rest = bytes.toString('utf8', written);
  } else {
    rest = piece.subarray(written);
  }
  state.queue[index] = rest;
  state.length -= piece.length - rest.length;
}

function openFile(stream, file) {
  const state = stream[kState];
  state.opening = true;
  state.writing = true;
  const flags = state.append ? 'a' : 'w';
  const opened = (error, fd) => {
    const { reopening } = state;
    state.opening = false;
    state.writing = false;
    state.reopening = false;
    if (error) {
      if (state.sync) throw error;
      stream.emit('error', error);
      return;
    }
    state.fd = fd;
    state.file = file;
    const ready = () => {
      stream.emit('ready');
      if (state.destroyed || state.writing || state.opening) return;
      if (state.length > 0 && (state.length >= state.minLength || state.flushing)) writeNext(stream);
      else if (reopening || state.flushing) scheduleDrain(stream);
      state.flushing = false;
    };
    if (state.sync) process.nextTick(ready);
    else ready();
  };
  const { fs, mode } = state;
  if (state.sync) {
    let fd;
    try {
      if (state.mkdir) fs.mkdirSync(dirname(file), { recursive: true });
      fd = fs.openSync(file, flags, mode);
    } catch (error) {
      opened(error);
      return;
    }
    opened(null, fd);
  } else if (state.mkdir) {
    fs.mkdir(dirname(file), { recursive: true }, (error) => {
      if (error) opened(error);
      else fs.open(file, flags, mode, opened);
    });
  } else {
    fs.open(file, flags, mode, opened);
  }
}

function reopenNow(stream) {
  const state = stream[kState];
  const old = state.fd;
  stream.once('ready', () => {
    if (old === state.fd) return;
    state.fs.close(old, (error) => {
      if (error) stream.emit('error', error);
    });
  });
  openFile(stream, state.file);
}

function writeNext(stream) {
  const state = stream[kState];
  state.writing = true;
  state.failed = false;
  const piece = state.queue[0];
  if (!state.sync) {
    const done = (error, written) => release(stream, error, written);
    if (typeof piece === 'string') state.fs.write(state.fd, piece, 'utf8', done);
    else state.fs.write(state.fd, piece, done);
    return;
  }
  let written;
  try {
    written = typeof piece === 'string' ? state.fs.writeSync(state.fd, piece, 'utf8') : state.fs.writeSync(state.fd, piece);
  } catch (error) {
    release(stream, error);
    return;
  }
  release(stream, null, written);
}

function release(stream, error, written) {
  const state = stream[kState];
  if (error) {
    const piece = state.queue[0];
    if (isBusy(error) && state.retryEAGAIN(error, piece.length, state.length - piece.length)) {
      if (state.sync) {
        sleep();
        writeNext(stream);
      } else {
        setTimeout(writeNext, kBusyMilliseconds, stream);
      }
    } else {
      // What could not be written stays for the next attempt.
      state.writing = false;
      state.failed = true;
      stream.emit('error', error);
    }
    return;
  }
  advance(state, 0, written);
  stream.emit('write', written);
  if (state.fsync) state.fs.fsyncSync(state.fd);
  const { length } = state;
  if (state.destroyed) {
    state.writing = false;
    stream.emit('drain');
    closeFile(stream);
  } else if (state.reopening) {
    state.writing = false;
    reopenNow(stream);
  } else if (length > 0 && (state.ending || state.flushing || length >= state.minLength || partial(state))) {
    writeNext(stream);
  } else if (state.ending) {
    state.writing = false;
    closeFile(stream);
  } else {
    state.writing = false;
    state.flushing = false;
    if (state.sync) scheduleDrain(stream);
    else stream.emit('drain');
  }
}

/** Whether more than one piece waits: what is full goes out. */
const partial = (state) => state.queue.length > 1;

function scheduleDrain(stream) {
  const state = stream[kState];
  if (state.drainScheduled) return;
  state.drainScheduled = true;
  process.nextTick(() => {
    state.drainScheduled = false;
    if (state.length === 0 || !state.writing) stream.emit('drain');
  });
}

function afterDrain(stream, callback) {
  const state = stream[kState];
  const onDrain = () => {
    stream.removeListener('error', onError);
    if (state.fsync || state.destroyed) {
      callback();
      return;
    }
    state.fs.fsync(state.fd, (error) => callback(error?.code === 'EBADF' ? null : error));
  };
  const onError = (error) => {
    stream.removeListener('drain', onDrain);
    callback(error);
  };
  stream.once('drain', onDrain);
  stream.once('error', onError);
}

function closeFile(stream) {
  const state = stream[kState];
  if (state.fd === -1) {
    stream.once('ready', () => closeFile(stream));
    return;
  }
  state.destroyed = true;
  clearInterval(state.timer);
  const closed = (error) => {
    if (error) {
      stream.emit('error', error);
      return;
    }
    if (state.ending && !state.writing) stream.emit('finish');
    stream.emit('close');
  };
  // The standard streams are not ours to close.
  if (state.fd === 1 || state.fd === 2) {
    setImmediate(closed);
    return;
  }
  const close = () => state.fs.close(state.fd, closed);
  if (state.fsync) close();
  else state.fs.fsync(state.fd, close);
}

module.exports = Utf8Stream;
