'use strict';

// Servers, plain and secure: a session for each connection, and HTTP/1 for those who ask for it.

const EventEmitter = require('events');
const net = require('net');
const { validateFunction, validateObject, validateUint32 } = require('internal/validators');
const { stateSymbol } = require('internal/symbols');
const { ServerHttp2Session } = require('internal/http2/server_session');
const { kBound } = require('internal/http2/session');
const { kOptions, kServer } = require('internal/http2/state');
const { assertIsArray, assertIsObject } = require('internal/http2/headers');
const { validateSettings } = require('internal/http2/settings');

const kSessions = stateSymbol('http2.server.sessions');
const UNKNOWN_PROTOCOL_TIMEOUT = 10000;

function initializeOptions(options) {
  assertIsObject(options, 'options');
  options = { ...options };
  assertIsObject(options.settings, 'options.settings');
  options.settings = { ...options.settings };
  assertIsArray(options.remoteCustomSettings, 'options.remoteCustomSettings');
  if (options.maxSessionInvalidFrames !== undefined) validateUint32(options.maxSessionInvalidFrames, 'maxSessionInvalidFrames');
  if (options.maxSessionRejectedStreams !== undefined) validateUint32(options.maxSessionRejectedStreams, 'maxSessionRejectedStreams');
  if (options.unknownProtocolTimeout !== undefined) validateUint32(options.unknownProtocolTimeout, 'unknownProtocolTimeout');
  else options.unknownProtocolTimeout = UNKNOWN_PROTOCOL_TIMEOUT;
  if (options.streamResetBurst !== undefined || options.streamResetRate !== undefined) {
    if (options.streamResetBurst !== undefined) validateUint32(options.streamResetBurst, 'options.streamResetBurst');
    if (options.streamResetRate !== undefined) validateUint32(options.streamResetRate, 'options.streamResetRate');
  }
  // The classes of HTTP/1 for who falls back to it
  options.Http1IncomingMessage = options.Http1IncomingMessage || options.http1Options?.IncomingMessage;
  options.Http1ServerResponse = options.Http1ServerResponse || options.http1Options?.ServerResponse;
  options.Http2ServerRequest ||= require('internal/http2/server_request').Http2ServerRequest;
  options.Http2ServerResponse ||= require('internal/http2/server_response').Http2ServerResponse;
  return options;
}

function initializeTLSOptions(options, servername) {
  options = initializeOptions(options);
  if (!options.ALPNCallback) options.ALPNProtocols = options.allowHTTP1 === true ? ['h2', 'http/1.1'] : ['h2'];
  if (servername !== undefined && !options.servername) options.servername = servername;
  return options;
}

function onStream(stream, headers, flags, rawHeaders) {
  this[kServer]?.emit('stream', stream, headers, flags, rawHeaders);
}

function onSessionError(error) {
  this[kServer]?.emit('sessionError', error, this);
}

function onPriority(stream, parent, weight, exclusive) {
  this[kServer]?.emit('priority', stream, parent, weight, exclusive);
}

function onSessionTimeout() {
  // Without a listener on the server the connection is not worth keeping.
  if (this.destroyed || this.closed) return;
  const server = this[kServer];
  if (server === undefined || !server.emit('timeout', this)) this.destroy();
}

function unknownProtocol(server, socket, options) {
  if (server.emit('unknownProtocol', socket)) return;
  const timer = setTimeout(() => {
    if (!socket.destroyed) socket.destroy();
  }, options.unknownProtocolTimeout);
  timer.unref();
  socket.once('close', () => clearTimeout(timer));
  // In a form that the other side may understand
  socket.end('HTTP/1.0 403 Forbidden\r\nContent-Type: text/plain\r\n\r\n' +
    'This port speaks HTTP/2 alone: the protocol `h2` was not negotiated.\n');
}

function startSession(server, socket, options) {
  const session = new ServerHttp2Session(options, socket, server);
  server[kSessions].add(session);
  session.on('stream', onStream);
  session.on('error', onSessionError);
  session.on('priority', onPriority);
  session.on('close', () => server[kSessions].delete(session));
  if (server.timeout) session.setTimeout(server.timeout, onSessionTimeout);
  socket[kServer] = server;
  return session;
}

function connectionListener(socket) {
  const options = this[kOptions] || {};
  if (socket.alpnProtocol === false || socket.alpnProtocol === 'http/1.1') {
    if (options.allowHTTP1 === true) {
      this[kOptions].http1 ??= prepareHttp1(this, options);
      return Reflect.apply(require('_http_server')._connectionListener, this, [socket]);
    }
    unknownProtocol(this, socket, options);
    return undefined;
  }
  // A socket that failed before it came here
  if (socket.destroyed) return undefined;
  const session = startSession(this, socket, options);
  this.emit('session', session);
  return undefined;
}

