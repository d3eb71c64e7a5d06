'use strict';

// What client and server sessions share: the connection's life, its settings, and the way of frames to their streams.

const EventEmitter = require('events');
const { Buffer } = require('buffer');
const {
  AbortError,
  codes: {
    ERR_HTTP2_INVALID_SESSION, ERR_HTTP2_MAX_PENDING_SETTINGS_ACK, ERR_HTTP2_PING_CANCEL, ERR_HTTP2_PING_LENGTH, ERR_HTTP2_SESSION_ERROR,
    ERR_HTTP2_SETTINGS_CANCEL, ERR_HTTP2_SOCKET_BOUND, ERR_HTTP2_STREAM_CANCEL, ERR_OUT_OF_RANGE, ERR_INVALID_ARG_TYPE, ERR_SOCKET_CLOSED,
  },
} = require('internal/errors');
const { validateBuffer, validateFunction, validateInt32, validateNumber } = require('internal/validators');
const { customInspectSymbol } = require('internal/util');
const { isArrayBufferView } = require('internal/util/types');
const { stateSymbol } = require('internal/symbols');
const { getAsyncContext, nextTick, setAsyncContext } = require('internal/runtime');
const {
  kHandle, kInit, kMaybeDestroy, kOnEvent, kOptions, kProxy, kServer, kSession, kSocket, kState, kType,
} = require('internal/http2/state');
const { assertIsObject, toHeaderObject } = require('internal/http2/headers');
const { fromNumbers, toPairs, validateSettings } = require('internal/http2/settings');
const { refreshTimeout, setStreamTimeout, stopTimeout } = require('internal/http2/timeout');
const { NghttpError } = require('internal/http2/errors');
const { sessionNumbers } = require('internal/http2/session_options');

const SERVER = 0;
const CLIENT = 1;
const NO_ERROR = 0;
const INTERNAL_ERROR = 2;
const FRAME_SIZE_ERROR = 6;
const REFUSED_STREAM = 7;
const CANCEL = 8;
const ERR_FRAME_SIZE = -522; // nghttp2's
const END_HEADERS = 4;
const END_STREAM = 1;

const CLOSED = 1;
const DESTROYED = 2;

const kBound = stateSymbol('http2.session'); // on a socket: its session

// The kinds of sections that the binding tells.
const REQUEST = 0;
const RESPONSE = 1;
const PUSH_PROMISE = 2;

let streams;
function streamClasses() {
  return streams ??= require('internal/http2/streams');
}

// A number of the binding and what goes with it.
class SessionHandle {
  constructor(session, type, options) {
    this.binding = binding; // of this revision: a session outlives it
    this.id = binding.create(sessionNumbers(type, options), session, onEvent);
    this.receiving = false;
    this.writing = false;
    this.flushing = false;
    this.scheduled = false;
    this.closedLater = []; // streams that were closed here, not by the peer
    this.chunks = new Map(); // number -> what to call once it is sent
    this.lastChunk = 0;
    this.ondone = undefined;
  }
}

// Called by the binding with the session as `this`.
function onEvent(name, a, b, c, d, e, f) {
  this[kOnEvent][name].call(this, a, b, c, d, e, f);
}

