'use strict';
// opendir and Dir: a directory read bit by bit.
const { codes } = require('internal/errors');
const { stateSymbol } = require('internal/symbols');
const { validateBoolean, validateFunction, validateUint32 } = require('internal/validators');
const { encodeName, optionsOf, pathOf, wantsBytes } = require('internal/fs/arguments');
const { direntOf } = require('internal/fs/stats');

const kDir = stateSymbol('fs.dir');

/** The state of a Dir: what is open (the directory, and with `recursive` those still to come), what was read ahead. */
function stateOf(fd, path, options) {
  return {
    fd, path, current: path, closed: false, queue: [], ahead: [], next: 0, pending: null,
    encoding: options.encoding, recursive: !!options.recursive,
  };
}

class Dir {
  constructor(handle, path, options) {
    if (handle === undefined || handle === null) throw new codes.ERR_MISSING_ARGS('handle');
    Object.defineProperty(this, kDir, { value: stateOf(handle, path, optionsOf(options, { encoding: 'utf8' })) });
  }

  get path() {
    if (this?.[kDir] === undefined) throw new codes.ERR_INVALID_THIS('Dir');
    return this[kDir].path;
  }

  read(callback) {
    if (callback === undefined) return promised((done) => readEntry(this[kDir], done));
    validateFunction(callback, 'callback');
    const state = this[kDir];
    if (state.closed) throw new codes.ERR_DIR_CLOSED();
    readEntry(state, callback);
  }

  readSync() {
    const state = this[kDir];
    if (state.closed) throw new codes.ERR_DIR_CLOSED();
    if (state.pending !== null) throw new codes.ERR_DIR_CONCURRENT_OPERATION();
    for (;;) {
      const entry = take(state);
      if (entry !== undefined) return entry;
      const list = binding.readEntries(state.fd, wantsBytes(state.encoding));
      if (list.length > 0) {
        put(state, list);
      } else if (state.queue.length === 0) {
        return null;
      } else {
        const path = state.queue.shift();
        const fd = binding.opendir(path);
        binding.closedir(state.fd);
        state.fd = fd;
        state.current = path;
      }
    }
  }

  close(callback) {
    if (callback === undefined) {
      if (this[kDir].closed) return Promise.reject(new codes.ERR_DIR_CLOSED());
      return promised((done) => this.close(done));
    }
    validateFunction(callback, 'callback');
    const state = this[kDir];
    if (state.closed) {
      process.nextTick(callback, new codes.ERR_DIR_CLOSED());
      return;
    }
    const close = () => {
      state.closed = true;
      binding.closedir(state.fd, callback);
    };
    if (state.pending === null) close();
    else state.pending.push(() => this.close(callback));
  }

  closeSync() {
    const state = this[kDir];
    if (state.closed) throw new codes.ERR_DIR_CLOSED();
    if (state.pending !== null) throw new codes.ERR_DIR_CONCURRENT_OPERATION();
    state.closed = true;
    binding.closedir(state.fd);
  }

  async* entries() {
    try {
      for (;;) {
        const entry = await this.read();
        if (entry === null) break;
        yield entry;
      }
    } finally {
      await this.close();
    }
  }

  [Symbol.dispose]() {
    if (!this[kDir].closed) this.closeSync();
  }

  async [Symbol.asyncDispose]() {
    if (!this[kDir].closed) await this.close();
  }
}

Object.defineProperty(Dir.prototype, Symbol.asyncIterator, {
  value: Dir.prototype.entries, writable: true, configurable: true,
});

const promised = (call) => new Promise((resolve, reject) => {
  call((error, result) => {
    if (error) reject(error);
    else resolve(result);
  });
});

function take(state) {
  if (state.next >= state.ahead.length) return undefined;
  const name = encodeName(state.ahead[state.next], state.encoding);
  const entry = direntOf(name, state.current, state.ahead[state.next + 1], state.current);
  state.next += 2;
  if (state.recursive && entry.isDirectory()) state.queue.push(require('path').join(String(state.current), String(name)));
  return entry;
}

function put(state, list) {
  state.ahead = list;
  state.next = 0;
}

/** One read after the other: reads that come while one is under way wait for it. */
function readEntry(state, callback) {
  if (state.closed) {
    callback(new codes.ERR_DIR_CLOSED());
    return;
  }
  if (state.pending !== null) {
    state.pending.push(() => readEntry(state, callback));
    return;
  }
  let entry;
  try {
    entry = take(state);
  } catch (error) {
    process.nextTick(callback, error);
    return;
  }
  if (entry !== undefined) {
    process.nextTick(callback, null, entry);
    return;
  }
  state.pending = [];
  readMore(state, (error, entry) => {
    const waiting = state.pending;
    state.pending = null;
    try {
      if (error) callback(error);
      else callback(null, entry);
    } finally {
      for (const resume of waiting) resume();
    }
  });
}

function readMore(state, callback) {
  binding.readEntries(state.fd, wantsBytes(state.encoding), (error, list) => {
    if (error) return callback(error);
    if (list.length > 0) {
      put(state, list);
      let entry;
      try {
        entry = take(state);
      } catch (e) {
        return callback(e);
      }
      return callback(null, entry);
    }
    if (state.queue.length === 0) return callback(null, null);
    const path = state.queue.shift();
    binding.opendir(path, (openError, fd) => {
      if (openError) return callback(openError);
      binding.closedir(state.fd);
      state.fd = fd;
      state.current = path;
      readMore(state, callback);
    });
  });
}

function dirOptionsOf(options) {
  options = optionsOf(options, { encoding: 'utf8' });
  const { bufferSize, recursive } = options;
  if (bufferSize !== undefined) validateUint32(bufferSize, 'options.bufferSize', true);
  if (recursive !== undefined && recursive !== null) validateBoolean(recursive, 'options.recursive');
  return options;
}

function opendir(path, options, callback) {
  callback = typeof options === 'function' ? options : callback;
  validateFunction(callback, 'callback');
  path = pathOf(path);
  options = dirOptionsOf(options);
  binding.opendir(path, (error, fd) => {
    if (error) callback(error);
    else callback(null, new Dir(fd, path, options));
  });
}

function opendirSync(path, options) {
  path = pathOf(path);
  options = dirOptionsOf(options);
  return new Dir(binding.opendir(path), path, options);
}

module.exports = { Dir, opendir, opendirSync };
