'use strict';

const { Duplex } = require('stream');
const {
  codes: { ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE, ERR_MISSING_ARGS, ERR_SOCKET_CLOSED,
           ERR_SOCKET_CLOSED_BEFORE_CONNECTION, ERR_INVALID_FD_TYPE, ERR_INVALID_HANDLE_TYPE },
  ErrnoException,
  genericNodeError,
} = require('internal/errors');
const { validateFunction, validateInt32, validateNumber } = require('internal/validators');
const { kOwner, stateSymbol } = require('internal/symbols');
const { nextTick } = require('internal/runtime');
const { TCP, Pipe, openDescriptor } = require('internal/net/handle');
const { normalizeArgs, kNormalized } = require('internal/net/arguments');

const kHandle = stateSymbol('net.kHandle');
const kNewHandle = stateSymbol('net.kNewHandle');
const kTimer = stateSymbol('net.kTimer');
const kTouched = stateSymbol('net.kTouched');
const kUserBuffer = stateSymbol('net.kUserBuffer');
const kSetNoDelay = stateSymbol('net.kSetNoDelay');
const kSetKeepAlive = stateSymbol('net.kSetKeepAlive');
const kSetKeepAliveInitialDelay = stateSymbol('net.kSetKeepAliveInitialDelay');
const kSetTypeOfService = stateSymbol('net.kSetTypeOfService');
const kBytesRead = stateSymbol('net.kBytesRead');
const kBytesWritten = stateSymbol('net.kBytesWritten');

const EOF = -4095;
const ENOTCONN = -107;
const ECANCELED = -125;

const channels = { __proto__: null };

function Socket(options) {
  if (!(this instanceof Socket)) return new Socket(options);
  if (options?.objectMode) {
    throw new ERR_INVALID_ARG_VALUE('options.objectMode', options.objectMode, 'is not supported');
  } else if (options?.readableObjectMode || options?.writableObjectMode) {
    throw new ERR_INVALID_ARG_VALUE(
      `options.${options.readableObjectMode ? 'readableObjectMode' : 'writableObjectMode'}`,
      options.readableObjectMode || options.writableObjectMode,
      'is not supported',
    );
  }
  if (options?.keepAliveInitialDelay !== undefined) {
    validateNumber(options.keepAliveInitialDelay, 'options.keepAliveInitialDelay');
    if (options.keepAliveInitialDelay < 0) options.keepAliveInitialDelay = 0;
  }
  if (options?.typeOfService !== undefined) {
    validateInt32(options.typeOfService, 'options.typeOfService', 0, 255);
  }

  this.connecting = false;
  this._hadError = false;
  this._parent = null;
  this._host = null;
  this[kHandle] = null;
  this[kTimer] = null;
  this[kTouched] = 0;

  options = typeof options === 'number' ? { fd: options } : { ...options };
  // 'close' is for _destroy to emit, which knows of the error.
  options.emitClose = false;
  options.autoDestroy = true;
  options.decodeStrings = false;
  const { handle, signal } = options;
  // Heard at the end of this, when there is something to destroy
  options.signal = undefined;
  const allowHalfOpen = Boolean(options.allowHalfOpen);
  options.allowHalfOpen = allowHalfOpen;
  Duplex.call(this, options);

  if (options.handle) {
    this._handle = handle;
  } else if (options.fd !== undefined) {
    this._handle = handleOfDescriptor(options.fd);
  }

  if (options.onread !== null && typeof options.onread === 'object' &&
      (isUint8Array(options.onread.buffer) || typeof options.onread.buffer === 'function') &&
      typeof options.onread.callback === 'function') {
    this[kUserBuffer] = options.onread;
  } else {
    this[kUserBuffer] = null;
  }
  this.on('end', onReadableStreamEnd);
  initSocketHandle(this);

  this._pendingData = null;
  this._pendingEncoding = '';
  this.allowHalfOpen = allowHalfOpen;
  this[kSetNoDelay] = Boolean(options.noDelay);
  this[kSetKeepAlive] = Boolean(options.keepAlive);
  this[kSetKeepAliveInitialDelay] = ~~(options.keepAliveInitialDelay / 1000);
  this[kSetTypeOfService] = options.typeOfService;
  this[kBytesRead] = 0;
  this[kBytesWritten] = 0;
  if (options.blockList) {
    const { BlockList } = require('internal/net/block_list');
    if (!BlockList.isBlockList(options.blockList)) {
      throw new ERR_INVALID_ARG_TYPE('options.blockList', 'net.BlockList', options.blockList);
    }
    this.blockList = options.blockList;
  }
  if (options.server) this.server = options.server;

  // What was accepted starts to read at once, so that the end of an idle connection is seen.
  if (this._handle && options.readable !== false && !options.manualStart) {
    if (options.pauseOnCreate) {
      this._handle.reading = false;
      this._handle.readStop();
      this.readableFlowing = false;
    } else {
      this.read(0);
    }
  }
  if (signal) addAbortSignal(this, signal);
}
Object.setPrototypeOf(Socket.prototype, Duplex.prototype);
Object.setPrototypeOf(Socket, Duplex);