const events = {
  __proto__: null,

  outputReady() {
    scheduleFlush(this);
  },

  headers(id, kind, end, fields, sensitive, parent) {
    onHeaders(this, id, kind, end, fields, sensitive, parent);
  },

  data(id, bytes) {
    refreshTimeout(this);
    const stream = this[kState].streams.get(id);
    if (stream !== undefined) inContext(stream, () => stream._receive(bytes));
  },

  end(id) {
    const stream = this[kState].streams.get(id);
    if (stream === undefined || stream.destroyed) return;
    inContext(stream, () => stream.push(null));
  },

  closed(id, code) {
    const handle = this[kHandle];
    if (handle === undefined || handle.receiving || handle.flushing) closeStreamOf(this, id, code);
    else {
      handle.closedLater.push([id, code]);
      scheduleFlush(this);
    }
  },

  settings() {
    const state = this[kState];
    refreshTimeout(this);
    state.remoteSettings = undefined;
    if (this[kType] === CLIENT) state.settingsSeen = true;
    nextTick(() => {
      if (!this.destroyed) this.emit('remoteSettings', this.remoteSettings);
    });
  },

  settingsAck() {
    this[kState].settingsCallbacks.shift()?.(true);
  },

  ping(payload, ack) {
    refreshTimeout(this);
    if (ack) this[kState].pings.shift()?.(true);
    else this.emit('ping', payload);
  },

  goaway(code, lastStreamID, data) {
    if (this.destroyed) return;
    const state = this[kState];
    state.goawayCode = code;
    state.goawayLastStreamID = lastStreamID;
    nextTick(() => this.emit('goaway', code, lastStreamID, data));
    if (code === NO_ERROR) this.close();
    else this.destroy(new ERR_HTTP2_SESSION_ERROR(code), NO_ERROR);
  },

  altsvc(id, origin, value) {
    if (!this.destroyed) this.emit('altsvc', value, origin, id);
  },

  origin(origins) {
    if (!this.encrypted || this.destroyed) return;
    const { originSet } = this;
    for (const origin of origins) originSet?.push?.(origin);
    const known = this[kState].originSet;
    for (const origin of origins) known?.add(origin);
    this.emit('origin', origins);
  },

  frameError(id, type, error) {
    const code = error === ERR_FRAME_SIZE ? FRAME_SIZE_ERROR : INTERNAL_ERROR;
    const stream = this[kState].streams.get(id);
    if (this.destroyed) return;
    const emitter = stream ?? this;
    nextTick(() => {
      emitter.emit('frameError', type, code, id);
      if (stream === undefined) {
        this.destroy();
      } else {
        if (!stream.closed) stream.close(code);
        stream.destroy();
      }
    });
  },

  error(code, name) {
    if (this.destroyed) return;
    if (name === 'ERR_HTTP2_SESSION_ERROR') this.destroy(new ERR_HTTP2_SESSION_ERROR(INTERNAL_ERROR));
    else this.destroy(new NghttpError(code, name));
  },

  wantTrailers(id) {
    const stream = this[kState].streams.get(id);
    if (stream !== undefined) inContext(stream, () => stream._trailersWanted());
  },
};

function flagsOf(end) {
  return END_HEADERS | (end ? END_STREAM : 0);
}

function onHeaders(session, id, kind, end, fields, sensitive, parent) {
  if (session.destroyed) return;
  refreshTimeout(session);
  const headers = toHeaderObject(fields, sensitive);
  const { streams: open } = session[kState];
  const { ServerHttp2Stream, ClientHttp2Stream } = streamClasses();
  const flags = flagsOf(end);
  if (kind === REQUEST || kind === PUSH_PROMISE) {
    if (session.closed || (kind === PUSH_PROMISE && session.listenerCount('stream') === 0)) {
      session[kHandle].binding.reset(session[kHandle].id, id, REFUSED_STREAM);
      return;
    }
    let stream;
    if (kind === REQUEST) {
      stream = new ServerHttp2Stream(session, id, {}, headers);
      if (headers[':method'] === 'HEAD') stream._headRequest();
    } else {
      stream = new ClientHttp2Stream(session, id, {});
      stream.end();
    }
    if (end) {
      stream[kState].endAfterHeaders = true;
      stream.push(null);
    }
    require('internal/http2/diagnostics').opened(session, stream, headers, flags, fields, kind === PUSH_PROMISE);
    if (session.listenerCount('stream') === 0) {
      if (kind === REQUEST) session[kHandle].binding.reset(session[kHandle].id, id, REFUSED_STREAM);
      return;
    }
    nextTick(() => {
      if (!stream.destroyed || kind === REQUEST) session.emit('stream', stream, headers, flags, fields);
    });
    return;
  }
  const stream = open.get(id);
  if (stream === undefined || stream.destroyed) return;
  inContext(stream, () => onFurtherHeaders(session, stream, id, kind, end, headers, flags, fields));
}

function onFurtherHeaders(session, stream, id, kind, end, headers, flags, fields) {
  const status = headers[':status'];
  let event;
  if (kind === RESPONSE) event = id % 2 === 0 ? 'push' : 'response';
  else event = status === undefined ? 'trailers' : 'headers';
  if (status === 421) session[kState].originSet?.delete(stream._origin);
  nextTick(() => {
    if (!stream.destroyed) stream.emit(event, headers, flags, fields);
  });
  if (event === 'headers' && status === 100) {
    nextTick(() => {
      if (!stream.destroyed) stream.emit('continue');
    });
  }
  if (end) {
    stream[kState].endAfterHeaders ||= !stream[kState].didReceive;
    stream.push(null);
  }
}

