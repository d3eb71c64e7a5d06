'use strict';

// The server's side: a net.Server whose connections become secure before anybody hears of them.

const net = require('net');
const {
  ConnResetException,
  codes: { ERR_FEATURE_UNAVAILABLE_ON_PLATFORM, ERR_INVALID_ARG_TYPE, ERR_TLS_ALPN_CALLBACK_WITH_PROTOCOLS,
           ERR_TLS_REQUIRED_SERVER_NAME },
} = require('internal/errors');
const { validateBuffer, validateFunction, validateNumber, validateObject } = require('internal/validators');
const { stateSymbol } = require('internal/symbols');
const { kEmptyObject } = require('internal/util');
const { convertALPNProtocols } = require('internal/tls/common');
const { SecureContext, createSecureContext } = require('internal/tls/secure_context');
const { TLSSocket, kErrorEmitted } = require('internal/tls/tls_socket');

const kHandshakeTimeout = stateSymbol('tls.kHandshakeTimeout');
const kSNICallback = stateSymbol('tls.kSNICallback');

const HANDSHAKE_TIMEOUT = 120_000;

function Server(options, listener) {
  if (!(this instanceof Server)) return new Server(options, listener);
  if (typeof options === 'function') {
    listener = options;
    options = kEmptyObject;
  } else if (options == null || typeof options === 'object') {
    options ??= kEmptyObject;
  } else {
    throw new ERR_INVALID_ARG_TYPE('options', 'Object', options);
  }
  this._contexts = [];
  this.requestCert = options.requestCert === true;
  this.rejectUnauthorized = options.rejectUnauthorized !== false;
  this.ALPNCallback = options.ALPNCallback;
  if (options.ALPNProtocols) convertALPNProtocols(options.ALPNProtocols, this);
  if (this.ALPNCallback) {
    validateFunction(this.ALPNCallback, 'options.ALPNCallback');
    if (options.ALPNProtocols) throw new ERR_TLS_ALPN_CALLBACK_WITH_PROTOCOLS();
  }
  if (options.sessionTimeout) this.sessionTimeout = options.sessionTimeout;
  if (options.ticketKeys) this.ticketKeys = options.ticketKeys;
  this.setSecureContext(options);
  this[kHandshakeTimeout] = options.handshakeTimeout || HANDSHAKE_TIMEOUT;
  this[kSNICallback] = options.SNICallback;
  validateNumber(this[kHandshakeTimeout], 'options.handshakeTimeout');
  if (this[kSNICallback]) validateFunction(this[kSNICallback], 'options.SNICallback');
  if (options.pskCallback) {
    validateFunction(options.pskCallback, 'options.pskCallback');
    throw new ERR_FEATURE_UNAVAILABLE_ON_PLATFORM('options.pskCallback');
  }
  net.Server.call(this, options, onConnection);
  if (listener) this.on('secureConnection', listener);
}
Object.setPrototypeOf(Server.prototype, net.Server.prototype);
Object.setPrototypeOf(Server, net.Server);

function onConnection(rawSocket) {
  const socket = new TLSSocket(rawSocket, {
    secureContext: this._sharedCreds,
    isServer: true,
    server: this,
    requestCert: this.requestCert,
    rejectUnauthorized: this.rejectUnauthorized,
    handshakeTimeout: this[kHandshakeTimeout],
    ALPNProtocols: this.ALPNProtocols,
    ALPNCallback: this.ALPNCallback,
    SNICallback: this[kSNICallback] || (this._contexts.length > 0 ? contextByName : undefined),
    pauseOnConnect: this.pauseOnConnect,
    highWaterMark: this.highWaterMark,
  });
  socket.on('secure', onSecure);
  socket.on('close', onClose);
  socket.on('_tlsError', onError);
}

// The last context that was added for a name is the one.
function contextByName(name, callback) {
  const { _contexts: contexts } = this._tlsOptions.server;
  for (let i = contexts.length - 1; i >= 0; i--) {
    const { 0: pattern, 1: context } = contexts[i];
    if (pattern.test(name)) {
      callback(null, context);
      return;
    }
  }
  callback(null, undefined);
}

function onSecure() {
  if (this._requestCert) {
    const code = this._handle.checkPeer();
    if (code !== undefined) {
      this.authorizationError = code;
      if (this._rejectUnauthorized) {
        this.destroy();
        return;
      }
    } else {
      this.authorized = true;
    }
  }
  if (this.destroyed || !this._releaseControl()) return;
  this.secureConnecting = false;
  this._tlsOptions.server.emit('secureConnection', this);
}

function onClose() {
  reportOnce(this, () => new ConnResetException('socket hang up'));
}

function onError(error) {
  reportOnce(this, () => error);
}

function reportOnce(socket, makeError) {
  if (socket._controlReleased || socket[kErrorEmitted]) return;
  socket[kErrorEmitted] = true;
  socket._tlsOptions.server.emit('tlsClientError', makeError(), socket);
}

const contextOptions = ['pfx', 'key', 'passphrase', 'cert', 'ca', 'minVersion', 'maxVersion', 'secureProtocol', 'crl', 'sigalgs',
                        'ciphers', 'ecdhCurve', 'dhparam', 'secureOptions', 'sessionIdContext', 'ticketKeys', 'sessionTimeout',
                        'privateKeyIdentifier', 'privateKeyEngine', 'clientCertEngine'];

Server.prototype.setSecureContext = function setSecureContext(options) {
  validateObject(options, 'options');
  const chosen = {};
  for (const name of contextOptions) {
    this[name] = options[name] || undefined;
    chosen[name] = options[name] === null ? undefined : options[name];
  }
  this.honorCipherOrder = options.honorCipherOrder !== undefined ? Boolean(options.honorCipherOrder) : true;
  chosen.honorCipherOrder = this.honorCipherOrder;
  this._sharedCreds = createSecureContext(chosen);
};

Server.prototype._getServerData = function _getServerData() {
  return { ticketKeys: this.getTicketKeys().toString('hex') };
};

Server.prototype._setServerData = function _setServerData(data) {
  this.setTicketKeys(Buffer.from(data.ticketKeys, 'hex'));
};

Server.prototype.getTicketKeys = function getTicketKeys() {
  throw new ERR_FEATURE_UNAVAILABLE_ON_PLATFORM('server.getTicketKeys()');
};

Server.prototype.setTicketKeys = function setTicketKeys(keys) {
  validateBuffer(keys);
  if (keys.byteLength !== 48) throw new Error('Session ticket keys must be a 48-byte buffer');
  throw new ERR_FEATURE_UNAVAILABLE_ON_PLATFORM('server.setTicketKeys()');
};

Server.prototype.addContext = function addContext(servername, context) {
  if (!servername) throw new ERR_TLS_REQUIRED_SERVER_NAME();
  const pattern = servername.replace(/[.^$+?\-\\[\]{}]/g, '\\$&').replaceAll('*', '[^.]*');
  const secureContext = context instanceof SecureContext ? context : createSecureContext(context);
  this._contexts.push([new RegExp(`^${pattern}$`), secureContext.context]);
};

Server.prototype[Symbol.for('nodejs.rejection')] = function(error, event, socket) {
  if (event === 'secureConnection') socket.destroy(error);
  else net.Server.prototype[Symbol.for('nodejs.rejection')].call(this, error, event, socket);
};

function createServer(options, listener) {
  return new Server(options, listener);
}

module.exports = { Server, createServer };
