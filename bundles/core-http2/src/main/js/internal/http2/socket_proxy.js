'use strict';

// session.socket: the connection, without what would break the protocol on it.

const {
  codes: { ERR_HTTP2_NO_SOCKET_MANIPULATION, ERR_HTTP2_SOCKET_UNBOUND },
} = require('internal/errors');
const { kSession, kSocket } = require('internal/http2/state');

const FORBIDDEN = new Set(['emit', 'end', 'pause', 'read', 'resume', 'write', 'setEncoding', 'setKeepAlive', 'setNoDelay']);
const OF_SESSION = new Set(['setTimeout', 'ref', 'unref', 'destroy']);

function socketOf(session) {
  const { [kSocket]: socket } = session;
  if (socket === undefined) throw new ERR_HTTP2_SOCKET_UNBOUND();
  return socket;
}

const handler = {
  __proto__: null,

  has(session, name) {
    const socket = socketOf(session);
    return name in socket || name in session;
  },

  get(session, name) {
    if (OF_SESSION.has(name)) return session[name].bind(session);
    if (name === 'destroy') return session.destroy.bind(session);
    if (FORBIDDEN.has(name)) throw new ERR_HTTP2_NO_SOCKET_MANIPULATION();
    const socket = session[kSocket];
    if (socket === undefined) throw new ERR_HTTP2_SOCKET_UNBOUND();
    const value = socket[name];
    return typeof value === 'function' ? value.bind(socket) : value;
  },

  getPrototypeOf(session) {
    return Reflect.getPrototypeOf(socketOf(session));
  },

  set(session, name, value) {
    if (OF_SESSION.has(name)) session[name] = value;
    else if (FORBIDDEN.has(name)) throw new ERR_HTTP2_NO_SOCKET_MANIPULATION();
    else socketOf(session)[name] = value;
    return true;
  },
};

function sessionProxy(session) {
  return new Proxy(session, handler);
}

module.exports = { sessionProxy };
