'use strict';

// What `socket._handle` is for a TLSSocket: the interface of net's handles over a TLS stream of the binding, which lies over
// another handle's stream.

const { Buffer } = require('buffer');
const { kOwner } = require('internal/symbols');
const { nextTick } = require('internal/runtime');

function noop() {}

function deliverRead(count, buffer) {
  this.onread(count, buffer === undefined ? undefined : Buffer.from(buffer.buffer, buffer.byteOffset, buffer.byteLength));
}

function deliverEvent(event, detail) {
  if (event === 'secure') {
    this.secure = true;
    const { onSecure } = this;
    this.onSecure = null;
    if (onSecure !== null) onSecure();
  }
  this.onevent(event, detail);
}

/** `parent` is the socket whose handle `lower` is; without one, `lower` is this handle's own. */
function TlsHandle(lower, parent) {
  this[kOwner] = null;
  this.lower = lower;
  this.parent = parent;
  this.id = 0;
  this.reading = false;
  this.secure = false;
  this.started = false;
  this.onread = noop;
  this.onevent = noop;
  this.onSecure = null;
}

const methods = {
  /** Opens the TLS stream and begins; `setup` is what the binding's configure() takes. */
  start(context, isServer, serverName, protocols, requestCertificate, namesFirst) {
    this.started = true;
    const id = binding.open(this.lower.id, context.id, isServer, this, deliverRead, deliverEvent);
    if (id < 0) return id;
    this.id = id;
    binding.configure(id, serverName, protocols, requestCertificate, namesFirst);
    if (this.reading) binding.readStart(id);
    binding.start(id);
    return 0;
  },

  receive(chunk) {
    binding.receive(this.id, chunk);
  },

  readStart() {
    return this.id === 0 ? 0 : binding.readStart(this.id);
  },

  readStop() {
    return this.id === 0 ? 0 : binding.readStop(this.id);
  },

  writeBuffer(chunk, done) {
    return binding.write(this.id, chunk, done);
  },

  writeUtf8String(text, done) {
    return binding.writeText(this.id, text, false, done);
  },

  writeLatin1String(text, done) {
    return binding.writeText(this.id, text, true, done);
  },

  writev(chunks, done) {
    const parts = chunks.map((chunk) => (typeof chunk === 'string' ? Buffer.from(chunk) : chunk));
    return binding.write(this.id, Buffer.concat(parts), done);
  },

  shutdown(done) {
    if (!this.secure && this.started) {
      // A handshake under way ends first
      this.onSecure = () => finishShutdown(this, done);
      return 0;
    }
    binding.closeOutbound(this.id);
    return this.lower.shutdown(done);
  },

  close(done) {
    const { id, lower, parent } = this;
    if (this.closed) return;
    this.closed = true;
    this.finalBytesRead = this.bytesRead;
    this.finalBytesWritten = this.bytesWritten;
    this.reading = false;
    this.id = 0;
    if (id !== 0) binding.close(id);
    if (parent === undefined) {
      lower.close(done);
    } else {
      if (!parent.destroyed) parent.destroy();
      if (done !== undefined) nextTick(done);
    }
  },

  reset(done) {
    if (this.parent?.resetAndDestroy) {
      this.parent.resetAndDestroy();
    } else if (this.parent === undefined) {
      const { lower } = this;
      if (this.id !== 0) binding.close(this.id);
      this.id = 0;
      this.closed = true;
      return lower.reset(done);
    }
    this.close(done);
    return 0;
  },

  connect(address, port, done) {
    return this.lower.connect(address, port, typeof port === 'function' ? port : done);
  },
};

function finishShutdown(handle, done) {
  if (handle.id === 0) {
    done(0);
    return;
  }
  binding.closeOutbound(handle.id);
  const status = handle.lower.shutdown(done);
  if (status !== 0) done(status === 1 ? 0 : status);
}

for (const name of ['bind', 'getsockname', 'getpeername', 'setNoDelay', 'setKeepAlive', 'setTypeOfService', 'getTypeOfService',
                    'ref', 'unref', 'hasRef', 'getAsyncId', 'getProviderType']) {
  methods[name] = function(...args) { return this.lower[name]?.(...args) ?? 0; };
}

for (const name of Object.keys(methods)) {
  Object.defineProperty(TlsHandle.prototype, name, {
    __proto__: null, configurable: true, writable: true, value: methods[name],
  });
}

const getters = {
  fd() { return this.lower.fd; },
  bytesRead() { return this.id === 0 ? this.finalBytesRead ?? 0 : binding.bytesRead(this.id); },
  bytesWritten() { return this.id === 0 ? this.finalBytesWritten ?? 0 : binding.bytesWritten(this.id); },
  writeQueueSize() { return this.lower.writeQueueSize; },
  lastActivity() { return this.lower.lastActivity; },
};

for (const name of Object.keys(getters)) {
  Object.defineProperty(TlsHandle.prototype, name, { __proto__: null, configurable: true, get: getters[name] });
}

module.exports = { TlsHandle };
