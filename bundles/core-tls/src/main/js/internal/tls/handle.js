'use strict';

// What a secure socket has as its `_handle` and `ssl`: the stream of the engine, by number, over the handle of the connection.
// It has the methods that net's handles have, so that a net.Socket can sit on it.

const { kOwner, stateSymbol } = require('internal/symbols');
const { nextTick } = require('internal/runtime');
const { currentContext } = require('internal/tls/secure_context');

const kAsyncId = stateSymbol('tls.handleAsyncId');

let lastAsyncId = 2000000;

function ignore() {}

function deliverRead(count, buffer) {
  this.onread(count, buffer);
}

// 'hello' (a server's: what the client asks for), 'secure', 'error', 'session'
function deliverEvent(name, first, second) {
  switch (name) {
    case 'hello':
      this.onhello(first, second);
      break;
    case 'secure':
      this.onsecure();
      break;
    case 'error':
      this.onerror(first);
      break;
    default:
      break;
  }
}

function TLSWrap(parent, parentSocket, context, isServer) {
  this[kOwner] = null;
  this._parent = parent;
  this._parentWrap = parentSocket;
  this.reading = false;
  this.onread = ignore;
  this.onhello = ignore;
  this.onsecure = ignore;
  this.onerror = ignore;
  this.context = currentContext(context); // keeps it alive
  this.id = binding.open(parent.id, this.context.id, isServer, this, deliverRead, deliverEvent);
}

const methods = {
  configure(serverName, protocols, requestCertificate, requireCertificate, waitForHello) {
    binding.configure(this.id, serverName, protocols.join('\0'), requestCertificate, requireCertificate, waitForHello);
  },

  start() {
    if (this.id > 0) binding.start(this.id);
  },

  // Goes on after 'hello'.
  proceed(context, protocols) {
    if (context !== undefined) this.context = currentContext(context);
    if (this.id > 0) binding.resume(this.id, context === undefined ? undefined : this.context.id, protocols);
  },

  setContext(context) {
    this.context = currentContext(context);
    binding.setContext(this.id, this.context.id);
  },

  checkPeer() {
    return binding.checkPeer(this.id);
  },

  exportKey(length, label, context) {
    return binding.exportKey(this.id, length, label, context);
  },

  peerCertificates() {
    return binding.peerCertificates(this.id);
  },

  sharedSignatureSchemes() {
    return binding.sharedSignatureSchemes(this.id);
  },

  ownCertificate() {
    return binding.ownCertificate(this.id);
  },

  // Bytes that were read from below before this was there.
  receive(chunk) {
    if (this.id > 0) binding.receive(this.id, chunk);
  },

  setSession(token) {
    binding.setSession(this.id, token);
  },

  getSession() {
    return binding.session(this.id);
  },

  details() {
    return binding.details(this.id);
  },

  readStart() {
    return binding.readStart(this.id);
  },

  readStop() {
    return binding.readStop(this.id);
  },

  useUserBuffer(buffer) {
    this.userBuffer = buffer;
    this.onread = this.onread === readIntoUserBuffer ? this.onread : (this.onplain = this.onread, readIntoUserBuffer);
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
    return binding.write(this.id, Buffer.concat(chunks.map((chunk) => (
      typeof chunk === 'string' ? Buffer.from(chunk) : chunk))), done);
  },

  shutdown(done) {
    if (this.id > 0) binding.closeOutbound(this.id);
    return this._parent.shutdown(done);
  },

  close(done = ignore) {
    const socket = this[kOwner];
    if (socket) socket.ssl = null;
    closeEngine(this);
    const { _parent: parent, _parentWrap: parentSocket } = this;
    if (parentSocket) {
      if (!parentSocket._handle) {
        nextTick(done);
        return;
      }
      if (parentSocket._handle === parent) {
        parentSocket.once('close', () => done());
        parentSocket.destroy();
        return;
      }
    }
    parent.close(done);
  },

  reset(done) {
    closeEngine(this);
    return this._parent.reset(done);
  },

  ref() {
    this._parent.ref();
  },

  unref() {
    this._parent.unref();
  },

  hasRef() {
    return this._parent.hasRef();
  },

  getAsyncId() {
    return this[kAsyncId] ??= ++lastAsyncId;
  },

  getProviderType() {
    return 0;
  },
};

// The memory that a user gave for reading ({ onread }) is filled from here.
function readIntoUserBuffer(count, buffer) {
  if (count <= 0) {
    this.onplain(count);
    return;
  }
  for (let from = 0; from < count;) {
    const target = this.userBuffer;
    const length = Math.min(target.length, count - from);
    buffer.copy(target, 0, from, from + length);
    from += length;
    this.onplain(length);
    if (this.id === 0) return;
  }
}

function closeEngine(handle) {
  const { id } = handle;
  if (id <= 0) return;
  handle.finalBytesRead = binding.bytesRead(id);
  handle.finalBytesWritten = binding.bytesWritten(id);
  handle.finalDetails = binding.details(id);
  handle.id = 0;
  handle.reading = false;
  binding.closeOutbound(id);
  binding.close(id);
}

// What the connection below does.
for (const name of ['bind', 'connect', 'getsockname', 'getpeername', 'setNoDelay', 'setKeepAlive', 'setTypeOfService',
                    'getTypeOfService']) {
  methods[name] = function(...args) {
    return this._parent[name] === undefined ? -107 : this._parent[name](...args);
  };
}

for (const name of Object.keys(methods)) {
  Object.defineProperty(TLSWrap.prototype, name, {
    __proto__: null, value: methods[name], writable: true, configurable: true,
  });
}

const getters = {
  fd() {
    return this._parent.fd ?? -1;
  },

  bytesRead() {
    return this.id === 0 ? this.finalBytesRead : binding.bytesRead(this.id);
  },

  bytesWritten() {
    return this.id === 0 ? this.finalBytesWritten : binding.bytesWritten(this.id);
  },

  writeQueueSize() {
    return this._parent.writeQueueSize;
  },

  lastActivity() {
    return this._parent.lastActivity;
  },
};

for (const name of Object.keys(getters)) {
  Object.defineProperty(TLSWrap.prototype, name, { __proto__: null, get: getters[name], configurable: true });
}

module.exports = { TLSWrap };