function isUint8Array(value) {
  return value instanceof Uint8Array || require('internal/util/types').isUint8Array(value);
}

function addAbortSignal(stream, signal) {
  require('stream').addAbortSignal(signal, stream);
}

function handleOfDescriptor(fd) {
  validateInt32(fd, 'fd', 0);
  const type = require('tty').isatty(fd) ? 'TTY' : descriptorType(fd);
  if (type !== 'PIPE' && type !== 'TCP') throw new ERR_INVALID_FD_TYPE(type);
  const handle = openDescriptor(type === 'TCP' ? TCP : Pipe, fd);
  if (typeof handle === 'number') throw new ErrnoException(handle, 'open');
  return handle;
}

// What kind of thing a descriptor is, by libuv's names.
function descriptorType(fd) {
  const fs = require('fs');
  try {
    const stats = fs.fstatSync(fd);
    if (stats.isFIFO()) return 'PIPE';
    if (stats.isSocket()) return binding.descriptorFamily(fd);
    if (stats.isFile() || stats.isCharacterDevice()) return 'FILE';
  } catch {
    return 'INVALID';
  }
  return 'UNKNOWN';
}

function initSocketHandle(socket) {
  socket._undestroy();
  socket._sockname = undefined;
  const { _handle: handle } = socket;
  if (!handle) return;
  handle[kOwner] = socket;
  handle.onread = onStreamRead;
  if (socket[kUserBuffer] !== null && typeof handle.useUserBuffer === 'function') {
    handle.useUserBuffer(nextUserBuffer(socket));
  }
}

function nextUserBuffer(socket) {
  const { buffer } = socket[kUserBuffer];
  return socket[kUserBuffer].current = typeof buffer === 'function' ? buffer() : buffer;
}

function onStreamRead(count, buffer) {
  const socket = this[kOwner];
  if (socket === null || socket === undefined) return;
  if (count > 0) {
    if (socket.destroyed) return;
    let more;
    if (buffer === undefined) {
      const user = socket[kUserBuffer];
      more = user.callback(count, user.current) !== false;
      if (typeof user.buffer === 'function' && socket._handle === this) this.useUserBuffer(nextUserBuffer(socket));
    } else {
      more = socket.push(buffer);
    }
    if (!more && this.reading) {
      this.reading = false;
      if (!socket.destroyed) {
        const status = this.readStop();
        if (status) socket.destroy(new ErrnoException(status, 'read'));
      }
    }
    return;
  }
  if (count === 0) return;
  if (count !== EOF) {
    socket.destroy(new ErrnoException(count, 'read'));
    return;
  }
  this.reading = false;
  if (!socket._readableState.endEmitted) {
    socket.push(null);
    socket.read(0);
  }
}

function onReadableStreamEnd() {
  if (!this.allowHalfOpen) this.write = writeAfterFIN;
}

// The peer has ended, and so has this side: what is written now can arrive nowhere.
function writeAfterFIN(chunk, encoding, callback) {
  if (!this.writableEnded) return Reflect.apply(Duplex.prototype.write, this, arguments);
  if (typeof encoding === 'function') callback = encoding;
  const error = genericNodeError('This socket has been ended by the other party', { code: 'EPIPE' });
  if (typeof callback === 'function') nextTick(callback, error);
  this.destroy(error);
  return false;
}

function tryReadStart(socket) {
  const { _handle: handle } = socket;
  handle.reading = true;
  const status = handle.readStart();
  if (status) socket.destroy(new ErrnoException(status, 'read'));
}

function defineMethods(target, methods) {
  for (const name of Object.keys(methods)) target[name] = methods[name];
}

