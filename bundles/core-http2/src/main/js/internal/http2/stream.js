'use strict';

// A stream of a session, as a Duplex: its body, its end, and how it is closed or reset.

const { Duplex } = require('stream');
const {
  AbortError,
  codes: {
    ERR_HTTP2_INVALID_STREAM, ERR_HTTP2_STREAM_ERROR, ERR_HTTP2_TRAILERS_ALREADY_SENT, ERR_HTTP2_TRAILERS_NOT_READY,
  },
} = require('internal/errors');
const { validateFunction, validateNumber } = require('internal/validators');
const { customInspectSymbol } = require('internal/util');
const { getAsyncContext, nextTick } = require('internal/runtime');
const {
  kHandle, kId, kMaybeDestroy, kOrigin, kProceed, kSentHeaders, kSentInfoHeaders, kSentTrailers, kSession, kState, kType,
} = require('internal/http2/state');
const { NO_PSEUDO, assertIsObject, encodeHeaders } = require('internal/http2/headers');
const { refreshTimeout, setStreamTimeout, stopTimeout } = require('internal/http2/timeout');
const { NghttpError } = require('internal/http2/errors');
const { errorName } = require('internal/http2/constants');

const NO_ERROR = 0;
const INTERNAL_ERROR = 2;
const CANCEL = 8;
const MAX_CODE = 2 ** 32 - 1;

// How closeStream() tells the peer.
const NO_RESET = 0;
const RESET = 1;
const FORCE_RESET = 2;

function handleOf(stream) {
  return stream[kSession]?.[kHandle];
}

function closeStream(stream, code, reset = RESET) {
  const state = stream[kState];
  state.closed = true;
  state.rstCode = code;
  stopTimeout(stream);
  const { ending } = stream._writableState;
  if (!ending) {
    if (!stream.aborted || state.endAfterHeaders) {
      state.aborted = true;
      stream.emit('aborted');
    }
    stream.end();
  }
  if (reset === NO_RESET) return;
  const finish = () => {
    if (stream.pending) {
      stream.push(null);
      stream.once('ready', () => submitReset(stream, code));
    } else {
      submitReset(stream, code);
    }
  };
  if (!ending || stream.writableFinished || code !== NO_ERROR || reset === FORCE_RESET) finish();
  else stream.once('finish', finish);
}

function submitReset(stream, code) {
  const handle = handleOf(stream);
  if (handle === undefined || stream[kId] === undefined) return;
  handle.binding.reset(handle.id, stream[kId], code);
}

class Http2Stream extends Duplex {
  constructor(session, options) {
    super({ ...options, allowHalfOpen: true, autoDestroy: false });
    this.cork(); // until it has a number
    this[kSession] = session;
    this[kId] = undefined;
    this[kOrigin] = undefined;
    this[kState] = {
      context: getAsyncContext(),
      didRead: false,
      didReceive: false,
      reading: false,
      held: 0, // bytes that came while nobody read
      closed: false,
      aborted: false,
      ready: false,
      headersSent: false,
      headRequest: false,
      endAfterHeaders: false,
      hasTrailers: false,
      trailersReady: false,
      ended: false, // the binding knows that nothing follows
      rstCode: NO_ERROR,
      fd: undefined,
      pushed: false,
    };
    this.on('pause', onPause);
  }

  get _origin() {
    return this[kOrigin];
  }

  /** From now on it is stream `id` of its session. */
  _ready(id) {
    const { [kSession]: session, [kState]: state } = this;
    state.ready = true;
    session[kState].pendingStreams.delete(this);
    session[kState].streams.set(id, this);
    this[kId] = id;
    this.uncork();
    this.emit('ready');
  }

  get bufferSize() {
    return this.writableLength;
  }

  get endAfterHeaders() {
    return this[kState].endAfterHeaders;
  }

  get sentHeaders() {
    return this[kSentHeaders];
  }

  get sentTrailers() {
    return this[kSentTrailers];
  }

  get sentInfoHeaders() {
    return this[kSentInfoHeaders];
  }

  get pending() {
    return this[kId] === undefined;
  }

  get id() {
    return this[kId];
  }

  get session() {
    return this[kSession];
  }

  get headersSent() {
    return this[kState].headersSent;
  }

