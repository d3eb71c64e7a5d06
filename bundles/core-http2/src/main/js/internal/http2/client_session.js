'use strict';

const {
  AbortError,
  codes: {
    ERR_HTTP2_CONNECT_AUTHORITY, ERR_HTTP2_CONNECT_PATH, ERR_HTTP2_CONNECT_SCHEME, ERR_HTTP2_GOAWAY_SESSION,
    ERR_HTTP2_INVALID_SESSION, ERR_HTTP2_OUT_OF_STREAMS, ERR_INVALID_ARG_VALUE,
  },
} = require('internal/errors');
const { validateAbortSignal, validateBoolean, validateNumber } = require('internal/validators');
const { nextTick } = require('internal/runtime');
const { Http2Session, CLIENT } = require('internal/http2/session');
const { ClientHttp2Stream } = require('internal/http2/client_stream');
const {
  kAuthority, kHandle, kOptions, kOrigin, kProtocol, kSentHeaders, kSession, kState,
} = require('internal/http2/state');
const { REQUEST_PSEUDO, assertIsObject, encodeHeaders, toSentObject } = require('internal/http2/headers');
const { refreshTimeout } = require('internal/http2/timeout');
const { NghttpError } = require('internal/http2/errors');

const WITHOUT_PAYLOAD = new Set(['GET', 'HEAD', 'DELETE']);

// What a request's headers lack. `set` adds in front of a list, or to an object.
function completeRequest(session, given) {
  const isList = Array.isArray(given);
  const headers = isList ? given.slice() : Object.assign({ __proto__: null }, given);
  const find = (name) => {
    if (!isList) return headers[name];
    for (let i = 0; i < given.length; i += 2) if (`${given[i]}`.toLowerCase() === name) return given[i + 1];
    return undefined;
  };
  const missing = [];
  const add = (name, value) => {
    if (isList) missing.push(name, value);
    else headers[name] = value;
  };
  let method = find(':method');
  if (method === undefined) add(':method', method = 'GET');
  if (method === 'CONNECT' && find(':protocol') === undefined) {
    if (find(':authority') === undefined) throw new ERR_HTTP2_CONNECT_AUTHORITY();
    if (find(':scheme') !== undefined) throw new ERR_HTTP2_CONNECT_SCHEME();
    if (find(':path') !== undefined) throw new ERR_HTTP2_CONNECT_PATH();
  } else {
    if (find(':authority') === undefined && find('host') === undefined) add(':authority', session[kAuthority]);
    if (find(':scheme') === undefined) add(':scheme', session[kProtocol].slice(0, -1));
    if (find(':path') === undefined) add(':path', '/');
  }
  if (isList) headers.unshift(...missing);
  const scheme = find(':scheme') ?? session[kProtocol].slice(0, -1);
  const authority = find(':authority') ?? find('host') ?? session[kAuthority];
  return { headers, method, origin: `${scheme}://${authority}` };
}

// Once the session is connected.
function start(stream, fields, sensitive, options) {
  const session = stream[kSession];
  if (session === undefined || session.destroyed || stream.destroyed) return;
  if (session.closed) {
    stream.destroy(new ERR_HTTP2_GOAWAY_SESSION());
    return;
  }
  if (stream.closed && !stream.writableFinished && options.endStream !== true) stream.end();
  const id = session[kHandle].binding.request(session[kHandle].id, fields, sensitive, Boolean(options.endStream), Boolean(options.waitForTrailers));
  if (id >= 0) {
    if (options.endStream) stream[kState].ended = true;
    stream._ready(id);
  } else if (id === -509) {
    stream.destroy(new ERR_HTTP2_OUT_OF_STREAMS());
  } else {
    session.destroy(new NghttpError(id));
  }
}

// One listener for all requests that wait.
function whenConnected(session, begin) {
  const state = session[kState];
  if (state.waitingRequests !== undefined) {
    state.waitingRequests.push(begin);
    return;
  }
  state.waitingRequests = [begin];
  session.once('connect', () => {
    for (const next of state.waitingRequests) next();
    state.waitingRequests = undefined;
  });
}

function abortWith(stream, signal) {
  validateAbortSignal(signal, 'options.signal');
  const abort = () => stream.destroy(new AbortError(undefined, { cause: signal.reason }));
  if (signal.aborted) {
    nextTick(abort);
  } else {
    signal.addEventListener('abort', abort, { once: true });
    stream.once('close', () => signal.removeEventListener('abort', abort));
  }
}

class ClientHttp2Session extends Http2Session {
  constructor(options, socket) {
    super(CLIENT, options, socket);
    this[kAuthority] = undefined;
    this[kProtocol] = 'http:';
  }

  request(headersParam, options) {
    const unusable = this.destroyed ? new ERR_HTTP2_INVALID_SESSION() : this.closed ? new ERR_HTTP2_GOAWAY_SESSION() : undefined;
    refreshTimeout(this);
    assertIsObject(headersParam, 'headers', ['Object', 'Array']);
    assertIsObject(options, 'options');
    if (Array.isArray(headersParam) && headersParam.length % 2 !== 0) throw new ERR_INVALID_ARG_VALUE('headers', headersParam);
    options = { ...options };
    const { headers, method, origin } = completeRequest(this, headersParam ?? {});
    for (const name of ['exclusive', 'silent']) if (options[name] !== undefined) validateBoolean(options[name], `options.${name}`);
    for (const name of ['parent', 'weight']) if (options[name] !== undefined) validateNumber(options[name], `options.${name}`);
    if (options.endStream === undefined) options.endStream = WITHOUT_PAYLOAD.has(method);
    else validateBoolean(options.endStream, 'options.endStream');
    const { fields, sensitive } = encodeHeaders(headers, REQUEST_PSEUDO, this[kOptions].strictSingleValueFields !== false);
    if (options.signal !== undefined) validateAbortSignal(options.signal, 'options.signal');
    const stream = new ClientHttp2Stream(this, undefined, {});
    stream[kSentHeaders] = toSentObject(headers);
    stream[kOrigin] = origin;
    const { clientCreated, clientStart } = require('internal/http2/diagnostics');
    if (clientCreated.hasSubscribers) clientCreated.publish({ stream, headers });
    if (options.waitForTrailers) stream[kState].hasTrailers = true;
    if (unusable !== undefined) {
      stream.destroy(unusable);
      return stream;
    }
    if (options.endStream) stream.end();
    if (options.signal !== undefined) abortWith(stream, options.signal);
    const begin = () => {
      start(stream, fields, sensitive, options);
      if (clientStart.hasSubscribers && !stream.pending) clientStart.publish({ stream, headers });
    };
    if (this.connecting) whenConnected(this, begin);
    else begin();
    return stream;
  }
}

module.exports = { ClientHttp2Session };
module.sharedClasses = { ClientHttp2Session };
