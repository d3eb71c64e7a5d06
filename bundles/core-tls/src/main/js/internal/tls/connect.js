'use strict';

// The client's side: connecting, and what it makes of the server's certificate.

const net = require('net');
const { ConnResetException } = require('internal/errors');
const { validateFunction, validateNumber } = require('internal/validators');
const { stateSymbol } = require('internal/symbols');
const { createSecureContext } = require('internal/tls/secure_context');
const { TLSSocket, kVerified, kPendingSession } = require('internal/tls/tls_socket');

const kConnectOptions = stateSymbol('tls.kConnectOptions');

let warned = false;
let warnedOfAddress = false;

function allowsUnauthorized() {
  if (process.env.NODE_TLS_REJECT_UNAUTHORIZED !== '0') return false;
  if (!warned) {
    warned = true;
    process.emitWarning('Setting the NODE_TLS_REJECT_UNAUTHORIZED environment variable to \'0\' makes TLS connections ' +
      'and HTTPS requests insecure by disabling certificate verification.');
  }
  return true;
}

function normalize(args) {
  const { 0: options, 1: callback } = net._normalizeArgs(args);
  // (port, options), (port, host, options)
  if (args[1] !== null && typeof args[1] === 'object') Object.assign(options, args[1]);
  else if (args[2] !== null && typeof args[2] === 'object') Object.assign(options, args[2]);
  return { options, callback };
}

function connect(...args) {
  const tls = require('tls');
  const { options: given, callback } = normalize(args);
  const options = {
    rejectUnauthorized: !allowsUnauthorized(),
    ciphers: tls.DEFAULT_CIPHERS,
    checkServerIdentity: tls.checkServerIdentity,
    minDHSize: 1024,
    ...given,
  };
  if (!options.keepAlive) options.singleUse = true;
  validateFunction(options.checkServerIdentity, 'options.checkServerIdentity');
  validateNumber(options.minDHSize, 'options.minDHSize', 1);
  const secureContext = options.secureContext || contextOf(options);
  const socket = new TLSSocket(options.socket, {
    allowHalfOpen: options.socket ? options.socket.allowHalfOpen : Boolean(options.allowHalfOpen),
    pipe: Boolean(options.path),
    secureContext,
    isServer: false,
    requestCert: true,
    rejectUnauthorized: options.rejectUnauthorized !== false,
    session: options.session,
    ALPNProtocols: options.ALPNProtocols,
    requestOCSP: options.requestOCSP,
    pskCallback: options.pskCallback,
    highWaterMark: options.highWaterMark,
    onread: options.onread,
    signal: options.signal,
    lookup: options.lookup,
  });
  options.rejectUnauthorized = options.rejectUnauthorized !== false;
  socket[kConnectOptions] = options;
  if (callback) socket.once('secureConnect', callback);
  if (!options.socket) {
    if (options.timeout) socket.setTimeout(options.timeout);
    socket.connect(options, socket._start);
  }
  socket._releaseControl();
  if (options.session) socket.setSession(options.session);
  if (options.servername) {
    if (!warnedOfAddress && net.isIP(options.servername)) {
      warnedOfAddress = true;
      process.emitWarning('Setting the TLS ServerName to an IP address is not permitted by RFC 6066. This will be ignored ' +
        'in a future version.', 'DeprecationWarning', 'DEP0123');
    }
    socket.setServername(options.servername);
  }
  if (options.socket) socket._start();
  socket.on('secure', onSecure);
  socket.prependListener('end', onEnd);
  return socket;
}

const contextOptions = ['ca', 'cert', 'key', 'pfx', 'passphrase', 'crl', 'ciphers', 'sigalgs', 'ecdhCurve', 'dhparam', 'minVersion',
                        'maxVersion', 'secureProtocol', 'secureOptions', 'sessionTimeout', 'sessionIdContext', 'ticketKeys',
                        'honorCipherOrder', 'privateKeyEngine', 'privateKeyIdentifier', 'clientCertEngine',
                        'allowPartialTrustChain'];
let plain; // the context of all who ask for nothing special

// Reading the system's roots and setting an engine's context up takes long; most clients want the same.
function contextOf(options) {
  const tls = require('tls');
  if (tls.createSecureContext !== createSecureContext) return tls.createSecureContext(options); // a user's own
  const special = contextOptions.some((name) => options[name] !== undefined && (name !== 'ciphers' ||
    options.ciphers !== tls.DEFAULT_CIPHERS));
  if (special) return createSecureContext(options);
  const key = [tls.DEFAULT_CIPHERS, tls.DEFAULT_MIN_VERSION, tls.DEFAULT_MAX_VERSION, tls.DEFAULT_ECDH_CURVE].join();
  if (plain?.key !== key) plain = { key, context: createSecureContext(options) };
  return plain.context;
}

function onSecure() {
  const options = this[kConnectOptions];
  const hostname = options.servername || options.host || options.socket?._host || 'localhost';
  const code = this._handle.checkPeer();
  let error = require('internal/tls/verify_error').verifyError(code);
  if (error === null && !this.isSessionReused()) {
    error = options.checkServerIdentity(hostname, this.getPeerCertificate(true));
  }
  if (error) {
    this.authorized = false;
    this.authorizationError = error.code || error.message;
    if (options.rejectUnauthorized !== false) {
      this.destroy(error);
      return;
    }
  } else {
    this.authorized = true;
  }
  this.secureConnecting = false;
  this.emit('secureConnect');
  this[kVerified] = true;
  const { [kPendingSession]: session } = this;
  this[kPendingSession] = null;
  if (session) this.emit('session', session);
  this.removeListener('end', onEnd);
}

function onEnd() {
  // Before there was security, that is no end but a failure.
  const options = this[kConnectOptions];
  if (!this._hadError) {
    this._hadError = true;
    const error = new ConnResetException('Client network socket disconnected before secure TLS connection was established');
    error.path = options.path;
    error.host = options.host;
    error.port = options.port;
    error.localAddress = options.localAddress;
    this.destroy(error);
  }
}

module.exports = { connect };
