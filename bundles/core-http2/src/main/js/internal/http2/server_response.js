'use strict';

const Stream = require('stream');
const {
  codes: {
    ERR_HTTP2_HEADERS_SENT, ERR_HTTP2_INFO_STATUS_NOT_ALLOWED, ERR_HTTP2_INVALID_STREAM,
    ERR_HTTP2_STATUS_INVALID, ERR_INVALID_ARG_VALUE, ERR_STREAM_WRITE_AFTER_END,
  },
} = require('internal/errors');
const { validateFunction, validateString, validateLinkHeaderValue, validateObject } = require('internal/validators');
const { nextTick } = require('internal/runtime');
const { stateSymbol } = require('internal/symbols');
const { kResponse } = require('internal/http2/state');
const { assertValidHeader, isConnectionSpecific } = require('internal/http2/headers');
const { streamSocket } = require('internal/http2/compat_socket');

const kStream = stateSymbol('http2.response.stream');
const kHeaders = stateSymbol('http2.response.headers');
const kTrailers = stateSymbol('http2.response.trailers');
const kState = stateSymbol('http2.response.state');

let warnedOfMessage = false;
function statusMessageWarn() {
  if (warnedOfMessage) return;
  warnedOfMessage = true;
  process.emitWarning('Status message is not supported by HTTP/2 (RFC7540 8.1.2.4)', 'UnsupportedWarning');
}

const warnedFields = new Set();
function connectionHeaderWarn(name) {
  if (warnedFields.size > 0) return;
  warnedFields.add(name);
  process.emitWarning('The provided connection header is not valid, the value will be dropped from the header and ' +
                      'will never be in use.', 'UnsupportedWarning');
}

// Whether a field must not be in HTTP/2; the user is told once.
function isDropped(name, value) {
  if (!isConnectionSpecific(name, value)) return false;
  connectionHeaderWarn(name);
  return true;
}

function onTrailersReady() {
  this.sendTrailers(this[kResponse][kTrailers]);
}

function onDrain() {
  const response = this[kResponse];
  if (response !== undefined) response.emit('drain');
}

function onFinish() {
  this[kResponse]?.emit('finish');
}

function onClose() {
  const response = this[kResponse];
  if (response === undefined) return;
  const state = response[kState];
  if (this.headRequest !== state.headRequest) return;
  state.closed = true;
  this.removeListener('wantTrailers', onTrailersReady);
  this[kResponse] = undefined;
  if (!state.finished) {
    state.finished = true;
    response.emit('finish');
  }
  response.emit('close');
}

function onAborted() {
  // 'close' says it.
}

class Http2ServerResponse extends Stream {
  constructor(stream, options) {
    super(options);
    this[kState] = {
      closed: false, ending: false, finished: false, destroyed: false, headRequest: stream.headRequest, sendDate: true, statusCode: 200,
    };
    this[kHeaders] = { __proto__: null };
    this[kTrailers] = { __proto__: null };
    this[kStream] = stream;
    stream[kResponse] = this;
    this.writable = true;
    this.req = stream[require('internal/http2/state').kRequest];
    stream.on('drain', onDrain);
    stream.on('aborted', onAborted);
    stream.on('close', onClose);
    stream.on('wantTrailers', onTrailersReady);
    stream.on('timeout', () => this.emit('timeout'));
  }

  get _header() {
    return this.headersSent;
  }

  get writableEnded() {
    return this[kState].ending;
  }

  get finished() {
    return this[kState].ending;
  }

  get socket() {
    return this[kState].closed ? undefined : streamSocket(this[kStream]);
  }

  get connection() {
    return this.socket;
  }

  get stream() {
    return this[kStream];
  }

  get headersSent() {
    return this[kStream].headersSent;
  }

  get sendDate() {
    return this[kState].sendDate;
  }

  set sendDate(value) {
    this[kState].sendDate = Boolean(value);
  }

  get statusCode() {
    return this[kState].statusCode;
  }

  get writableCorked() {
    return this[kStream].writableCorked;
  }