function closeStreamOf(session, id, code) {
  const stream = session[kState].streams.get(id);
  if (stream !== undefined) inContext(stream, () => stream._streamClosed(code));
}

// A stream's events come in the asynchronous context in which it was made.
function inContext(stream, action) {
  const context = getAsyncContext();
  setAsyncContext(stream[kState].context);
  try {
    action();
  } finally {
    setAsyncContext(context);
  }
}

// Output goes in the check phase, as in Node.js, so that what belongs together leaves together.
function scheduleFlush(session) {
  const handle = session[kHandle];
  if (handle === undefined || handle.scheduled || handle.flushing) return;
  handle.scheduled = true;
  setImmediate(() => {
    handle.scheduled = false;
    flush(session);
  });
}

function flush(session) {
  const handle = session[kHandle];
  if (handle === undefined) return;
  for (const { 0: id, 1: code } of handle.closedLater.splice(0)) closeStreamOf(session, id, code);
  if (handle.writing || session[kHandle] !== handle) return;
  const socket = session[kSocket];
  handle.flushing = true;
  let bytes;
  try {
    bytes = handle.binding.output(handle.id);
  } finally {
    handle.flushing = false;
  }
  if (session[kHandle] !== handle && handle.ondone === undefined) return;
  const sent = handle.binding.sentChunks(handle.id);
  if (bytes.length === 0 || socket === undefined || socket.destroyed || socket.writable === false) {
    finishChunks(handle, sent);
    done(session, handle);
    return;
  }
  handle.writing = true;
  session[kState].bytesWritten += bytes.length;
  socket.write(bytes, (error) => {
    handle.writing = false;
    refreshTimeout(session);
    finishChunks(handle, sent, error);
    if (handle.binding.hasOutput(handle.id)) flush(session);
    else done(session, handle);
  });
}

function finishChunks(handle, sent, error) {
  for (const number of sent) {
    const callback = handle.chunks.get(number);
    handle.chunks.delete(number);
    callback?.(error);
  }
}

// Nothing waits to be sent.
function done(session, handle) {
  const { ondone } = handle;
  if (ondone !== undefined) {
    handle.ondone = undefined;
    ondone();
  } else if (session.closed && !session.destroyed) {
    session[kMaybeDestroy]();
  }
}

function socketOnData(chunk) {
  const session = this[kBound];
  const handle = session?.[kHandle];
  if (handle === undefined) return;
  handle.receiving = true;
  try {
    handle.binding.receive(handle.id, chunk);
  } finally {
    handle.receiving = false;
  }
  flush(session);
}

function socketOnError(error) {
  const session = this[kBound];
  if (session === undefined) return;
  // A peer that said GOAWAY may go without a word.
  if (error.code === 'ECONNRESET' && session[kState].goawayCode !== null) session.destroy();
  else session.destroy(error);
}

function socketOnEnd() {
  const session = this[kBound];
  if (session !== undefined && !this.destroyed && this.allowHalfOpen) this.end();
}

function socketOnClose() {
  const session = this[kBound];
  if (session === undefined) return;
  const error = session.connecting ? new ERR_SOCKET_CLOSED() : null;
  const state = session[kState];
  for (const stream of [...state.streams.values()]) stream.close(CANCEL);
  for (const stream of [...state.pendingStreams]) stream.close(CANCEL);
  session.close();
  closeSession(session, NO_ERROR, error ?? undefined);
}

