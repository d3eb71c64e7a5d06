'use strict';

/** The error of a connection that ended before its handshake. */
function ConnResetException(socket) {
  const options = socket._tlsOptions;
  const error = new Error(options.isServer ? 'socket hang up' :
    'Client network socket disconnected before secure TLS connection was established');
  error.code = 'ECONNRESET';
  if (!options.isServer) {
    error.path = options.path;
    error.host = options.host;
    error.port = options.port;
    error.localAddress = options.localAddress;
  }
  return error;
}

module.exports = { ConnResetException };
