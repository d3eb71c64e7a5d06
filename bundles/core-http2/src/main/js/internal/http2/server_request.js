'use strict';

const { Readable } = require('stream');
const { codes: { ERR_INVALID_ARG_VALUE } } = require('internal/errors');
const { validateString } = require('internal/validators');
const { nextTick } = require('internal/runtime');
const { stateSymbol } = require('internal/symbols');
const { kRequest } = require('internal/http2/state');
const { streamSocket } = require('internal/http2/compat_socket');

const kStream = stateSymbol('http2.request.stream');
const kHeaders = stateSymbol('http2.request.headers');
const kRawHeaders = stateSymbol('http2.request.rawHeaders');
const kTrailers = stateSymbol('http2.request.trailers');
const kRawTrailers = stateSymbol('http2.request.rawTrailers');
const kAborted = stateSymbol('http2.request.aborted');
const kState = stateSymbol('http2.request.state');

function onData(chunk) {
  const request = this[kRequest];
  if (request !== undefined && !request.push(chunk)) this.pause();
}

function onEnd() {
  this[kRequest]?.push(null);
}

function onTrailers(trailers, flags, rawTrailers) {
  const request = this[kRequest];
  if (request === undefined) return;
  Object.assign(request[kTrailers], trailers);
  request[kRawTrailers].push(...rawTrailers);
}

function onError() {
  // Errors are the stream's own; that it closes is told here too.
}

function onAborted() {
  const request = this[kRequest];
  if (request === undefined || request[kState].closed) return;
  request[kAborted] = true;
  request.emit('aborted');
}

function onClose() {
  const request = this[kRequest];
  if (request === undefined) return;
  request[kState].closed = true;
  request.push(null);
  // The stream's reference is dropped once the listeners were told.
  this[kRequest] = undefined;
  request.emit('close');
}

class Http2ServerRequest extends Readable {
  constructor(stream, headers, options, rawHeaders) {
    super({ autoDestroy: false, ...options });
    this[kState] = { closed: false, didRead: false };
    this[kHeaders] = headers;
    this[kRawHeaders] = rawHeaders;
    this[kTrailers] = {};
    this[kRawTrailers] = [];
    this[kStream] = stream;
    this[kAborted] = false;
    stream[kRequest] = this;
    stream.on('trailers', onTrailers);
    stream.on('end', onEnd);
    stream.on('error', onError);
    stream.on('aborted', onAborted);
    stream.on('close', onClose);
    stream.on('timeout', () => {
      const request = stream[kRequest];
      request?.emit('timeout');
    });
    this.on('pause', onPause);
    this.on('resume', onResume);
  }

  get aborted() {
    return this[kAborted];
  }

  get complete() {
    return this[kAborted] || this.readableEnded || this[kState].closed || this[kStream].destroyed;
  }

  get stream() {
    return this[kStream];
  }

  get headers() {
    return this[kHeaders];
  }

  get rawHeaders() {
    return this[kRawHeaders];
  }

  get trailers() {
    return this[kTrailers];
  }

  get rawTrailers() {
    return this[kRawTrailers];
  }

  get httpVersionMajor() {
    return 2;
  }

  get httpVersionMinor() {
    return 0;
  }

  get httpVersion() {
    return '2.0';
  }

  get socket() {
    return streamSocket(this[kStream]);
  }

  get connection() {
    return this.socket;
  }

  _read() {
    const state = this[kState];
    if (!state.didRead) {
      state.didRead = true;
      this[kStream].on('data', onData);
    } else {
      nextTick(resume, this[kStream]);
    }
  }

  get method() {
    return this[kHeaders][':method'];
  }

  set method(method) {
    validateString(method, 'method');
    if (method.trim() === '') throw new ERR_INVALID_ARG_VALUE('method', method);
    this[kHeaders][':method'] = method;
  }

  get authority() {
    return this[kHeaders][':authority'] ?? this[kHeaders].host;
  }

  get scheme() {
    return this[kHeaders][':scheme'];
  }

  get url() {
    return this[kHeaders][':path'];
  }

  set url(url) {
    this[kHeaders][':path'] = url;
  }

  setTimeout(milliseconds, callback) {
    if (!this[kState].closed) this[kStream].setTimeout(milliseconds, callback);
    return this;
  }
}

function resume(stream) {
  if (!stream.destroyed) stream.resume();
}

function onPause() {
  this[kStream].pause();
}

function onResume() {
  resume(this[kStream]);
}

module.exports = { Http2ServerRequest };
