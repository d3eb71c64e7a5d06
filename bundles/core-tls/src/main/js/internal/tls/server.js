'use strict';

const net = require('net');
const { codes } = require('internal/errors');
const { kEmptyObject } = require('internal/util');
const { validateFunction, validateNumber, validateObject } = require('internal/validators');
const { createSecureContext } = require('internal/tls/context');
const { TLSSocket, kErrorEmitted } = require('internal/tls/socket');

const HANDSHAKE_TIMEOUT = 120_000;

function Server(options, listener) {
  if (!(this instanceof Server)) return new Server(options, listener);
  if (typeof options === 'function') {
    listener = options;
    options = kEmptyObject;
  } else if (options === undefined || options === null) {
    options = kEmptyObject;
  } else if (typeof options !== 'object') {
    throw new codes.ERR_INVALID_ARG_TYPE('options', 'Object', options);
  }
  this._contexts = [];
  this.requestCert = options.requestCert === true;
  this.rejectUnauthorized = options.rejectUnauthorized !== false;
  this.ALPNProtocols = options.ALPNProtocols;
  if (options.ALPNCallback) {
    validateFunction(options.ALPNCallback, 'options.ALPNCallback');
    throw new codes.ERR_METHOD_NOT_IMPLEMENTED('options.ALPNCallback');
  }
  if (options.SNICallback) validateFunction(options.SNICallback, 'options.SNICallback');
  this._SNICallback = options.SNICallback;
  this._handshakeTimeout = options.handshakeTimeout || HANDSHAKE_TIMEOUT;
  validateNumber(this._handshakeTimeout, 'options.handshakeTimeout');
  this.setSecureContext(options);
  net.Server.call(this, options, onConnection);
  if (listener) this.on('secureConnection', listener);
}
Object.setPrototypeOf(Server.prototype, net.Server.prototype);
Object.setPrototypeOf(Server, net.Server);

Server.prototype.setSecureContext = function setSecureContext(options) {
  validateObject(options, 'options');
  this._secureOptions = options;
  this._sharedCreds = createSecureContext(options);
  this.key = options.key;
  this.cert = options.cert;
  this.ca = options.ca;
};

/** Later ones come first; a star stands for one label or a part of it. */
Server.prototype.addContext = function addContext(servername, context) {
  if (!servername) throw new codes.ERR_TLS_REQUIRED_SERVER_NAME();
  const pattern = servername.replace(/([.^$+?\-\\[\]{}])/g, '\\$1').replaceAll('*', '[^.]*');
  const made = context.context ? context : createSecureContext(context);
  this._contexts.push([new RegExp(`^${pattern}$`), made]);
};

Server.prototype._getServerData = function _getServerData() {
  return { ticketKeys: this.getTicketKeys().toString('hex') };
};

Server.prototype.getTicketKeys = function getTicketKeys() {
  throw new codes.ERR_METHOD_NOT_IMPLEMENTED('getTicketKeys()');
};

Server.prototype.setTicketKeys = function setTicketKeys() {
  throw new codes.ERR_METHOD_NOT_IMPLEMENTED('setTicketKeys()');
};

Server.prototype[Symbol.for('nodejs.rejection')] = function(error, event, socket) {
  if (event === 'secureConnection') socket.destroy(error);
  else net.Server.prototype[Symbol.for('nodejs.rejection')].call(this, error, event, socket);
};

function findContext(server, name) {
  for (let i = server._contexts.length - 1; i >= 0; i--) {
    if (server._contexts[i][0].test(name)) return server._contexts[i][1];
  }
  return undefined;
}

function onConnection(rawSocket) {
  const server = this;
  let { _SNICallback: choose } = server;
  if (!choose && server._contexts.length > 0) {
    choose = (name, callback) => callback(null, findContext(server, name));
  }
  const socket = new TLSSocket(rawSocket, {
    secureContext: server._sharedCreds,
    isServer: true,
    server,
    requestCert: server.requestCert,
    rejectUnauthorized: server.rejectUnauthorized,
    ALPNProtocols: server.ALPNProtocols,
    SNICallback: choose,
    pauseOnConnect: server.pauseOnConnect,
  });
  socket.server = server;
  socket.on('secure', onServerSocketSecure);
  socket.on('close', onSocketClose);
  socket.on('_tlsError', onSocketTLSError);
  socket.setTimeout(server._handshakeTimeout, onHandshakeTimeout);
}

function onHandshakeTimeout() {
  this._emitTLSError(new codes.ERR_TLS_HANDSHAKE_TIMEOUT());
}

function onServerSocketSecure() {
  const server = this._tlsOptions.server;
  this.setTimeout(0, onHandshakeTimeout);
  if (this._requestCert) {
    const code = binding.checkPeer(this._handle.id);
    if (code) {
      this.authorizationError = code;
      if (this._rejectUnauthorized) {
        this.destroy();
        return;
      }
    } else {
      this.authorized = true;
    }
  }
  if (!this.destroyed && this._releaseControl()) server.emit('secureConnection', this);
}

function onSocketTLSError(error) {
  if (this._controlReleased) return;
  this._tlsOptions.server.emit('tlsClientError', error, this);
  this.destroy();
}

function onSocketClose() {
  if (!this._controlReleased && !this[kErrorEmitted]) {
    this[kErrorEmitted] = true;
    const { ConnResetException } = require('internal/tls/reset');
    this._tlsOptions.server.emit('tlsClientError', ConnResetException(this), this);
  }
}

function createServer(options, listener) {
  return new Server(options, listener);
}

module.exports = { Server, createServer };