  get writableHighWaterMark() {
    return this[kStream].writableHighWaterMark;
  }

  get writableObjectMode() {
    return this[kStream].writableObjectMode;
  }

  get writableFinished() {
    return this[kStream].writableFinished;
  }

  get writableLength() {
    return this[kStream].writableLength;
  }

  get writableNeedDrain() {
    return this[kStream].writableNeedDrain;
  }

  set statusCode(code) {
    code |= 0;
    if (code >= 100 && code < 200) throw new ERR_HTTP2_INFO_STATUS_NOT_ALLOWED();
    if (code < 100 || code > 599) throw new ERR_HTTP2_STATUS_INVALID(code);
    this[kState].statusCode = code;
  }

  setTrailer(name, value) {
    validateString(name, 'name');
    name = name.trim().toLowerCase();
    assertValidHeader(name, value);
    this[kTrailers][name] = value;
  }

  addTrailers(headers) {
    for (const name of Object.keys(headers)) this.setTrailer(name, headers[name]);
  }

  getHeader(name) {
    validateString(name, 'name');
    return this[kHeaders][name.trim().toLowerCase()];
  }

  getHeaderNames() {
    return Object.keys(this[kHeaders]);
  }

  getHeaders() {
    return Object.assign({ __proto__: null }, this[kHeaders]);
  }

  hasHeader(name) {
    validateString(name, 'name');
    return Object.hasOwn(this[kHeaders], name.trim().toLowerCase());
  }

  removeHeader(name) {
    validateString(name, 'name');
    if (this[kStream].headersSent) throw new ERR_HTTP2_HEADERS_SENT();
    name = name.trim().toLowerCase();
    if (name === 'date') this[kState].sendDate = false;
    else delete this[kHeaders][name];
  }

  setHeader(name, value) {
    validateString(name, 'name');
    if (this[kStream].headersSent) throw new ERR_HTTP2_HEADERS_SENT();
    setHeader(this, name, value);
  }

  appendHeader(name, value) {
    validateString(name, 'name');
    if (this[kStream].headersSent) throw new ERR_HTTP2_HEADERS_SENT();
    name = name.trim().toLowerCase();
    assertValidHeader(name, value);
    if (isDropped(name, value)) return;
    const known = this[kHeaders][name];
    if (known === undefined) this[kHeaders][name] = value;
    else this[kHeaders][name] = [].concat(known, value);
  }

  get statusMessage() {
    statusMessageWarn();
    return '';
  }

  set statusMessage(message) {
    statusMessageWarn();
  }

  flushHeaders() {
    if (!this[kState].closed && !this[kStream].headersSent) this.writeHead(this[kState].statusCode);
  }

  writeHead(statusCode, statusMessage, headers) {
    const state = this[kState];
    if (state.closed || this.stream.destroyed || this.stream.closed) return this;
    if (this[kStream].headersSent) throw new ERR_HTTP2_HEADERS_SENT();
    if (typeof statusMessage === 'string') statusMessageWarn();
    if (headers === undefined && typeof statusMessage === 'object') headers = statusMessage;
    if (Array.isArray(headers)) writeList(this, headers);
    else if (typeof headers === 'object' && headers !== null) for (const name of Object.keys(headers)) setHeader(this, name, headers[name]);
    state.statusCode = statusCode;
    beginSend(this);
    return this;
  }

  cork() {
    this[kStream].cork();
  }

  uncork() {
    this[kStream].uncork();
  }

  write(chunk, encoding, callback) {
    if (typeof encoding === 'function') {
      callback = encoding;
      encoding = 'utf8';
    }
    const state = this[kState];
    let error;
    if (state.ending) error = new ERR_STREAM_WRITE_AFTER_END();
    else if (state.closed) error = new ERR_HTTP2_INVALID_STREAM();
    else if (state.destroyed) return false;
    if (error) {
      if (typeof callback === 'function') nextTick(callback, error);
      this.destroy(error);
      return false;
    }
    const stream = this[kStream];
    if (!stream.headersSent) this.writeHead(state.statusCode);
    return stream.write(chunk, encoding, callback);
  }

