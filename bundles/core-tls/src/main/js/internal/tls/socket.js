'use strict';

const net = require('net');
const { codes, ErrnoException } = require('internal/errors');
const { nextTick } = require('internal/runtime');
const { stateSymbol } = require('internal/symbols');
const { validateString } = require('internal/validators');
const { Pipe, TCP } = require('internal/net/handle');
const { TlsHandle } = require('internal/tls/handle');
const { createSecureContext } = require('internal/tls/context');

const kOptions = stateSymbol('tls.options');
const kNewHandle = stateSymbol('net.kNewHandle');
const kErrorEmitted = stateSymbol('tls.errorEmitted');
const kContext = stateSymbol('tls.context');
const kHandshakeTimer = stateSymbol('tls.handshakeTimer');

/** Names of protocols from an array, or from the form that ALPN sends. */
function protocolNames(protocols) {
  if (protocols === undefined || protocols === null) return [];
  if (Array.isArray(protocols)) return protocols.map(String);
  const names = [];
  for (let i = 0; i < protocols.length; i += 1 + protocols[i]) {
    names.push(Buffer.from(protocols.subarray(i + 1, i + 1 + protocols[i])).toString('latin1'));
  }
  return names;
}

function TLSSocket(socket, options) {
  if (!(this instanceof TLSSocket)) return new TLSSocket(socket, options);
  options = { ...options };
  if (options.enableTrace) {
    process.emitWarning('Enabling --trace-tls can expose sensitive data in the resulting log.');
  }
  this[kOptions] = options;
  this._tlsOptions = options;
  this._secureEstablished = false;
  this._securePending = false;
  this._newSessionPending = false;
  this._controlReleased = false;
  this.secureConnecting = true;
  this._SNICallback = null;
  this.servername = null;
  this.alpnProtocol = null;
  this.authorized = false;
  this.authorizationError = null;
  this[kErrorEmitted] = false;
  this[kContext] = options.secureContext?.context ?? options.secureContext ?? null;

  let handle;
  let parent;
  if (socket instanceof net.Socket) {
    parent = socket;
    if (socket._handle) handle = new TlsHandle(socket._handle, socket);
  } else if (socket) {
    throw new codes.ERR_METHOD_NOT_IMPLEMENTED('TLS over a stream that is no net.Socket');
  }
  const allowHalfOpen = socket ? socket.allowHalfOpen : options.allowHalfOpen;
  net.Socket.call(this, {
    handle,
    allowHalfOpen,
    pauseOnCreate: options.pauseOnConnect,
    manualStart: true,
    highWaterMark: options.highWaterMark,
    onread: socket ? undefined : options.onread,
    signal: options.signal,
  });
  this.encrypted = true;
  this.ssl = handle ?? null;
  this._requestCert = options.requestCert;
  this._rejectUnauthorized = options.rejectUnauthorized;
  this.on('end', onEnd);

  if (parent !== undefined) {
    this._parent = parent;
    parent.on('error', (error) => this._emitTLSError(error));
    parent.on('close', () => { if (!this.destroyed) this.destroy(); });
    this.connecting = Boolean(parent.connecting);
    if (handle === undefined && parent.connecting) throw new codes.ERR_SOCKET_CLOSED();
    if (handle !== undefined) handle.onevent = (event, detail) => onEvent(this, event, detail);
    if (parent.connecting) {
      parent.once('connect', () => {
        this.connecting = false;
        this._start();
        this.emit('connect');
      });
    } else if (handle !== undefined) {
      this._start();
    }
  }
  this.read(0);
}
Object.setPrototypeOf(TLSSocket.prototype, net.Socket.prototype);
Object.setPrototypeOf(TLSSocket, net.Socket);

// net.Socket.connect() asks for what it connects with.
TLSSocket.prototype[kNewHandle] = function(options) {
  const handle = new TlsHandle(options?.path ? new Pipe() : new TCP(), undefined);
  handle.onevent = (event, detail) => onEvent(this, event, detail);
  handle.connect = (...args) => {
    const done = args.pop();
    return handle.lower.connect(...args, (status) => {
      if (status === 0 && this._handle === handle) this._start();
      done(status);
    });
  };
  this.ssl = handle;
  return handle;
};