defineMethods(Socket.prototype, {
  _unrefTimer() {
    this[kTouched] = binding.now();
  },

  _final(callback) {
    if (this.connecting) {
      this.once('connect', () => this._final(callback));
      return;
    }
    const { _handle: handle } = this;
    if (!handle) {
      callback();
      return;
    }
    const status = handle.shutdown((result) => {
      if (result === ECANCELED) callback();
      else callback(result && result !== ENOTCONN ? new ErrnoException(result, 'shutdown') : undefined);
    });
    if (status === 1 || status === ENOTCONN) callback();
    else if (status !== 0) callback(new ErrnoException(status, 'shutdown'));
  },

  setTimeout(milliseconds, callback) {
    if (this.destroyed) return this;
    const { getTimerDuration } = require('internal/net/timeout');
    milliseconds = getTimerDuration(milliseconds, 'msecs');
    this.timeout = milliseconds;
    if (this[kTimer] !== null) {
      clearTimeout(this[kTimer]);
      this[kTimer] = null;
    }
    if (callback !== undefined) validateFunction(callback, 'callback');
    if (milliseconds === 0) {
      if (callback) this.removeListener('timeout', callback);
    } else {
      this[kTouched] = binding.now();
      startTimer(this, milliseconds);
      if (callback) this.once('timeout', callback);
    }
    return this;
  },

  _onTimeout() {
    this.emit('timeout');
  },

  setNoDelay(enable) {
    const { _handle: handle } = this;
    const value = enable === undefined ? true : Boolean(enable);
    if (!handle) {
      this[kSetNoDelay] = value;
    } else if (handle.setNoDelay && value !== this[kSetNoDelay]) {
      this[kSetNoDelay] = value;
      handle.setNoDelay(value);
    }
    return this;
  },

  setKeepAlive(enable, initialDelay, interval, count) {
    enable = Boolean(enable);
    const seconds = ~~(initialDelay / 1000);
    const { _handle: handle } = this;
    if (!handle) {
      this[kSetKeepAlive] = enable;
      this[kSetKeepAliveInitialDelay] = seconds;
    } else if (handle.setKeepAlive && (enable !== this[kSetKeepAlive] ||
               (enable && this[kSetKeepAliveInitialDelay] !== seconds))) {
      this[kSetKeepAlive] = enable;
      this[kSetKeepAliveInitialDelay] = seconds;
      handle.setKeepAlive(enable, seconds, interval === undefined ? undefined : ~~(interval / 1000), count);
    }
    return this;
  },

  setTypeOfService(value) {
    if (Number.isNaN(value)) throw new ERR_INVALID_ARG_TYPE('tos', 'number', value);
    validateInt32(value, 'tos', 0, 255);
    this[kSetTypeOfService] = value;
    const { _handle: handle } = this;
    if (handle?.setTypeOfService) {
      const status = handle.setTypeOfService(value);
      if (status) throw new ErrnoException(status, 'setTypeOfService');
    }
    return this;
  },

  getTypeOfService() {
    const { _handle: handle } = this;
    if (!handle || !handle.getTypeOfService) return this[kSetTypeOfService] ?? 0;
    const value = handle.getTypeOfService();
    if (value < 0) throw new ErrnoException(value, 'getTypeOfService');
    return value;
  },

  address() {
    return this._getsockname();
  },

  end(data, encoding, callback) {
    Duplex.prototype.end.call(this, data, encoding, callback);
    return this;
  },

  resetAndDestroy() {
    if (this._handle) {
      if (!(this._handle instanceof TCP)) throw new ERR_INVALID_HANDLE_TYPE();
      if (this.connecting) {
        this.once('connect', () => this._reset());
      } else {
        this._reset();
      }
    } else {
      this.destroy(new ERR_SOCKET_CLOSED());
    }
    return this;
  },

  _reset() {
    this.resetAndClosing = true;
    return this.destroy();
  },

  pause() {
    if (this[kUserBuffer] !== null && !this.connecting && this._handle?.reading) {
      this._handle.reading = false;
      if (!this.destroyed) {
        const status = this._handle.readStop();
        if (status) this.destroy(new ErrnoException(status, 'read'));
      }
    }
    return Duplex.prototype.pause.call(this);
  },

  resume() {
    if (this[kUserBuffer] !== null) this._startUserRead();
    return Duplex.prototype.resume.call(this);
  },

  read(size) {
    if (this[kUserBuffer] !== null) this._startUserRead();
    return Duplex.prototype.read.call(this, size);
  },

  _startUserRead() {
    if (!this.connecting && this._handle && !this._handle.reading) tryReadStart(this);
  },

  _read(size) {
    if (this.connecting || !this._handle) {
      this.once('connect', () => this._read(size));
    } else if (!this._handle.reading) {
      tryReadStart(this);
    }
  },

  destroySoon() {
    if (this.writable) this.end();
    if (this.writableFinished) this.destroy();
    else this.once('finish', this.destroy);
  },

  _destroy(error, callback) {
    this.connecting = false;
    for (let socket = this; socket; socket = socket._parent) {
      if (socket[kTimer]) {
        clearTimeout(socket[kTimer]);
        socket[kTimer] = null;
      }
    }
    const { _handle: handle } = this;
    if (handle) {
      const hadError = Boolean(error);
      const closed = () => {
        this.emit('close', hadError);
      };
      if (this.resetAndClosing) {
        this.resetAndClosing = false;
        const status = handle.reset(closed);
        if (status) this.emit('error', new ErrnoException(status, 'reset'));
      } else {
        handle.close(closed);
      }
      this[kBytesRead] = handle.bytesRead;
      this[kBytesWritten] = handle.bytesWritten;
      handle.onread = ignore;
      this._handle = null;
      this._sockname = undefined;
      callback(error);
    } else {
      callback(error);
      nextTick(emitCloseNT, this);
    }
    const { _server: server } = this;
    if (server) {
      server._connections--;
      server._emitCloseIfDrained?.();
    }
  },

  _getpeername() {
    const { _handle: handle } = this;
    if (!handle || !handle.getpeername || this.connecting) return this._peername || {};
    if (!this._peername) {
      const name = {};
      if (handle.getpeername(name)) return name;
      this._peername = { address: name.address, family: name.family, port: name.port };
    }
    return this._peername;
  },

  _getsockname() {
    const { _handle: handle } = this;
    if (!handle || !handle.getsockname) return {};
    if (!this._sockname) {
      const name = {};
      handle.getsockname(name);
      this._sockname = name.address === undefined ? {} : { address: name.address, family: name.family, port: name.port };
    }
    return this._sockname;
  },

  _writeGeneric(isVector, data, encoding, callback) {
    if (this.connecting) {
      this._pendingData = data;
      this._pendingEncoding = encoding;
      const onConnect = () => {
        this.off('close', onClose);
        this._writeGeneric(isVector, data, encoding, callback);
      };
      const onClose = () => {
        this.off('connect', onConnect);
        callback(new ERR_SOCKET_CLOSED_BEFORE_CONNECTION());
      };
      this.once('connect', onConnect);
      this.once('close', onClose);
      return;
    }
    this._pendingData = null;
    this._pendingEncoding = '';
    const { _handle: handle } = this;
    if (!handle) {
      callback(new ERR_SOCKET_CLOSED());
      return;
    }
    const done = (status) => {
      if (this.destroyed) callback(status === ECANCELED ? undefined : null);
      else callback(status < 0 ? new ErrnoException(status, 'write') : null);
    };
    const status = isVector ? writeChunks(handle, data, done) : writeChunk(handle, data, encoding, done);
    if (status === 1) callback();
    else if (status < 0) callback(new ErrnoException(status, 'write'));
  },

  _writev(chunks, callback) {
    this._writeGeneric(true, chunks, '', callback);
  },

  _write(data, encoding, callback) {
    this._writeGeneric(false, data, encoding, callback);
  },

  connect(...args) {
    const { 0: options, 1: callback } = Array.isArray(args[0]) && args[0][kNormalized] ? args[0] : normalizeArgs(args);
    if (options.port === undefined && options.path == null) throw new ERR_MISSING_ARGS(['options', 'port', 'path']);
    if (this.write !== Socket.prototype.write) this.write = Socket.prototype.write;
    if (this.destroyed) {
      this._handle = null;
      this._peername = undefined;
      this._sockname = undefined;
    }
    if (!this._handle) {
      this._handle = this[kNewHandle]?.(options) ?? (options.path ? new Pipe() : new TCP());
      initSocketHandle(this);
    }
    if (callback !== null) this.once('connect', callback);
    this._unrefTimer();
    this.connecting = true;
    require('internal/net/connect').connect(this, options);
    return this;
  },

  ref() {
    if (!this._handle) this.once('connect', this.ref);
    else if (typeof this._handle.ref === 'function') this._handle.ref();
    return this;
  },

  unref() {
    if (!this._handle) this.once('connect', this.unref);
    else if (typeof this._handle.unref === 'function') this._handle.unref();
    return this;
  },
});

