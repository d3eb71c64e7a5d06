'use strict';

// tls.connect(): a connection, a handshake, and then the question who the peer is.

const net = require('net');
const { codes } = require('internal/errors');
const { createSecureContext } = require('internal/tls/context');
const { TLSSocket, kContext } = require('internal/tls/socket');

let warned = false;

/** NODE_TLS_REJECT_UNAUTHORIZED=0 trusts everybody. */
function allowUnauthorized() {
  const allow = process.env.NODE_TLS_REJECT_UNAUTHORIZED === '0';
  if (allow && !warned) {
    warned = true;
    process.emitWarning("Setting the NODE_TLS_REJECT_UNAUTHORIZED environment variable to '0' makes TLS connections and " +
      'HTTPS requests insecure by disabling certificate verification.');
  }
  return allow;
}

function readArguments(args) {
  const { 0: options, 1: callback } = net._normalizeArgs(args);
  if (args[1] !== null && typeof args[1] === 'object') Object.assign(options, args[1]);
  else if (args[2] !== null && typeof args[2] === 'object') Object.assign(options, args[2]);
  return { options, callback };
}

function connect(...args) {
  const { options: given, callback } = readArguments(args);
  const options = {
    rejectUnauthorized: !allowUnauthorized(), ciphers: require('tls').DEFAULT_CIPHERS, minDHSize: 1024, ...given,
  };
  if (!options.keepAlive) options.singleUse = true;
  options.checkServerIdentity ??= require('tls').checkServerIdentity;
  if (typeof options.minDHSize !== 'number') {
    throw new codes.ERR_INVALID_ARG_TYPE('options.minDHSize', 'number', options.minDHSize);
  }
  if (options.minDHSize <= 0) throw new codes.ERR_OUT_OF_RANGE('options.minDHSize', '> 0', options.minDHSize);
  const context = options.secureContext ?? createSecureContext(options);

  const socket = new TLSSocket(options.socket, {
    ...options, secureContext: context, isServer: false, requestCert: true, signal: undefined,
  });
  socket[kContext] = context.context ?? context;
  options.rejectUnauthorized = options.rejectUnauthorized !== false;
  if (callback) socket.once('secureConnect', callback);

  let { servername } = options;
  if (servername) {
    if (net.isIP(servername)) {
      process.emitWarning('Setting the TLS ServerName to an IP address is not permitted by RFC 6066. This will be ignored in ' +
        'a future version.', 'DeprecationWarning', 'DEP0123');
    }
    socket.setServername(servername);
  } else if (options.host && !net.isIP(options.host) && servername !== '') {
    servername = options.host;
    socket._tlsOptions.servername = servername;
  }
  socket.on('secure', () => onSecure(socket, options));
  if (!options.socket) {
    // What was set up with the name goes out after the connection
    if (options.timeout) socket.setTimeout(options.timeout);
    socket.connect(options);
  }
  socket._releaseControl();
  if (options.session) socket.setSession(options.session);
  if (options.signal) require('stream').addAbortSignal(options.signal, socket);
  return socket;
}

function verificationError(code) {
  const messages = {
    CERT_CHAIN_TOO_LONG: 'certificate chain too long',
    CERT_HAS_EXPIRED: 'certificate has expired',
    CERT_NOT_YET_VALID: 'certificate is not yet valid',
    DEPTH_ZERO_SELF_SIGNED_CERT: 'self-signed certificate',
    SELF_SIGNED_CERT_IN_CHAIN: 'self-signed certificate in certificate chain',
    UNABLE_TO_GET_ISSUER_CERT: 'unable to get issuer certificate',
    UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'unable to get local issuer certificate',
    UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'unable to verify the first certificate',
  };
  let message = messages[code] ?? code;
  if (/UNABLE|SELF_SIGNED/.test(code) && code !== 'UNABLE_TO_GET_ISSUER_CERT') {
    message += '; if the root CA is installed locally, try running Node.js with --use-system-ca';
  }
  const error = new Error(message);
  error.code = code;
  return error;
}

function onSecure(socket, options) {
  let error;
  const code = binding.checkPeer(socket._handle.id);
  if (code) {
    error = verificationError(code);
  } else if (!socket.isSessionReused()) {
    const host = options.servername || options.host || socket._parent?._host || 'localhost';
    const certificate = socket.getPeerCertificate(true);
    error = options.checkServerIdentity(host, certificate);
  }
  if (error) {
    socket.authorized = false;
    socket.authorizationError = error.code || error.message;
    // The peer must not be told anything more
    if (options.rejectUnauthorized) {
      socket.destroy(error);
      return;
    }
  } else {
    socket.authorized = true;
  }
  socket.secureConnecting = false;
  socket.emit('secureConnect');
}

module.exports = { connect, verificationError };