function closeSession(session, code, error) {
  const state = session[kState];
  if (state.flags & DESTROYED) return;
  state.flags |= DESTROYED;
  state.destroyCode = code;
  stopTimeout(session);
  if (state.pendingStreams.size > 0 || state.streams.size > 0) {
    const cancel = new ERR_HTTP2_STREAM_CANCEL(error);
    for (const stream of [...state.pendingStreams]) stream.destroy(cancel);
    for (const stream of [...state.streams.values()]) stream.destroy(error);
  }
  for (const settled of state.settingsCallbacks.splice(0)) settled(false);
  for (const answered of state.pings.splice(0)) answered(false);
  const socket = session[kSocket];
  const handle = session[kHandle];
  if (handle === undefined) {
    finishSessionClose(session, error);
    return;
  }
  handle.ondone = () => finishSessionClose(session, error);
  if (!socket.destroyed) handle.binding.terminate(handle.id, code || NO_ERROR);
  if (!handle.writing) setImmediate(() => flush(session));
}

function cleanUp(session) {
  const handle = session[kHandle];
  const socket = session[kSocket];
  session[kProxy] = undefined;
  session[kSocket] = undefined;
  session[kHandle] = undefined;
  if (handle !== undefined) {
    for (const callback of [...handle.chunks.values()]) callback();
    handle.chunks.clear();
    handle.binding.remove(handle.id);
  }
  if (socket) {
    socket[kBound] = undefined;
    socket[kServer] = undefined;
    socket.removeListener('data', socketOnData);
  }
}

function finishSessionClose(session, error) {
  const socket = session[kSocket];
  cleanUp(session);
  if (socket && !socket.destroyed) {
    socket.on('close', () => emitClose(session, error));
    if (session.closed) {
      // The peer's end is to be seen.
      socket.resume();
      socket.end();
    } else {
      socket.destroy(error);
    }
  } else {
    nextTick(emitClose, session, error);
  }
}

function emitClose(session, error) {
  if (error) session.emit('error', error);
  session.emit('close');
}

// Sends settings; the callback is told of the acknowledgement.
function submitSettings(session, settings, callback) {
  if (session.destroyed) return;
  refreshTimeout(session);
  const state = session[kState];
  if (state.settingsCallbacks.length >= state.maxOutstandingSettings) {
    session.destroy(new ERR_HTTP2_MAX_PENDING_SETTINGS_ACK());
    return;
  }
  const started = process.hrtime();
  state.settingsCallbacks.push((ack) => {
    state.pendingAck--;
    state.localSettings = undefined;
    const elapsed = process.hrtime(started);
    const duration = elapsed[0] * 1e3 + elapsed[1] / 1e6;
    if (!ack) {
      callback?.(new ERR_HTTP2_SETTINGS_CANCEL());
      return;
    }
    const { localSettings } = session;
    nextTick(() => {
      callback?.(null, localSettings, duration);
      session.emit('localSettings', localSettings);
    });
  });
  session[kHandle].binding.settings(session[kHandle].id, toPairs(settings).flat().join(' '));
}

class Http2Session extends EventEmitter {
  constructor(type, options, socket) {
    super();
    if (socket[kBound] !== undefined) throw new ERR_HTTP2_SOCKET_BOUND();
    socket[kBound] = this;
    this[kState] = {
      destroyCode: NO_ERROR,
      flags: 0,
      goawayCode: null,
      goawayLastStreamID: null,
      streams: new Map(),
      pendingStreams: new Set(),
      pendingAck: 0,
      settingsCallbacks: [],
      pings: [],
      originSet: undefined,
      localSettings: undefined,
      remoteSettings: undefined,
      maxOutstandingSettings: options.maxOutstandingSettings ?? 10,
      maxOutstandingPings: options.maxOutstandingPings ?? 10,
      bytesWritten: 0,
      waitingRequests: undefined,
      alpn: undefined,
      encrypted: undefined,
    };
    this[kOptions] = options;
    this[kOnEvent] = events;
    this[kType] = type;
    this[kProxy] = null;
    this[kSocket] = socket;
    this[kHandle] = undefined;
    socket.on('error', socketOnError);
    socket.on('close', socketOnClose);
    socket.on('end', socketOnEnd);
    if (typeof socket.setNoDelay === 'function') socket.setNoDelay();
    if (typeof socket.disableRenegotiation === 'function') socket.disableRenegotiation();
    const start = () => this[kInit](socket, type, options);
    if (socket.connecting || socket.secureConnecting) {
      socket.once(socket.secureConnecting !== undefined && socket.encrypted ? 'secureConnect' : 'connect', start);
    } else {
      start();
    }
  }

