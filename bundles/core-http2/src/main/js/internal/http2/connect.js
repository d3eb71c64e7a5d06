'use strict';

// http2.connect(): a socket to an authority, and the session on it.

const { codes: { ERR_HTTP2_UNSUPPORTED_PROTOCOL, ERR_INVALID_ARG_TYPE } } = require('internal/errors');
const { kCustomPromisifiedSymbol } = require('internal/util');
const { ClientHttp2Session } = require('internal/http2/client_session');
const { kAuthority, kProtocol } = require('internal/http2/state');
const { assertIsObject } = require('internal/http2/headers');

function openSocket(protocol, host, port, options) {
  switch (protocol) {
    case 'http:':
      return require('net').connect({ port, host, ...options });
    case 'https:': {
      const net = require('net');
      const secure = { ...options };
      secure.ALPNProtocols ??= ['h2'];
      if (secure.servername === undefined && net.isIP(host) === 0) secure.servername = host;
      return require('tls').connect(port, host, secure);
    }
    default:
      throw new ERR_HTTP2_UNSUPPORTED_PROTOCOL(protocol);
  }
}

function connect(authority, options, listener) {
  if (typeof options === 'function') {
    listener = options;
    options = undefined;
  }
  assertIsObject(options, 'options');
  options = { ...options };
  for (const { 0: name } of [['remoteCustomSettings']]) {
    if (options[name] !== undefined && !Array.isArray(options[name])) throw new ERR_INVALID_ARG_TYPE(`options.${name}`, 'Array', options[name]);
  }
  if (typeof authority === 'string') authority = new URL(authority);
  assertIsObject(authority, 'authority', ['string', 'Object', 'URL']);
  const protocol = authority.protocol || options.protocol || 'https:';
  const port = `${authority.port !== '' && authority.port !== undefined ? authority.port : (protocol === 'http:' ? 80 : 443)}`;
  let host = 'localhost';
  if (authority.hostname) {
    host = authority.hostname;
    if (host[0] === '[') host = host.slice(1, -1);
  } else if (authority.host) {
    host = authority.host;
  }
  const socket = typeof options.createConnection === 'function' ? options.createConnection(authority, options) :
    openSocket(protocol, host, port, options);
  const session = new ClientHttp2Session(options, socket);
  const isDefault = protocol === 'https:' ? port === '443' : protocol === 'http:' && port === '80';
  const shown = host.includes(':') ? `[${host}]` : host;
  session[kAuthority] = isDefault ? shown : `${shown}:${port}`;
  session[kProtocol] = protocol;
  if (typeof listener === 'function') session.once('connect', listener);
  return session;
}

Object.defineProperty(connect, kCustomPromisifiedSymbol, {
  __proto__: null,
  value(authority, options) {
    return new Promise((resolve, reject) => {
      const server = connect(authority, options, () => {
        server.removeListener('error', reject);
        resolve(server);
      });
      server.once('error', reject);
    });
  },
});

module.exports = { connect };