  get aborted() {
    return this[kState].aborted;
  }

  get headRequest() {
    return this[kState].headRequest;
  }

  get rstCode() {
    return this[kState].rstCode;
  }

  get closed() {
    return this[kState].closed;
  }

  get state() {
    const handle = handleOf(this);
    const numbers = handle === undefined || this.pending ? undefined : handle.binding.streamState(handle.id, this[kId]);
    if (numbers === undefined) return {};
    return {
      state: numbers[0], weight: 16, sumDependencyWeight: 0, localClose: numbers[1], remoteClose: numbers[2],
      localWindowSize: numbers[3],
    };
  }

  _onTimeout() {
    if (!this.destroyed) this.emit('timeout');
  }

  _refresh() {
    if (this.destroyed) return;
    refreshTimeout(this);
    if (this[kSession]) refreshTimeout(this[kSession]);
  }

  _write(chunk, encoding, callback) {
    this._send([chunk], callback);
  }

  _writev(entries, callback) {
    this._send(entries.map(({ chunk }) => chunk), callback);
  }

  _send(chunks, callback) {
    if (this.pending) {
      this.once('ready', () => this._send(chunks, callback));
      return;
    }
    if (this.destroyed) return;
    this._refresh();
    if (!this.headersSent) this[kProceed]();
    const handle = handleOf(this);
    const bytes = chunks.length === 1 ? chunks[0] : Buffer.concat(chunks);
    const number = ++handle.lastChunk;
    handle.chunks.set(number, (error) => {
      this._refresh();
      callback(error);
    });
    if (!handle.binding.write(handle.id, this[kId], bytes, number)) {
      handle.chunks.delete(number);
      nextTick(callback);
      return;
    }
    // Where the end is known already, it goes with these bytes.
    nextTick(() => {
      const { ending, length } = this._writableState;
      if (ending && length === bytes.length) this._endOutput();
    });
  }

  _endOutput() {
    const state = this[kState];
    const handle = handleOf(this);
    if (state.ended || handle === undefined || this.pending) return;
    state.ended = true;
    handle.binding.end(handle.id, this[kId]);
  }

  _final(callback) {
    if (this.pending) {
      this.once('ready', () => this._final(callback));
      return;
    }
    this._endOutput();
    callback();
  }

  _read() {
    if (this.destroyed) {
      this.push(null);
      return;
    }
    const state = this[kState];
    if (!state.didRead) {
      this._readableState.readingMore = false;
      state.didRead = true;
    }
    state.reading = true;
    const { held } = state;
    state.held = 0;
    if (held > 0) consume(this, held);
  }

  /** Bytes of the body. */
  _receive(bytes) {
    const state = this[kState];
    state.didReceive = true;
    refreshTimeout(this);
    if (this.destroyed || this.readableEnded) {
      consume(this, bytes.length);
      return;
    }
    if (state.reading) consume(this, bytes.length);
    else state.held += bytes.length;
    if (!this.push(bytes)) state.reading = false;
  }

  /** The last byte of the body is sent, and trailers were announced. */
  _trailersWanted() {
    if (this.destroyed) return;
    this[kState].trailersReady = true;
    this._refresh();
    if (!this.emit('wantTrailers')) this.sendTrailers({});
  }

  sendTrailers(headers) {
    if (this.destroyed || this.closed) throw new ERR_HTTP2_INVALID_STREAM();
    if (this[kSentTrailers]) throw new ERR_HTTP2_TRAILERS_ALREADY_SENT();
    if (!this[kState].trailersReady) throw new ERR_HTTP2_TRAILERS_NOT_READY();
    assertIsObject(headers, 'headers');
    headers = { ...headers };
    this._refresh();
    const { fields, sensitive } = encodeHeaders(headers, NO_PSEUDO);
    this[kSentTrailers] = headers;
    const handle = handleOf(this);
    const status = fields === '' ? handle.binding.endEmpty(handle.id, this[kId]) :
      handle.binding.headers(handle.id, this[kId], fields, sensitive, true, false);
    if (status < 0) this.destroy(new NghttpError(status));
  }

  close(code = NO_ERROR, callback = undefined) {
    validateNumber(code, 'code', 0, MAX_CODE);
    if (callback !== undefined) validateFunction(callback, 'callback');
    if (this.closed) return;
    if (callback !== undefined) this.once('close', callback);
    closeStream(this, code);
  }