  [kInit](socket, type, options) {
    // It may have been destroyed while the socket connected.
    if (this.destroyed) {
      cleanUp(this);
      return;
    }
    this[kHandle] = new SessionHandle(this, type, options);
    const state = this[kState];
    state.encrypted = Boolean(socket.encrypted);
    state.alpn = socket.encrypted ? socket.alpnProtocol : 'h2c';
    socket.on('data', socketOnData);
    this.settings(typeof options.settings === 'object' ? options.settings : {});
    if (type === SERVER && Array.isArray(options.origins)) this.origin(...options.origins);
    nextTick(() => this.emit('connect', this, socket));
  }

  get encrypted() {
    return this[kState].encrypted;
  }

  get alpnProtocol() {
    return this[kState].alpn;
  }

  get originSet() {
    if (!this.encrypted || this.destroyed) return undefined;
    const state = this[kState];
    if (state.originSet === undefined) {
      const socket = this[kSocket];
      state.originSet = new Set();
      const { remotePort } = socket;
      if (socket.servername != null) {
        const name = typeof socket.servername === 'string' ? socket.servername : socket.remoteAddress;
        state.originSet.add(`https://${name || socket.remoteAddress}${remotePort && remotePort !== 443 ? `:${remotePort}` : ''}`);
      }
    }
    return Array.from(state.originSet);
  }

  get connecting() {
    return (this[kState].flags & DESTROYED) === 0 && this[kHandle] === undefined;
  }

  get closed() {
    return (this[kState].flags & CLOSED) !== 0;
  }

  get destroyed() {
    return (this[kState].flags & DESTROYED) !== 0;
  }

  setNextStreamID(id) {
    if (this.destroyed) throw new ERR_HTTP2_INVALID_SESSION();
    validateNumber(id, 'id');
    if (id <= 0 || id > 2 ** 31 - 1) throw new ERR_OUT_OF_RANGE('id', `> 0 and <= ${2 ** 31 - 1}`, id);
    this[kHandle].binding.setNextStream(this[kHandle].id, id);
  }

  setLocalWindowSize(windowSize) {
    if (this.destroyed) throw new ERR_HTTP2_INVALID_SESSION();
    validateInt32(windowSize, 'windowSize', 0);
    this[kHandle].binding.setLocalWindow(this[kHandle].id, windowSize);
  }

  ping(payload, callback) {
    if (this.destroyed) throw new ERR_HTTP2_INVALID_SESSION();
    if (typeof payload === 'function') {
      callback = payload;
      payload = undefined;
    }
    if (payload) validateBuffer(payload, 'payload');
    if (payload && payload.byteLength !== 8) throw new ERR_HTTP2_PING_LENGTH();
    validateFunction(callback, 'callback');
    const state = this[kState];
    const bytes = payload ? Buffer.from(payload.buffer, payload.byteOffset, 8) : require('crypto').randomBytes(8);
    const started = process.hrtime();
    const answered = (ack) => {
      const { 0: seconds, 1: nanos } = process.hrtime(started);
      callback(ack ? null : new ERR_HTTP2_PING_CANCEL(), ack ? seconds * 1e3 + nanos / 1e6 : 0, bytes);
    };
    if (this.connecting || this.closed) {
      nextTick(answered, false);
      return undefined;
    }
    if (state.pings.length >= state.maxOutstandingPings) {
      nextTick(answered, false);
      return false;
    }
    state.pings.push(answered);
    this[kHandle].binding.ping(this[kHandle].id, bytes);
    return true;
  }

  get socket() {
    const proxy = this[kProxy];
    if (proxy === null) {
      const { sessionProxy } = require('internal/http2/socket_proxy');
      return this[kProxy] = sessionProxy(this);
    }
    return proxy;
  }

  get type() {
    return this[kType];
  }

  get goawayCode() {
    return this[kState].goawayCode || NO_ERROR;
  }

  get goawayLastStreamID() {
    return this[kState].goawayLastStreamID || 0;
  }

  get pendingSettingsAck() {
    return this[kState].pendingAck > 0;
  }