// 'close' takes hadError here, which a Duplex of its own does not know.
function emitCloseNT(socket) {
  socket.emit('close', false);
}

function ignore() {}

function writeChunk(handle, data, encoding, done) {
  if (typeof data !== 'string') return handle.writeBuffer(data, done);
  switch (encoding) {
    case 'utf8':
    case 'utf-8':
      return handle.writeUtf8String(data, done);
    case 'latin1':
    case 'binary':
    case 'ascii':
      return handle.writeLatin1String(data, done);
    default:
      return handle.writeBuffer(Buffer.from(data, encoding), done);
  }
}

function writeChunks(handle, data, done) {
  const chunks = new Array(data.length);
  for (let i = 0; i < data.length; i++) {
    const { chunk, encoding } = data[i];
    chunks[i] = typeof chunk !== 'string' || encoding === 'utf8' || encoding === 'utf-8' ?
      chunk : Buffer.from(chunk, encoding);
  }
  return handle.writev(chunks, done);
}

// One timer for the next moment at which the socket may have been idle long enough: traffic does not touch it.
function startTimer(socket, delay) {
  socket[kTimer] = setTimeout(checkIdle, delay, socket);
  socket[kTimer].unref();
}

function checkIdle(socket) {
  if (socket[kTimer] === null || socket.destroyed) return;
  let last = socket[kTouched];
  for (let s = socket; s; s = s._parent) {
    const activity = s._handle?.lastActivity;
    if (activity > last) last = activity;
  }
  const idle = binding.now() - last;
  if (idle < socket.timeout) {
    startTimer(socket, Math.max(1, socket.timeout - idle));
    return;
  }
  socket[kTimer] = null;
  socket._onTimeout();
}