TLSSocket.prototype._init = function _init() {};

TLSSocket.prototype._start = function _start() {
  const { _handle: handle } = this;
  if (handle === null || handle.started) return;
  const options = this[kOptions];
  const isServer = Boolean(options.isServer);
  let context = this[kContext];
  try {
    context ??= this[kContext] = createSecureContext(options);
  } catch (error) {
    nextTick(() => this.destroy(error));
    return;
  }
  const name = isServer ? undefined : this.servername || options.servername;
  const protocols = protocolNames(options.ALPNProtocols);
  const requestCert = Boolean(options.requestCert);
  const { _parent: parent } = this;
  // What the socket below has read already is the beginning of the handshake
  const early = [];
  if (parent) {
    parent.pause();
    for (let chunk = parent.read(); chunk !== null; chunk = parent.read()) early.push(chunk);
  }
  const status = handle.start(context, isServer, name && !net.isIP(name) ? name : undefined, protocols.join(','), requestCert,
                              isServer && typeof options.SNICallback === 'function');
  if (status !== 0) {
    this.destroy(new ErrnoException(status, 'read'));
    return;
  }
  for (const chunk of early) handle.receive(typeof chunk === 'string' ? Buffer.from(chunk, 'latin1') : chunk);
};

function onEvent(socket, event, detail) {
  switch (event) {
    case 'secure':
      finishInit(socket);
      break;
    case 'servername':
      chooseContext(socket, detail);
      break;
    case 'reset':
      socket._reset = true;
      socket.emit('_tlsReset');
      if (!socket.destroyed && !socket._secureEstablished) {
        const { ConnResetException } = require('internal/tls/reset');
        socket._emitTLSError(ConnResetException(socket));
      }
      break;
    case 'error': {
      const { handshakeError } = require('internal/tls/errors');
      socket._emitTLSError(handshakeError(detail));
      break;
    }
  }
}

/** A server's choice by the name that the client gave. */
function chooseContext(socket, name) {
  const { _handle: handle } = socket;
  if (!name) {
    binding.resume(handle.id, undefined);
    return;
  }
  let called = false;
  socket[kOptions].SNICallback.call(socket, name, (error, context) => {
    if (called) {
      socket.destroy(new codes.ERR_MULTIPLE_CALLBACK());
      return;
    }
    called = true;
    if (socket.destroyed || socket._handle !== handle) return;
    if (error) {
      socket.destroy(error);
      return;
    }
    const chosen = context?.context ?? context;
    if (chosen && !(chosen.id > 0)) {
      socket.destroy(new codes.ERR_TLS_INVALID_CONTEXT('context'));
      return;
    }
    if (chosen) socket[kContext] = chosen;
    binding.resume(handle.id, chosen ? chosen.id : undefined);
  });
}

function finishInit(socket) {
  const details = binding.details(socket._handle.id);
  socket._secureEstablished = true;
  socket.secureConnecting = false;
  if (details) {
    const { 2: protocol, 3: name } = details;
    socket.alpnProtocol = protocol || false;
    if (socket[kOptions].isServer) socket.servername = name || false;
  }
  socket.emit('secure');
}

TLSSocket.prototype._finishInit = function _finishInit() {};

// Before the handshake is done an error ends the socket below too; who listens is told by '_tlsError'.
TLSSocket.prototype._emitTLSError = function _emitTLSError(error) {
  const result = this._tlsError(error);
  if (result) this.destroy(result);
};

TLSSocket.prototype._tlsError = function _tlsError(error) {
  if (this[kErrorEmitted]) return null;
  this[kErrorEmitted] = true;
  this.emit('_tlsError', error);
  return this._controlReleased ? error : (this[kOptions].isServer ? null : error);
};

TLSSocket.prototype._releaseControl = function _releaseControl() {
  if (this._controlReleased) return false;
  this._controlReleased = true;
  return true;
};

