'use strict';

// A net.Socket on a TLS engine, for both sides.

const net = require('net');
const {
  codes: { ERR_FEATURE_UNAVAILABLE_ON_PLATFORM, ERR_TLS_ALPN_CALLBACK_INVALID_RESULT,
           ERR_TLS_ALPN_CALLBACK_WITH_PROTOCOLS, ERR_TLS_HANDSHAKE_TIMEOUT, ERR_TLS_INVALID_CONTEXT,
           ERR_TLS_INVALID_STATE, ERR_TLS_RENEGOTIATION_DISABLED, ERR_TLS_RENEGOTIATION_UNSUPPORTED,
           ERR_TLS_SNI_FROM_SERVER },
} = require('internal/errors');
const { validateBuffer, validateFunction, validateInt32, validateObject, validateString, validateUint32 } =
  require('internal/validators');
const { kOwner, stateSymbol } = require('internal/symbols');
const { nextTick } = require('internal/runtime');
const { convertALPNProtocols, decodeProtocols } = require('internal/tls/common');
const { TLSWrap } = require('internal/tls/handle');

const kNewHandle = stateSymbol('net.kNewHandle'); // net asks for one when it connects
const kVerified = stateSymbol('tls.kVerified');
const kDisableRenegotiation = stateSymbol('tls.kDisableRenegotiation');
const kRequested = stateSymbol('tls.kRequested'); // what a client asks its engine for before there is one
const kErrorEmitted = stateSymbol('tls.kErrorEmitted');
const kPendingSession = stateSymbol('tls.kPendingSession');

function TLSSocket(socket, opts) {
  if (!(this instanceof TLSSocket)) return new TLSSocket(socket, opts);
  const options = { ...opts };
  if (options.ALPNProtocols) convertALPNProtocols(options.ALPNProtocols, options);
  if (options.pskCallback) throw new ERR_FEATURE_UNAVAILABLE_ON_PLATFORM('options.pskCallback');

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
  this[kVerified] = false;
  this[kErrorEmitted] = false;
  this[kPendingSession] = null;
  this[kRequested] = { session: undefined };

  const wrapped = socket ? lowerSocket(socket) : null;
  const handle = socket ? this._wrapHandle(wrapped, wrapped._handle) : null;
  net.Socket.call(this, {
    handle,
    allowHalfOpen: socket ? socket.allowHalfOpen : options.allowHalfOpen,
    pauseOnCreate: options.pauseOnConnect,
    manualStart: true,
    highWaterMark: options.highWaterMark,
    onread: socket ? null : options.onread,
    signal: options.signal,
    lookup: options.lookup,
  });
  this._init(socket, wrapped);
  if (wrapped !== null) {
    const destroy = () => this.destroy();
    wrapped.on('close', destroy);
    this.on('close', () => wrapped.removeListener('close', destroy));
  }
  // The caller shall have its listeners by then.
  nextTick(startReading, this, socket);
}
Object.setPrototypeOf(TLSSocket.prototype, net.Socket.prototype);
Object.setPrototypeOf(TLSSocket, net.Socket);

// What has a handle of Java's can lie below as it is; any other stream gets one.
function lowerSocket(socket) {
  if ((socket instanceof net.Socket) && (!socket._handle || socket._handle.id > 0 || socket._handle.id === 0)) return socket;
  const { StreamBelow } = require('internal/tls/stream_below');
  return new StreamBelow(socket);
}

function startReading(secureSocket, socket) {
  const { _handle: handle } = secureSocket;
  if (!handle) return;
  if (socket?.readableLength) {
    let chunk;
    while ((chunk = socket.read()) !== null) handle.receive(typeof chunk === 'string' ? Buffer.from(chunk) : chunk);
  }
  secureSocket.read(0);
}

// The engine's reports: `this` is the handle.
function onHello(serverName, offered) {
  const socket = this[kOwner];
  if (socket) chooseByName(socket, this, serverName, offered);
}

function onSecure() {
  this[kOwner]?._finishInit();
}

function onEngineError(message) {
  const socket = this[kOwner];
  if (!socket || socket._hadError) return;
  const error = require('internal/tls/engine_error').engineError(message);
  socket._hadError = true;
  if (!socket._secureEstablished) {
    // Who listens to the server hears of it; a client's own listeners too.
    const left = socket._tlsError(error);
    if (left !== null) socket.destroy(left);
    else socket.destroy();
  } else {
    socket._emitTLSError(error);
  }
}