function getter(name, get, enumerable = true) {
  Object.defineProperty(Socket.prototype, name, {
    __proto__: null, configurable: name === 'pending', enumerable, get,
  });
}

Object.defineProperty(Socket.prototype, '_handle', {
  __proto__: null,
  get() {
    return this[kHandle];
  },
  set(handle) {
    this[kHandle] = handle;
  },
});

getter('_connecting', function() {
  return this.connecting;
}, false);
getter('pending', function() {
  return !this._handle || this.connecting;
}, false);
getter('readyState', function() {
  if (this.connecting) return 'opening';
  if (this.readable && this.writable) return 'open';
  if (this.readable && !this.writable) return 'readOnly';
  if (!this.readable && this.writable) return 'writeOnly';
  return 'closed';
}, false);
getter('bufferSize', function() {
  if (this._handle) return this.writableLength;
}, false);
getter('bytesRead', function() {
  return this._handle ? this._handle.bytesRead : this[kBytesRead];
});
getter('_bytesDispatched', function() {
  return this._handle ? this._handle.bytesWritten : this[kBytesWritten];
});
getter('remoteAddress', function() {
  return this._getpeername().address;
});
getter('remoteFamily', function() {
  return this._getpeername().family;
});
getter('remotePort', function() {
  return this._getpeername().port;
});
getter('localAddress', function() {
  return this._getsockname().address;
});
getter('localPort', function() {
  return this._getsockname().port;
});
getter('localFamily', function() {
  return this._getsockname().family;
});
getter('bytesWritten', function() {
  let bytes = this._bytesDispatched;
  if (this._bytesDispatched === undefined) return undefined;
  for (const { chunk, encoding } of this._writableState.getBuffer()) {
    bytes += typeof chunk === 'string' ? Buffer.byteLength(chunk, encoding) : chunk.length;
  }
  const { _pendingData: pending } = this;
  if (Array.isArray(pending)) {
    for (const entry of pending) {
      const chunk = entry.chunk ?? entry;
      bytes += typeof chunk === 'string' ? Buffer.byteLength(chunk, entry.encoding) : chunk.length;
    }
  } else if (pending) {
    bytes += typeof pending === 'string' ? Buffer.byteLength(pending, this._pendingEncoding) : pending.length;
  }
  return bytes;
});

// Tells subscribers of 'net.client.socket' or 'net.server.socket' of a new one, if there can be any.
function publish(name, socket) {
  let channel = channels[name];
  if (channel === undefined) {
    try {
      channel = require('diagnostics_channel').channel(name);
    } catch {
      channel = { hasSubscribers: false }; // an image without that module
    }
    channels[name] = channel;
  }
  if (channel.hasSubscribers) channel.publish({ socket });
}

module.exports = {
  Socket,
  publish,
  initSocketHandle,
  kSetNoDelay,
  kSetKeepAlive,
  kSetKeepAliveInitialDelay,
  kSetTypeOfService,
};