  get state() {
    if (this.connecting || this.destroyed || this[kHandle] === undefined) return {};
    const numbers = this[kHandle].binding.state(this[kHandle].id);
    return {
      effectiveLocalWindowSize: numbers[0],
      effectiveRecvDataLength: numbers[1],
      nextStreamID: numbers[2],
      localWindowSize: numbers[3],
      lastProcStreamID: numbers[4],
      remoteWindowSize: numbers[5],
      outboundQueueSize: numbers[6],
      deflateDynamicTableSize: 0,
      inflateDynamicTableSize: 0,
    };
  }

  get localSettings() {
    return settingsOf(this, 'localSettings', true);
  }

  get remoteSettings() {
    return settingsOf(this, 'remoteSettings', false);
  }

  settings(settings, callback) {
    if (this.destroyed) throw new ERR_HTTP2_INVALID_SESSION();
    assertIsObject(settings, 'settings');
    validateSettings(settings);
    if (callback !== undefined) validateFunction(callback, 'callback');
    const copy = { ...settings };
    this[kState].pendingAck++;
    if (this.connecting) this.once('connect', () => submitSettings(this, copy, callback));
    else submitSettings(this, copy, callback);
  }

  goaway(code = NO_ERROR, lastStreamID = 0, opaqueData = undefined) {
    if (this.destroyed) throw new ERR_HTTP2_INVALID_SESSION();
    if (opaqueData !== undefined && !isArrayBufferView(opaqueData)) {
      throw new ERR_INVALID_ARG_TYPE('opaqueData', ['Buffer', 'TypedArray', 'DataView'], opaqueData);
    }
    validateNumber(code, 'code');
    validateNumber(lastStreamID, 'lastStreamID');
    const send = () => {
      if (this.destroyed) return;
      refreshTimeout(this);
      this[kHandle].binding.goaway(this[kHandle].id, code, lastStreamID, opaqueData);
    };
    if (this.connecting) this.once('connect', send);
    else send();
  }

  destroy(error = NO_ERROR, code = undefined) {
    if (this.destroyed) return;
    if (typeof error === 'number') {
      code = error;
      error = code !== NO_ERROR ? new ERR_HTTP2_SESSION_ERROR(code) : undefined;
    }
    if (code === undefined && error != null) code = INTERNAL_ERROR;
    closeSession(this, code, error);
  }

  close(callback) {
    if (this.closed || this.destroyed) return;
    this[kState].flags |= CLOSED;
    if (typeof callback === 'function') this.once('close', callback);
    this.goaway();
    this[kMaybeDestroy]();
  }

  [kMaybeDestroy](error) {
    if (error == null) {
      const handle = this[kHandle];
      const state = this[kState];
      if (!this.closed || state.streams.size > 0 || state.pendingStreams.size > 0 ||
          (handle !== undefined && (handle.writing || handle.binding.hasOutput(handle.id)))) {
        return;
      }
    }
    this.destroy(error);
  }

  _onTimeout() {
    if (!this.destroyed) this.emit('timeout');
  }

  [EventEmitter.captureRejectionSymbol](error, event, ...args) {
    if (event === 'stream') args[0].destroy(error);
    else this.destroy(error);
  }

  ref() {
    this[kSocket]?.ref?.();
  }

  unref() {
    this[kSocket]?.unref?.();
  }

  [customInspectSymbol](depth, options) {
    if (typeof depth === 'number' && depth < 0) return this;
    const { inspect } = require('util');
    const shown = {
      type: this[kType], closed: this.closed, destroyed: this.destroyed, state: this.state, localSettings: this.localSettings,
      remoteSettings: this.remoteSettings,
    };
    return `Http2Session ${inspect(shown, { ...options, depth: options.depth == null ? null : options.depth - 1 })}`;
  }
}
Http2Session.prototype.setTimeout = setStreamTimeout;
Object.defineProperty(Http2Session.prototype, 'setTimeout', { __proto__: null, enumerable: false });

// Read when it is asked for, and again after it may have changed.
function settingsOf(session, name, local) {
  const state = session[kState];
  if (state[name] !== undefined) return state[name];
  if (session.destroyed || session.connecting || session[kHandle] === undefined) return {};
  return state[name] = fromNumbers(session[kHandle].binding.settingsOf(session[kHandle].id, local));
}

module.exports = { Http2Session, kBound, scheduleFlush, SERVER, CLIENT, AbortError };
module.sharedClasses = { Http2Session, SessionHandle };
