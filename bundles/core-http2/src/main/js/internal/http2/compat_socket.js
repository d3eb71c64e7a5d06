'use strict';

// request.socket and response.socket: the connection, with what belongs to the stream passed on to it.

const { stateSymbol } = require('internal/symbols');
const { codes: { ERR_HTTP2_NO_SOCKET_MANIPULATION } } = require('internal/errors');

const kSocketProxy = stateSymbol('http2.socketProxy');
const OF_STREAM = new Set(['on', 'once', 'end', 'emit', 'destroy']);
const FORBIDDEN = new Set(['pause', 'read', 'resume', 'write']);
const STATES = new Set(['writable', 'destroyed']);

const handler = {
  __proto__: null,

  has(stream, name) {
    return name in stream || (stream.session !== undefined && name in stream.session.socket);
  },

  get(stream, name) {
    if (OF_STREAM.has(name)) return stream[name].bind(stream);
    if (STATES.has(name)) return stream[name];
    if (name === 'readable') {
      return !stream.destroyed && stream.readable;
    }
    if (name === 'setTimeout') {
      const { session } = stream;
      return session !== undefined ? session.setTimeout.bind(session) : stream.setTimeout.bind(stream);
    }
    if (FORBIDDEN.has(name)) throw new ERR_HTTP2_NO_SOCKET_MANIPULATION();
    const target = stream.session !== undefined ? stream.session.socket : stream;
    const value = target[name];
    return typeof value === 'function' ? value.bind(target) : value;
  },

  getPrototypeOf(stream) {
    return Reflect.getPrototypeOf(stream.session !== undefined ? stream.session.socket : stream);
  },

  set(stream, name, value) {
    if (OF_STREAM.has(name) || STATES.has(name) || name === 'readable') {
      stream[name] = value;
    } else if (name === 'setTimeout') {
      const { session } = stream;
      (session ?? stream).setTimeout = value;
    } else if (FORBIDDEN.has(name)) {
      throw new ERR_HTTP2_NO_SOCKET_MANIPULATION();
    } else {
      (stream.session !== undefined ? stream.session.socket : stream)[name] = value;
    }
    return true;
  },
};

/** The one proxy of a stream. */
function streamSocket(stream) {
  return stream[kSocketProxy] ??= new Proxy(stream, handler);
}

module.exports = { streamSocket };