function prepareHttp1(server, options) {
  const http = require('_http_server');
  Reflect.apply(http.storeHTTPOptions, server, [{
    ...options, IncomingMessage: options.Http1IncomingMessage, ServerResponse: options.Http1ServerResponse, ...options.http1Options,
  }]);
  Reflect.apply(http.setupConnectionsTracking, server, []);
  return true;
}

// The compatibility API starts with the first listener of 'request'.
function setupCompat(event) {
  if (event !== 'request') return;
  this.removeListener('newListener', setupCompat);
  const { Http2ServerRequest, Http2ServerResponse } = this[kOptions];
  const { onServerStream } = require('internal/http2/compat');
  this.on('stream', (stream, headers, flags, rawHeaders) => {
    onServerStream(this, Http2ServerRequest, Http2ServerResponse, stream, headers, flags, rawHeaders);
  });
}

// A listener's promise was rejected: the request is answered with an error, where that is still possible.
function answerRejection(error, event, { 0: first, 1: second }) {
  if (event === 'stream') {
    if (first.sentHeaders) {
      first.destroy(error);
    } else {
      first.respond({ ':status': 500 });
      first.end();
    }
    return true;
  }
  if (event !== 'request') return false;
  if (!second.headersSent && !second.finished) {
    for (const name of second.getHeaderNames()) second.removeHeader(name);
    second.statusCode = 500;
    second.end(require('http').STATUS_CODES[500]);
  } else {
    second.destroy(error);
  }
  return true;
}

// What both kinds of servers have.
function share(Server, Base) {
  const methods = {
    setTimeout(milliseconds, callback) {
      this.timeout = milliseconds;
      if (callback !== undefined) {
        validateFunction(callback, 'callback');
        this.on('timeout', callback);
      }
      return this;
    },

    updateSettings(settings) {
      assertIsObject(settings, 'settings');
      validateSettings(settings);
      this[kOptions].settings = { ...this[kOptions].settings, ...settings };
    },

    close() {
      if (this[kOptions].http1) require('_http_server').httpServerPreClose(this);
      Reflect.apply(Base.prototype.close, this, arguments);
      for (const session of [...this[kSessions]]) session.close();
      return this;
    },
  };
  for (const name of Object.keys(methods)) {
    Object.defineProperty(Server.prototype, name, { __proto__: null, value: methods[name], writable: true, configurable: true });
  }
  Object.defineProperty(Server.prototype, EventEmitter.captureRejectionSymbol, {
    __proto__: null,
    writable: true,
    configurable: true,
    value(error, event, ...args) {
      if (!answerRejection(error, event, args)) Reflect.apply(net.Server.prototype[EventEmitter.captureRejectionSymbol], this, [error, event, ...args]);
    },
  });
  Object.defineProperty(Server.prototype, Symbol.asyncDispose, {
    __proto__: null,
    writable: true,
    configurable: true,
    async value() {
      await new Promise((resolve, reject) => this.close((error) => (error ? reject(error) : resolve())));
    },
  });
}

function initialize(server, options, requestListener) {
  server[kOptions] = options;
  server[kSessions] = new Set();
  server.timeout = 0;
  server.on('newListener', setupCompat);
  if (options.allowHTTP1 === true) {
    server.headersTimeout = 60000;
    server.requestTimeout = 300000;
    server.maxHeadersCount = null;
  }
  if (typeof requestListener === 'function') server.on('request', requestListener);
}

function onConnection(socket) {
  connectionListener.call(this, socket);
}

class Http2Server extends net.Server {
  constructor(options, requestListener) {
    options = initializeOptions(options);
    super(options, onConnection);
    initialize(this, options, requestListener);
  }
}
share(Http2Server, net.Server);

let SecureServer;
function secureServerClass() {
  if (SecureServer !== undefined) return SecureServer;
  const tls = require('tls');
  SecureServer = class Http2SecureServer extends tls.Server {
    constructor(options, requestListener) {
      options = initializeTLSOptions(options);
      super(options, onConnection);
      initialize(this, options, requestListener);
      this.on('tlsClientError', (error, socket) => {
        if (!this.emit('clientError', error, socket)) socket.destroy(error);
      });
    }

    closeAllConnections() {
      require('http').Server.prototype.closeAllConnections.call(this);
    }

    closeIdleConnections() {
      require('http').Server.prototype.closeIdleConnections.call(this);
    }
  };
  share(SecureServer, tls.Server);
  return SecureServer;
}

function createServer(options, handler) {
  if (typeof options === 'function') {
    handler = options;
    options = {};
  }
  return new Http2Server(options, handler);
}

function createSecureServer(options, handler) {
  const Server = secureServerClass();
  return new Server(options, handler);
}

function performServerHandshake(socket, options = {}) {
  validateObject(options, 'options');
  if (socket[kBound] !== undefined) {
    const { codes: { ERR_HTTP2_SOCKET_BOUND } } = require('internal/errors');
    throw new ERR_HTTP2_SOCKET_BOUND();
  }
  return new ServerHttp2Session(initializeOptions(options), socket, undefined);
}

module.exports = { createServer, createSecureServer, performServerHandshake };
