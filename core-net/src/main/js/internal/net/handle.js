'use strict';

// What `socket._handle` and `server._handle` are: plain objects whose methods pass their number on to the binding. One
// prototype for all, as a connection must not cost a closure for each method.

const { Buffer } = require('buffer');
const { kOwner, kPerRevision, stateSymbol } = require('internal/symbols');

const kPath = stateSymbol('net.kPath');
const kAsyncId = stateSymbol('net.handleAsyncId');

let lastAsyncId = 1000000; // of handles; their numbers mean nothing but to be different

const EINVAL = -22;
const LONGEST_PATH = 107; // of an address, in bytes

function isTooLong(path) {
  return path.length > LONGEST_PATH || Buffer.byteLength(path) > LONGEST_PATH;
}

function noop() {}

function defineMethods(constructor, Parent, methods) {
  constructor.prototype = Object.create(Parent === undefined ? Object.prototype : Parent.prototype);
  for (const name of ['constructor', ...Object.keys(methods)]) {
    Object.defineProperty(constructor.prototype, name, {
      __proto__: null,
      value: name === 'constructor' ? constructor : methods[name],
      writable: true,
      configurable: true,
    });
  }
}

// Java calls this for each read, with the handle as `this`: a count and the buffer, or an error.
function deliverRead(count, buffer) {
  this.onread(count, buffer);
}

// A connected or connecting stream. With an id it belongs to a stream that Java has accepted or opened already.
function StreamHandle(type, id) {
  this[kOwner] = null;
  this.reading = false;
  this.onread = noop;
  if (id === undefined) {
    this.id = binding.open(type, this, deliverRead);
  } else {
    this.id = id;
    binding.attach(id, this, deliverRead);
  }
}

defineMethods(StreamHandle, undefined, {
  readStart() {
    return binding.readStart(this.id);
  },

  readStop() {
    return binding.readStop(this.id);
  },

  // Gives the next read this memory instead of a buffer of its own; undefined ends that.
  useUserBuffer(buffer) {
    binding.readInto(this.id, buffer);
  },

  // The writes return 1 if all was taken at once, 0 if done(status) will be called, or an error.
  writeBuffer(chunk, done) {
    return binding.write(this.id, chunk, done);
  },

  writeUtf8String(text, done) {
    return binding.writeUtf8(this.id, text, done);
  },

  writeLatin1String(text, done) {
    return binding.writeLatin1(this.id, text, done);
  },

  writev(chunks, done) {
    return binding.writev(this.id, done, ...chunks);
  },

  shutdown(done) {
    return binding.shutdown(this.id, done);
  },

  close(done) {
    closeStream(this, false, done);
  },

  reset(done) {
    closeStream(this, true, done);
    return 0;
  },

  ref() {
    binding.ref(this.id);
  },

  unref() {
    binding.unref(this.id);
  },

  hasRef() {
    return binding.hasRef(this.id);
  },

  getAsyncId() {
    return this[kAsyncId] ??= ++lastAsyncId;
  },

  getProviderType() {
    return 0;
  },
});

function closeStream(handle, reset, done) {
  const { id } = handle;
  if (id === 0) return;
  handle.finalBytesRead = binding.bytesRead(id);
  handle.finalBytesWritten = binding.bytesWritten(id);
  handle.id = 0;
  handle.reading = false;
  binding.close(id, reset, done);
}

// Numbers and states, as accessors that do not show up in what users print.
function defineGetters(constructor, getters) {
  for (const name of Object.keys(getters)) {
    Object.defineProperty(constructor.prototype, name, {
      __proto__: null,
      get: getters[name],
      set: undefined,
      configurable: true,
      enumerable: false,
    });
  }
}

defineGetters(StreamHandle, {
  fd() {
    return binding.number(this.id);
  },

  bytesRead() {
    return this.id === 0 ? this.finalBytesRead : binding.bytesRead(this.id);
  },

  bytesWritten() {
    return this.id === 0 ? this.finalBytesWritten : binding.bytesWritten(this.id);
  },

  writeQueueSize() {
    return binding.queued(this.id);
  },

  // In milliseconds of the loop's clock.
  lastActivity() {
    return binding.lastActivity(this.id);
  },
});

function fill(out, address) {
  if (address === undefined) return -9;
  out.address = address[0];
  out.port = address[1];
  out.family = address[2];
  return 0;
}

