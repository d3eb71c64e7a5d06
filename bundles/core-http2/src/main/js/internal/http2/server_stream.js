'use strict';

const {
  codes: {
    ERR_HTTP2_HEADERS_AFTER_RESPOND, ERR_HTTP2_HEADERS_SENT, ERR_HTTP2_INVALID_INFO_STATUS, ERR_HTTP2_INVALID_STREAM,
    ERR_HTTP2_NESTED_PUSH, ERR_HTTP2_OUT_OF_STREAMS, ERR_HTTP2_PAYLOAD_FORBIDDEN, ERR_HTTP2_PUSH_DISABLED, ERR_HTTP2_STATUS_101,
    ERR_HTTP2_STATUS_INVALID, ERR_INVALID_ARG_VALUE,
  },
} = require('internal/errors');
const { validateFunction, validateNumber } = require('internal/validators');
const { kEmptyObject } = require('internal/util');
const { nextTick } = require('internal/runtime');
const { Http2Stream, handleOf, watchFinish } = require('internal/http2/stream');
const {
  kAuthority, kHeadRequest, kId, kMaybeDestroy, kProceed, kProtocol, kSentHeaders, kSentInfoHeaders, kSession, kState,
} = require('internal/http2/state');
const { REQUEST_PSEUDO, RESPONSE_PSEUDO, assertIsObject, encodeHeaders, toSentObject } = require('internal/http2/headers');
const { NghttpError } = require('internal/http2/errors');

function utcDate() {
  return new Date().toUTCString();
}

const WITHOUT_BODY = new Set([204, 205, 304]);

// The headers of a response with what they lack, and their status.
function prepareResponse(stream, given, options) {
  const isList = Array.isArray(given);
  const headers = isList ? given.slice() : Object.assign({ __proto__: null }, given);
  const names = isList ? given.filter((name, i) => i % 2 === 0).map((name) => `${name}`.toLowerCase()) : undefined;
  let status = isList ? given[2 * names.indexOf(':status') + 1] : headers[':status'];
  if (isList && !names.includes(':status')) status = undefined;
  if (status == null) {
    status = 200;
    if (isList) headers.unshift(':status', 200);
    else headers[':status'] = 200;
  }
  if (options.sendDate == null || options.sendDate) {
    if (isList) {
      if (!names.includes('date')) headers.push('date', utcDate());
    } else {
      headers.date ??= utcDate();
    }
  }
  status |= 0;
  if (status < 200 || status > 599) throw new ERR_HTTP2_STATUS_INVALID(isList ? status : headers[':status']);
  return { headers, status };
}

class ServerHttp2Stream extends Http2Stream {
  constructor(session, id, options, headers) {
    super(session, options);
    watchFinish(this);
    this[kProtocol] = headers[':scheme'];
    this[kAuthority] = headers[':authority'] ?? headers.host;
    this._ready(id);
  }

  /** Such a request gets no body. */
  _headRequest() {
    this[kState].headRequest = true;
    this[kHeadRequest] = true;
    this.end();
  }

  [kProceed]() {
    this.respond();
  }

  get pushAllowed() {
    const { [kSession]: session } = this;
    return !this.destroyed && !this.closed && !session.closed && !session.destroyed && session.remoteSettings.enablePush;
  }

  pushStream(headers, options, callback) {
    if (!this.pushAllowed) throw new ERR_HTTP2_PUSH_DISABLED();
    if (this[kId] % 2 === 0) throw new ERR_HTTP2_NESTED_PUSH();
    const { [kSession]: session } = this;
    this._refresh();
    if (typeof options === 'function') {
      callback = options;
      options = undefined;
    }
    validateFunction(callback, 'callback');
    assertIsObject(options, 'options');
    assertIsObject(headers, 'headers');
    const endStream = Boolean(options?.endStream);
    headers = Object.assign({ __proto__: null }, headers);
    headers[':method'] ??= 'GET';
    headers[':authority'] ??= this[kAuthority];
    headers[':scheme'] ??= this[kProtocol];
    headers[':path'] ??= '/';
    const isHead = headers[':method'] === 'HEAD';
    const { fields, sensitive } = encodeHeaders(headers, REQUEST_PSEUDO);
    const id = handleOf(this).binding.pushPromise(handleOf(this).id, this[kId], fields, sensitive);
    if (id < 0) {
      let error;
      if (id === -509) error = new ERR_HTTP2_OUT_OF_STREAMS();
      else if (id === -510) error = new ERR_HTTP2_INVALID_STREAM();
      else error = new NghttpError(id);
      nextTick(callback, error);
      return;
    }
    const stream = new ServerHttp2Stream(session, id, {}, headers);
    stream[kSentHeaders] = headers;
    stream.push(null);
    if (isHead || endStream) stream._headRequest();
    const { serverCreated, serverStart } = require('internal/http2/diagnostics');
    if (serverCreated.hasSubscribers) serverCreated.publish({ stream, headers });
    if (serverStart.hasSubscribers) serverStart.publish({ stream, headers });
    nextTick(callback, null, stream, headers, 0);
  }