// A server's answer to what the client asks for, made before there is an engine: its context and its protocol.
function chooseByName(socket, handle, serverName, offered) {
  const { _tlsOptions: options } = socket;
  socket.servername = serverName ?? false;
  const fail = (error) => {
    const left = socket._tlsError(error);
    socket.destroy(left ?? undefined);
  };
  const proceed = (context) => {
    if (socket._handle !== handle) return;
    let chosen;
    if (options.ALPNCallback && offered.length > 0) {
      const protocols = offered.map((name) => Buffer.from(name, 'latin1').toString('ascii'));
      chosen = options.ALPNCallback.call(socket, { servername: serverName || undefined, protocols });
      if (chosen === undefined) {
        chosen = ''; // none of them, which the engine tells the client
      } else if (!protocols.includes(chosen)) {
        fail(new ERR_TLS_ALPN_CALLBACK_INVALID_RESULT(chosen, protocols));
        return;
      }
    }
    handle.proceed(context, chosen);
  };
  if (typeof options.SNICallback !== 'function' || serverName === undefined) {
    proceed(undefined);
    return;
  }
  let once = false;
  options.SNICallback.call(socket, serverName, (error, context) => {
    if (once) return;
    once = true;
    if (error) {
      fail(error);
      return;
    }
    if (!context) {
      proceed(undefined);
      return;
    }
    const native = context.context || context;
    if (typeof native.id !== 'number') fail(new TypeError('Invalid SNI context'));
    else proceed(native);
  });
}

function defineMethods(methods) {
  for (const name of Reflect.ownKeys(methods)) {
    Object.defineProperty(TLSSocket.prototype, name, {
      __proto__: null, value: methods[name], writable: true, enumerable: true, configurable: true,
    });
  }
}