function TCP(id) {
  StreamHandle.call(this, 'TCPSocketWrap', id);
}

defineMethods(TCP, StreamHandle, {
  bind(address, port) {
    return binding.bind(this.id, address, port);
  },

  connect(address, port, done) {
    return binding.connect(this.id, address, port, done);
  },

  getsockname(out) {
    return fill(out, binding.localAddress(this.id));
  },

  getpeername(out) {
    return fill(out, binding.remoteAddress(this.id));
  },

  setNoDelay(enable) {
    return binding.setNoDelay(this.id, enable);
  },

  setKeepAlive(enable, seconds, interval, count) {
    return binding.setKeepAlive(this.id, enable, seconds, interval, count);
  },

  setTypeOfService(value) {
    return binding.setTypeOfService(this.id, value);
  },

  getTypeOfService() {
    return binding.typeOfService(this.id);
  },
});

function Pipe(id) {
  StreamHandle.call(this, 'PipeWrap', id);
}

defineMethods(Pipe, StreamHandle, {
  connect(path, done) {
    if (isTooLong(path)) return EINVAL;
    return binding.connectPath(this.id, path, done);
  },
});

// A terminal. It writes to a description of its own, so that the shell's does not become non-blocking.
function TTY(id) {
  StreamHandle.call(this, 'TTYWrap', id);
}

defineMethods(TTY, StreamHandle, {
  setBlocking() {
    return 0;
  },
});

const types = new Map([[TCP, 'TCPSocketWrap'], [Pipe, 'PipeWrap'], [TTY, 'TTYWrap']]);

// A handle for a descriptor that is open already, or a negated error number.
function openDescriptor(Handle, fd) {
  const handle = Object.create(Handle.prototype);
  handle[kOwner] = null;
  handle.reading = false;
  handle.onread = noop;
  const id = binding.openDescriptor(types.get(Handle), handle, deliverRead, fd);
  if (id < 0) return id;
  handle.id = id;
  return handle;
}

// A listening socket; each connection calls onconnection(status, clientHandle) on it.
function ServerHandle(Client) {
  this[kOwner] = null;
  this.onconnection = noop;
  this.Client = Client;
  this.id = 0;
}

function deliverConnection(status, id) {
  this.onconnection(status, id === undefined ? undefined : new this.Client(id));
}

defineMethods(ServerHandle, undefined, {
  // These three return 0 or an error.
  bind(address, port, ipv6Only, reusePort) {
    return this.opened(binding.serverOpen(address, port, this, deliverConnection, ipv6Only, reusePort));
  },

  bindPath(path) {
    if (isTooLong(path)) return EINVAL;
    this[kPath] = path;
    return this.opened(binding.serverOpenPath(path, this, deliverConnection));
  },

  open(fd) {
    return this.opened(binding.serverOpenDescriptor(fd, this, deliverConnection));
  },

  opened(result) {
    if (result < 0) return result;
    this.id = result;
    return 0;
  },

  listen(backlog) {
    return binding.serverListen(this.id, backlog);
  },

  getsockname(out) {
    return fill(out, this.id === 0 ? undefined : binding.serverAddress(this.id));
  },

  close(done) {
    const { id } = this;
    if (id === 0) return;
    this.id = 0;
    const path = this[kPath];
    if (path !== undefined && path.charCodeAt(0) !== 0) {
      try {
        require('fs').unlinkSync(path);
      } catch {
        // It is gone already.
      }
    }
    binding.serverClose(id, done);
  },

  ref() {
    if (this.id !== 0) binding.serverRef(this.id);
  },

  unref() {
    if (this.id !== 0) binding.serverUnref(this.id);
  },

  hasRef() {
    return this.id !== 0 && binding.serverHasRef(this.id);
  },

  getAsyncId() {
    return this[kAsyncId] ??= ++lastAsyncId;
  },
});

defineGetters(ServerHandle, {
  fd() {
    return this.id === 0 ? -1 : binding.serverNumber(this.id);
  },
});

for (const Handle of [StreamHandle, TCP, Pipe, TTY, ServerHandle]) {
  Object.defineProperty(Handle, kPerRevision, { __proto__: null, value: true });
}

module.exports = { StreamHandle, TCP, Pipe, TTY, ServerHandle, openDescriptor };