  respond(headersParam, options) {
    if (this.destroyed || this.closed) throw new ERR_HTTP2_INVALID_STREAM();
    if (this.headersSent) throw new ERR_HTTP2_HEADERS_SENT();
    assertIsObject(headersParam, 'headers', ['Object', 'Array']);
    assertIsObject(options, 'options');
    options = { ...options };
    this._refresh();
    const { headers, status } = prepareResponse(this, headersParam ?? kEmptyObject, options);
    if (WITHOUT_BODY.has(status) || this.headRequest) options.endStream = true;
    this._respondWith(headers, options);
    if (!options.endStream) return;
    this.end();
    if (this.writableFinished) this[kMaybeDestroy]();
  }

  /** Sends the headers of the response. */
  _respondWith(headers, options) {
    const { [kSession]: session } = this;
    const strict = session._strictSingleValue !== false;
    const { fields, sensitive } = encodeHeaders(headers, RESPONSE_PSEUDO, strict);
    const state = this[kState];
    this[kSentHeaders] = toSentObject(headers);
    state.headersSent = true;
    state.hasTrailers = Boolean(options.waitForTrailers) && !options.endStream;
    if (options.endStream) state.ended = true;
    const status = handleOf(this).binding.headers(handleOf(this).id, this[kId], fields, sensitive, Boolean(options.endStream), state.hasTrailers);
    if (status < 0) this.destroy(new NghttpError(status));
  }

  respondWithFD(fd, headersParam, options) {
    const file = this._prepareFile(headersParam, options);
    if (typeof fd !== 'number') validateFileHandle(fd);
    require('internal/http2/respond_file').respondWithDescriptor(this, fd, file.headers, file.options);
  }

  respondWithFile(path, headersParam, options) {
    const file = this._prepareFile(headersParam, options);
    require('internal/http2/respond_file').respondWithPath(this, path, file.headers, file.options);
  }

  _prepareFile(headersParam, options) {
    if (this.destroyed || this.closed) throw new ERR_HTTP2_INVALID_STREAM();
    if (this.headersSent) throw new ERR_HTTP2_HEADERS_SENT();
    assertIsObject(options, 'options');
    options = { ...options };
    for (const name of ['offset', 'length']) {
      if (options[name] !== undefined && typeof options[name] !== 'number') throw new ERR_INVALID_ARG_VALUE(`options.${name}`, options[name]);
    }
    if (options.statCheck !== undefined && typeof options.statCheck !== 'function') {
      throw new ERR_INVALID_ARG_VALUE('options.statCheck', options.statCheck);
    }
    this._refresh();
    const { headers, status } = prepareResponse(this, headersParam ?? kEmptyObject, options);
    if (WITHOUT_BODY.has(status) || this.headRequest) throw new ERR_HTTP2_PAYLOAD_FORBIDDEN(status);
    return { headers, options };
  }

  additionalHeaders(headers) {
    if (this.destroyed || this.closed) throw new ERR_HTTP2_INVALID_STREAM();
    if (this.headersSent) throw new ERR_HTTP2_HEADERS_AFTER_RESPOND();
    assertIsObject(headers, 'headers');
    headers = Object.assign({ __proto__: null }, headers);
    this._refresh();
    if (headers[':status'] != null) {
      const status = headers[':status'] |= 0;
      if (status === 101) throw new ERR_HTTP2_STATUS_101();
      if (status < 100 || status >= 200) throw new ERR_HTTP2_INVALID_INFO_STATUS(headers[':status']);
    }
    const { fields, sensitive } = encodeHeaders(headers, RESPONSE_PSEUDO);
    (this[kSentInfoHeaders] ??= []).push(headers);
    const status = handleOf(this).binding.headers(handleOf(this).id, this[kId], fields, sensitive, false, false);
    if (status < 0) this.destroy(new NghttpError(status));
  }
}
for (const name of ['_headRequest', '_respondWith', '_prepareFile']) {
  Object.defineProperty(ServerHttp2Stream.prototype, name, { __proto__: null, enumerable: false });
}

function validateFileHandle(value) {
  if (value === null || typeof value !== 'object' || typeof value.fd !== 'number' || typeof value.close !== 'function') {
    const { codes: { ERR_INVALID_ARG_TYPE } } = require('internal/errors');
    throw new ERR_INVALID_ARG_TYPE('fd', ['number', 'FileHandle'], value);
  }
}

module.exports = { ServerHttp2Stream, prepareResponse };
module.sharedClasses = { ServerHttp2Stream };