function onEnd() {
  if (this.allowHalfOpen && this[kOptions].isServer !== true) this.end();
}

TLSSocket.prototype._wrapHandle = undefined;

// ---- What users ask

TLSSocket.prototype.setServername = function setServername(name) {
  validateString(name, 'name');
  if (this[kOptions].isServer) throw new codes.ERR_TLS_SNI_FROM_SERVER();
  this.servername = name;
};

TLSSocket.prototype.getPeerCertificate = function getPeerCertificate(detailed) {
  if (!this._handle) return null;
  if (this._handle.id === 0) return {};
  return require('internal/tls/certificate').readChain(binding.peerCertificates(this._handle.id), detailed);
};

TLSSocket.prototype.getCertificate = function getCertificate() {
  if (!this._handle) return null;
  const context = this[kContext];
  const described = context ? binding.ownCertificate(context.id) : undefined;
  return described ? require('internal/tls/certificate').readCertificate(described) : {};
};

function x509(certificate) {
  return certificate?.raw ? new (require('crypto').X509Certificate)(certificate.raw) : undefined;
}

TLSSocket.prototype.getPeerX509Certificate = function getPeerX509Certificate() {
  return x509(this.getPeerCertificate());
};

TLSSocket.prototype.getX509Certificate = function getX509Certificate() {
  return x509(this.getCertificate());
};

TLSSocket.prototype.getProtocol = function getProtocol() {
  if (!this._handle || this._handle.id === 0) return null;
  return binding.details(this._handle.id)?.[0] ?? null;
};

TLSSocket.prototype.getCipher = function getCipher() {
  if (!this._handle || this._handle.id === 0) return null;
  const details = binding.details(this._handle.id);
  if (!details) return undefined;
  const { 0: protocol, 1: standardName } = details;
  const { opensslName } = require('internal/tls/ciphers');
  return { name: opensslName(standardName), standardName, version: protocol === 'TLSv1.3' ? 'TLSv1.3' : 'TLSv1.2' };
};

TLSSocket.prototype.getEphemeralKeyInfo = function getEphemeralKeyInfo() {
  return this[kOptions].isServer ? null : {};
};

// The JDK keeps its sessions to itself: none is given out, and none can be taken.
TLSSocket.prototype.getSession = function getSession() {
  return undefined;
};

TLSSocket.prototype.setSession = function setSession() {};

TLSSocket.prototype.getTLSTicket = function getTLSTicket() {
  return undefined;
};

TLSSocket.prototype.isSessionReused = function isSessionReused() {
  return false;
};

TLSSocket.prototype.getFinished = function getFinished() {
  return undefined;
};

TLSSocket.prototype.getPeerFinished = function getPeerFinished() {
  return undefined;
};

TLSSocket.prototype.getSharedSigalgs = function getSharedSigalgs() {
  return [];
};

TLSSocket.prototype.disableRenegotiation = function disableRenegotiation() {};

TLSSocket.prototype.enableTrace = function enableTrace() {};

TLSSocket.prototype.setMaxSendFragment = function setMaxSendFragment(size) {
  return Number.isInteger(size) && size >= 512 && size <= 16384;
};

TLSSocket.prototype.setKeyCert = function setKeyCert(context) {
  this[kContext] = context?.context ?? createSecureContext(context);
};

TLSSocket.prototype.exportKeyingMaterial = function exportKeyingMaterial() {
  throw new codes.ERR_METHOD_NOT_IMPLEMENTED('exportKeyingMaterial()');
};

TLSSocket.prototype.renegotiate = function renegotiate(options, callback) {
  const { validateFunction, validateObject } = require('internal/validators');
  validateObject(options, 'options');
  if (callback !== undefined) validateFunction(callback, 'callback');
  if (this.destroyed) return undefined;
  const error = new codes.ERR_TLS_RENEGOTIATE();
  if (callback) nextTick(callback, error);
  return false;
};

module.exports = { TLSSocket, kContext, kErrorEmitted, kHandshakeTimer, kOptions };