  /** The peer or the protocol has closed it. */
  _streamClosed(code) {
    if (this.destroyed) return;
    if (!this.closed) closeStream(this, code, NO_RESET);
    this[kState].fd = undefined;
    if (!this.readable || code !== NO_ERROR) {
      this[kMaybeDestroy](code);
      return;
    }
    this.on('end', () => this[kMaybeDestroy]());
    this.push(null);
    // A request's body that nobody ever read is dropped, so that the stream can end.
    if (this[kSession]?.[kType] === 0 && !this[kState].didRead && this.readableFlowing === null) this.resume();
    else this.read(0);
  }

  _destroy(error, callback) {
    const session = this[kSession];
    const state = this[kState];
    const id = this[kId];
    const sessionState = session[kState];
    const sessionCode = sessionState.goawayCode || sessionState.destroyCode;
    let code = this.closed ? this.rstCode : sessionCode;
    if (error != null) {
      if (sessionCode) code = sessionCode;
      else if (error instanceof AbortError || error.name === 'AbortError') code = CANCEL;
      else code = INTERNAL_ERROR;
    }
    if (!this.closed) closeStream(this, code, id === undefined ? NO_RESET : FORCE_RESET);
    this.push(null);
    if (state.held > 0) consume(this, state.held);
    if (id !== undefined) {
      const handle = session[kHandle];
      if (handle !== undefined && handle.binding.streamState(handle.id, id) !== undefined) handle.binding.reset(handle.id, id, code || CANCEL);
      sessionState.streams.delete(id);
    } else {
      sessionState.pendingStreams.delete(this);
    }
    if (error == null && code !== NO_ERROR && code !== undefined && code !== CANCEL) error = new ERR_HTTP2_STREAM_ERROR(errorName(code));
    this[kSession] = undefined;
    stopTimeout(this);
    setImmediate(() => session[kMaybeDestroy]());
    callback(error);
  }

  [kMaybeDestroy](code = NO_ERROR) {
    if (code !== NO_ERROR) {
      this.destroy();
      return;
    }
    if (!this.writableFinished) return;
    if (!this.readable && this.closed) {
      this.destroy();
      return;
    }
    // A server that has answered needs no more of the request.
    const state = this[kState];
    if (this[kSession]?.[kType] === 0 && state.headersSent && !state.hasTrailers && !state.didRead && this.readableFlowing === null) {
      setImmediate(() => this.close());
    }
  }

  priority() {
    if (this.destroyed) throw new ERR_HTTP2_INVALID_STREAM();
    process.emitWarning('http2Stream.priority is longer supported after priority signalling was deprecated in RFC 9113',
                        'DeprecationWarning', 'DEP0194');
  }

  [customInspectSymbol](depth, options) {
    if (typeof depth === 'number' && depth < 0) return this;
    const { inspect } = require('util');
    const shown = {
      id: this[kId] || '<pending>', closed: this.closed, destroyed: this.destroyed, state: this.state,
      readableState: this._readableState, writableState: this._writableState,
    };
    return `Http2Stream ${inspect(shown, { ...options, depth: options.depth == null ? null : options.depth - 1 })}`;
  }
}
Http2Stream.prototype.setTimeout = setStreamTimeout;
for (const name of ['_origin', '_ready', '_refresh', '_send', '_endOutput', '_receive', '_trailersWanted', '_streamClosed', 'setTimeout']) {
  Object.defineProperty(Http2Stream.prototype, name, { __proto__: null, enumerable: false });
}

function onPause() {
  this[kState].reading = false;
}

// The application has the bytes: the peer may send as many again.
function consume(stream, count) {
  const handle = handleOf(stream);
  if (handle !== undefined && stream[kId] !== undefined) handle.binding.consume(handle.id, stream[kId], count);
}

/** What 'finish' means for the stream's life. */
function watchFinish(stream) {
  stream.on('finish', () => {
    // When the headers are out, or were never to be.
    if (stream.pending) stream.once('ready', () => stream[kMaybeDestroy]());
    else stream[kMaybeDestroy]();
  });
}

module.exports = { Http2Stream, handleOf, watchFinish };
module.sharedClasses = { Http2Stream };