defineMethods({
  disableRenegotiation() {
    this[kDisableRenegotiation] = true;
  },

  _wrapHandle(wrapped, handle) {
    const { _tlsOptions: options } = this;
    const parent = handle ?? newTransport(options);
    const context = options.secureContext ||
      require('internal/tls/secure_context').createSecureContext(options);
    if (!context.context || typeof context.context.id !== 'number') throw new ERR_TLS_INVALID_CONTEXT('context');
    const created = new TLSWrap(parent, wrapped, context.context, Boolean(options.isServer));
    created[kOwner] = this;
    created.onhello = onHello;
    created.onsecure = onSecure;
    created.onerror = onEngineError;
    this.ssl = created;
    return created;
  },

  [kNewHandle](options) {
    if (options?.path) this._tlsOptions.pipe = true;
    return this._wrapHandle(null, null);
  },

  _destroySSL() {
    this.ssl = null;
  },

  _init(socket, wrapped) {
    const { _tlsOptions: options } = this;
    this._requestCert = Boolean(options.requestCert) || !options.isServer;
    this._rejectUnauthorized = Boolean(options.rejectUnauthorized);
    if (options.ALPNCallback) {
      validateFunction(options.ALPNCallback, 'options.ALPNCallback');
      if (options.ALPNProtocols) throw new ERR_TLS_ALPN_CALLBACK_WITH_PROTOCOLS();
    }
    if (options.isServer && typeof options.SNICallback === 'function') this._SNICallback = options.SNICallback;
    if (options.handshakeTimeout > 0) this.setTimeout(options.handshakeTimeout, this._handleTimeout);
    if (socket instanceof net.Socket) {
      this._parent = socket;
      this.connecting = socket.connecting;
      if (socket.connecting) {
        socket.once('connect', () => {
          this.connecting = false;
          this.emit('connect');
        });
      }
      if (!socket._handle) this._handle = null;
    }
    if (wrapped) wrapped.on('error', (error) => this._emitTLSError(error));
    else this.connecting = true;
    if (options.isServer && this._handle) this._start();
  },

  renegotiate(options, callback) {
    validateObject(options, 'options');
    if (callback !== undefined) validateFunction(callback, 'callback');
    if (this.destroyed) return undefined;
    const error = this.getProtocol() === 'TLSv1.3' ? require('internal/tls/engine_error').wrongVersion() :
      this[kDisableRenegotiation] ? new ERR_TLS_RENEGOTIATION_DISABLED() : new ERR_TLS_RENEGOTIATION_UNSUPPORTED();
    if (callback) nextTick(callback, error);
    return false;
  },

  exportKeyingMaterial(length, label, context) {
    validateUint32(length, 'length', true);
    validateString(label, 'label');
    if (context !== undefined) validateBuffer(context, 'context');
    if (!this._secureEstablished) throw new ERR_TLS_INVALID_STATE();
    return this.ssl.exportKey(length, label, context);
  },

  // The JDK's engine has one size of fragments for all connections.
  setMaxSendFragment(size) {
    validateInt32(size, 'size');
    return size >= 512 && size <= 16384;
  },

  _handleTimeout() {
    this._emitTLSError(new ERR_TLS_HANDSHAKE_TIMEOUT());
  },

  _emitTLSError(error) {
    const left = this._tlsError(error);
    if (left) this.destroy(left);
  },

  // Whether an error is the socket's own (a client's, or after the handshake), and not its server's.
  _tlsError(error) {
    this.emit('_tlsError', error);
    return this._controlReleased ? error : null;
  },

  _releaseControl() {
    if (this._controlReleased) return false;
    this._controlReleased = true;
    this.removeListener('error', this._tlsError);
    return true;
  },

  _finishInit() {
    if (!this._handle) return;
    const details = this._handle.details();
    this.alpnProtocol = details[2] === '' ? false : Buffer.from(details[2], 'latin1').toString();
    if (this.servername === null) this.servername = details[3] ?? false;
    this._secureEstablished = true;
    if (this._tlsOptions.handshakeTimeout > 0) this.setTimeout(0, this._handleTimeout);
    this.emit('secure');
    if (!this._tlsOptions.isServer && !this.destroyed) emitSession(this);
  },

  _start() {
    if (this.connecting) {
      this.once('connect', this._start);
      return;
    }
    const { _handle: handle, _tlsOptions: options } = this;
    if (!handle) return;
    const { servername, session } = this[kRequested];
    const names = options.ALPNProtocols ? decodeProtocols(options.ALPNProtocols) : [];
    handle.configure(options.isServer ? undefined : servername, names,
                     Boolean(options.requestCert) || !options.isServer, Boolean(options.rejectUnauthorized),
                     Boolean(options.isServer && (options.SNICallback || options.ALPNCallback)));
    if (session !== undefined) handle.setSession(session);
    handle.start();
  },

  setServername(name) {
    validateString(name, 'name');
    if (this._tlsOptions.isServer) throw new ERR_TLS_SNI_FROM_SERVER();
    this[kRequested].servername = name;
  },

  setSession(session) {
    this[kRequested].session = typeof session === 'string' ? Buffer.from(session, 'latin1') : session;
  },

  getSession() {
    return this.ssl?.getSession();
  },

  getPeerCertificate(detailed) {
    const chain = this._peerChain();
    if (chain === null) return null;
    return require('internal/tls/certificate').chainToObject(chain, detailed) ?? {};
  },

  _peerChain() {
    return this.ssl ? this.ssl.peerCertificates() : null;
  },

  getCertificate() {
    if (!this.ssl) return null;
    const description = this.ssl.ownCertificate();
    return description === undefined ? {} : require('internal/tls/certificate').toObject(description);
  },

  getPeerX509Certificate() {
    const chain = this._peerChain();
    return chain?.length > 0 ? new (require('crypto').X509Certificate)(chain[0].raw) : undefined;
  },

  getX509Certificate() {
    const description = this.ssl?.ownCertificate();
    return description === undefined ? undefined : new (require('crypto').X509Certificate)(description.raw);
  },

  setKeyCert(context) {
    if (!this.ssl) return;
    const created = context?.context ? context :
      require('internal/tls/secure_context').createSecureContext(context);
    this.ssl.setContext(created.context);
  },

  getCipher() {
    const details = this._details();
    if (details === undefined) return this.ssl ? {} : null;
    const { opensslName } = require('internal/tls/ciphers');
    const { 1: standardName } = details;
    const modern = !standardName.includes('_WITH_');
    const name = opensslName(standardName);
    return { name, standardName, version: modern ? 'TLSv1.3' : /SHA$/.test(name) ? 'SSLv3' : 'TLSv1.2' };
  },

  _details() {
    const details = this.ssl?.details();
    return details === undefined || !this._secureEstablished ? undefined : details;
  },

  getSharedSigalgs() {
    return this.ssl ? this.ssl.sharedSignatureSchemes() : null;
  },

  getEphemeralKeyInfo() {
    return this.ssl ? this._tlsOptions.isServer ? null : {} : null;
  },

  getFinished() {
    return undefined;
  },

  getPeerFinished() {
    return undefined;
  },

  getProtocol() {
    if (!this.ssl) return null;
    return this._details()?.[0] ?? 'unknown';
  },

  getTLSTicket() {
    return undefined;
  },

  isSessionReused() {
    return this.ssl ? this._details()?.[4] ?? false : null;
  },

  enableTrace() {
    throw new ERR_FEATURE_UNAVAILABLE_ON_PLATFORM('tlsSocket.enableTrace()');
  },
});

Object.defineProperty(TLSSocket.prototype, 'encrypted', {
  __proto__: null, configurable: true, enumerable: true, writable: true, value: true,
});

function newTransport({ pipe }) {
  const { Pipe, TCP } = require('internal/net/handle');
  return pipe ? new Pipe() : new TCP();
}

// The session can be taken up from now on; with TLS 1.3 the servers of the world send two tickets.
function emitSession(socket) {
  const session = socket.getSession();
  if (session === undefined) return;
  const { 0: protocol, 4: reused } = socket._handle.details();
  if (protocol !== 'TLSv1.3' && reused) return;
  nextTick(() => {
    if (socket.destroyed) return;
    if (socket[kVerified]) socket.emit('session', session);
    else socket[kPendingSession] = session;
  });
}

module.exports = { TLSSocket, kVerified, kErrorEmitted, kPendingSession };