  end(chunk, encoding, callback) {
    const stream = this[kStream];
    const state = this[kState];
    if (typeof chunk === 'function') {
      callback = chunk;
      chunk = null;
    } else if (typeof encoding === 'function') {
      callback = encoding;
      encoding = 'utf8';
    }
    if ((state.closed || state.ending) && state.headRequest === stream.headRequest) {
      if (typeof callback === 'function') nextTick(callback);
      return this;
    }
    if (chunk !== null && chunk !== undefined) this.write(chunk, encoding);
    state.headRequest = stream.headRequest;
    state.ending = true;
    if (typeof callback === 'function') {
      if (stream.writableEnded) this.once('finish', callback);
      else stream.once('finish', callback);
    }
    if (!stream.headersSent) this.writeHead(state.statusCode);
    if (state.closed || stream.destroyed) Reflect.apply(onClose, stream, []);
    else {
      stream.once('finish', () => {
        if (state.finished) return;
        state.finished = true;
        Reflect.apply(onFinish, stream, []);
      });
      stream.end();
    }
    return this;
  }

  destroy(error) {
    if (this[kState].destroyed) return;
    this[kState].destroyed = true;
    this[kStream].destroy(error);
  }

  setTimeout(milliseconds, callback) {
    if (this[kState].closed) return;
    this[kStream].setTimeout(milliseconds, callback);
  }

  createPushResponse(headers, callback) {
    validateFunction(callback, 'callback');
    if (this[kState].closed) {
      const error = new ERR_HTTP2_INVALID_STREAM();
      nextTick(callback, error);
      return;
    }
    this[kStream].pushStream(headers, {}, (error, stream) => {
      if (error) callback(error);
      else callback(null, new Http2ServerResponse(stream));
    });
  }

  writeInformation(statusCode, headers) {
    const stream = this[kStream];
    if (stream.headersSent || this[kState].closed) return false;
    if (!Number.isInteger(statusCode) || statusCode < 100 || statusCode > 199) throw new ERR_HTTP2_STATUS_INVALID(statusCode);
    stream.additionalHeaders({ ...headers, ':status': statusCode });
    return true;
  }

  writeContinue() {
    const stream = this[kStream];
    if (stream.headersSent || this[kState].closed) return false;
    stream.additionalHeaders({ ':status': 100 });
    return true;
  }

  writeEarlyHints(hints) {
    validateObject(hints, 'hints');
    const headers = { __proto__: null };
    const link = validateLinkHeaderValue(hints.link);
    for (const name of Object.keys(hints)) if (name !== 'link') headers[name] = hints[name];
    if (link.length === 0) return false;
    const stream = this[kStream];
    if (stream.headersSent || this[kState].closed) return false;
    stream.additionalHeaders({ ...headers, ':status': 103, 'link': link });
    return true;
  }
}

function setHeader(response, name, value) {
  name = name.trim().toLowerCase();
  assertValidHeader(name, value);
  if (!isDropped(name, value)) response[kHeaders][name] = value;
}

// writeHead() with a list: pairs, or names and values in turn; the same name again adds to it.
function writeList(response, list) {
  const nested = Array.isArray(list[0]);
  if (!nested && list.length % 2 !== 0) throw new ERR_INVALID_ARG_VALUE('headers', list);
  const entries = nested ? list : Array.from({ length: list.length / 2 }, (_, i) => [list[2 * i], list[2 * i + 1]]);
  for (const { 0: name } of entries) delete response[kHeaders][`${name}`.trim().toLowerCase()];
  for (const { 0: name, 1: value } of entries) response.appendHeader(name, value);
}

function beginSend(response) {
  const state = response[kState];
  const headers = Object.assign({ __proto__: null }, response[kHeaders]);
  headers[':status'] = state.statusCode;
  response[kStream].respond(headers, {
    endStream: state.ending && Object.keys(response[kTrailers]).length === 0,
    waitForTrailers: true,
    sendDate: state.sendDate,
  });
}

module.exports = { Http2ServerResponse };
