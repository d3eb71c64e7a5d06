'use strict';

const EventEmitter = require('events');
const { Stream } = require('stream');
const { Buffer } = require('buffer');
const { codes, hideStackFrames } = require('internal/errors');
const { nextTick } = require('internal/runtime');
const { validateString } = require('internal/validators');
const { isUint8Array } = require('internal/util/types');
const { finishResponse } = require('internal/http/finish-response');
const { sendWhole } = require('internal/http/send-whole');
const { dateField } = require('internal/http/date');
const { checkedLowerCase, validateHeaderName, validateHeaderValue } = require('internal/http/fields');
const {
  kBytesWritten, kChunkedBuffer, kChunkedLength, kConnection, kCorked, kErrored, kHeaderFields, kHighWaterMark, kNeedDrain,
  kRejectNonStandardBodyWrites, kSocket, kUniqueHeaders,
} = require('internal/http/symbols');

const CRLF = '\r\n';
const DEFAULT_HIGH_WATER_MARK = 64 * 1024;

const nop = () => {};

function OutgoingMessage(options) {
  EventEmitter.call(this);
  // What is written before there is a socket, or before it is this message's turn
  this.outputData = [];
  this.outputSize = 0;
  this.writable = true;
  this.destroyed = false;
  this._last = false;
  this.chunkedEncoding = false;
  this.shouldKeepAlive = true;
  this.maxRequestsOnConnectionReached = false;
  this._defaultKeepAlive = true;
  this.useChunkedEncodingByDefault = true;
  this.sendDate = false;
  this._removedConnection = false;
  this._removedContLen = false;
  this._removedTE = false;
  this.strictContentLength = false;
  this[kBytesWritten] = 0;
  this._contentLength = null;
  this._hasBody = true;
  this._trailer = '';
  this[kNeedDrain] = false;
  this.finished = false;
  this._headerSent = false;
  this[kCorked] = 0;
  this[kChunkedBuffer] = null;
  this[kChunkedLength] = 0;
  this._closed = false;
  this[kSocket] = null;
  this._header = null;
  // Map of lower-case name -> [name, value]
  this[kHeaderFields] = null;
  this[kUniqueHeaders] = null;
  this._keepAliveTimeout = 0;
  this._onPendingData = nop;
  this[kErrored] = null;
  // Of a server's response
  this[kConnection] = null;
  if (options === undefined || options === null) {
    this[kHighWaterMark] = DEFAULT_HIGH_WATER_MARK;
    this[kRejectNonStandardBodyWrites] = false;
  } else {
    this[kHighWaterMark] = options.highWaterMark ?? DEFAULT_HIGH_WATER_MARK;
    this[kRejectNonStandardBodyWrites] = options.rejectNonStandardBodyWrites ?? false;
  }
}
Object.setPrototypeOf(OutgoingMessage.prototype, Stream.prototype);
Object.setPrototypeOf(OutgoingMessage, Stream);

function defineAccessors(accessors) {
  for (const name of Object.keys(accessors)) {
    const { get, set } = Object.getOwnPropertyDescriptor(accessors, name);
    Object.defineProperty(OutgoingMessage.prototype, name, {
      __proto__: null, configurable: true, enumerable: false, get, set,
    });
  }
}

defineAccessors({
  get errored() { return this[kErrored]; },
  get closed() { return this._closed; },
  get writableFinished() {
    return this.finished && this.outputSize === 0 && (!this[kSocket] || this[kSocket].writableLength === 0);
  },
  get writableObjectMode() { return false; },
  get writableLength() {
    return this.outputSize + this[kChunkedLength] + (this[kSocket] ? this[kSocket].writableLength : 0);
  },
  get writableHighWaterMark() {
    return this[kSocket] ? this[kSocket].writableHighWaterMark : this[kHighWaterMark];
  },
  get writableCorked() { return this[kCorked]; },
  get writableEnded() { return this.finished; },
  get writableNeedDrain() { return !this.destroyed && !this.finished && this[kNeedDrain]; },
  get socket() { return this[kSocket]; },
  set socket(value) {
    for (let i = this[kCorked]; i > 0; i--) {
      value?.cork();
      this[kSocket]?.uncork();
    }
    this[kSocket] = value;
  },
  get connection() { return this[kSocket]; },
  set connection(value) { this.socket = value; },
});
Object.defineProperty(OutgoingMessage.prototype, 'headersSent', {
  __proto__: null, configurable: true, enumerable: true, get() { return !!this._header; },
});

OutgoingMessage.prototype.cork = function cork() {
  this[kCorked]++;
  if (this[kSocket]) this[kSocket].cork();
};

OutgoingMessage.prototype.uncork = function uncork() {
  this[kCorked]--;
  if (this[kSocket]) this[kSocket].uncork();
  if (this[kCorked] || this[kChunkedBuffer] === null || this[kChunkedBuffer].length === 0) return;
  // All that was written while corked is one chunk
  const pending = this[kChunkedBuffer];
  let callbacks;
  this._send(this[kChunkedLength].toString(16), 'latin1', null);
  this._send(CRLF, null, null);
  for (let n = 0; n < pending.length; n += 3) {
    this._send(pending[n], pending[n + 1], null);
    if (pending[n + 2]) (callbacks ??= []).push(pending[n + 2]);
  }
  this._send(CRLF, null, callbacks === undefined ? null : (error) => {
    for (const callback of callbacks) callback(error);
  });
  this[kChunkedBuffer] = null;
  this[kChunkedLength] = 0;
};

OutgoingMessage.prototype.setTimeout = function setTimeout(msecs, callback) {
  if (callback) this.on('timeout', callback);
  if (this[kSocket]) this[kSocket].setTimeout(msecs);
  else this.once('socket', (socket) => { socket.setTimeout(msecs); });
  return this;
};

// Without a socket the message waits for one, to destroy it
OutgoingMessage.prototype.destroy = function destroy(error) {
  if (this.destroyed) return this;
  this.destroyed = true;
  this[kErrored] = error;
  if (this[kSocket]) this[kSocket].destroy(error);
  else this.once('socket', (socket) => { socket.destroy(error); });
  return this;
};

// ---- Writing

/** Sends the header with the first piece of the body, or alone. */
OutgoingMessage.prototype._send = function _send(data, encoding, callback, byteLength) {
  if (!this._headerSent && this._header !== null) {
    const header = this._header;
    if (typeof data === 'string' && (encoding === 'utf8' || encoding === 'latin1' || !encoding)) {
      data = header + data;
    } else {
      this.outputData.unshift({ data: header, encoding: 'latin1', callback: null });
      this.outputSize += header.length;
      this._onPendingData(header.length);
    }
    this._headerSent = true;
  }
  return this._writeRaw(data, encoding, callback, byteLength);
};

OutgoingMessage.prototype._writeRaw = function _writeRaw(data, encoding, callback, size) {
  const socket = this[kSocket];
  if (socket && socket.destroyed) return false;
  if (typeof encoding === 'function') {
    callback = encoding;
    encoding = null;
  }
  if (socket && socket._httpMessage === this && socket.writable) {
    if (this.outputData.length > 0) this._flushOutput(socket);
    return socket.write(data, encoding, callback);
  }
  this.outputData.push({ data, encoding, callback });
  this.outputSize += data.length;
  this._onPendingData(data.length);
  return this.outputSize < this[kHighWaterMark];
};

/** It is this message's turn: sends what has waited. */
OutgoingMessage.prototype._flush = function _flush() {
  const socket = this[kSocket];
  if (!socket || !socket.writable) return;
  const flushed = this._flushOutput(socket);
  if (this.finished) {
    this._finish();
  } else if (flushed && this[kNeedDrain]) {
    this[kNeedDrain] = false;
    this.emit('drain');
  }
};

OutgoingMessage.prototype._flushOutput = function _flushOutput(socket) {
  const pending = this.outputData;
  if (pending.length === 0) return undefined;
  this.outputData = [];
  socket.cork();
  let result;
  for (const { data, encoding, callback } of pending) result = socket.write(data, encoding, callback);
  socket.uncork();
  this._onPendingData(-this.outputSize);
  this.outputSize = 0;
  return result;
};

OutgoingMessage.prototype.write = function write(chunk, encoding, callback) {
  if (typeof encoding === 'function') {
    callback = encoding;
    encoding = null;
  }
  const result = writeChunk(this, chunk, encoding, callback, false);
  if (!result) this[kNeedDrain] = true;
  return result;
};

function fail(message, error, callback) {
  nextTick(emitError, message, error, callback);
}

function emitError(message, error, callback) {
  callback(error);
  if (!message.destroyed) message.emit('error', error);
}

function isStrict(message) {
  return message.strictContentLength && message._contentLength !== null && message._contentLength !== undefined &&
    message._hasBody && !message._removedContLen && !message.chunkedEncoding &&
    !hasField(message, 'transfer-encoding');
}

function hasField(message, lower) {
  return message[kHeaderFields] !== null && message[kHeaderFields].has(lower);
}

function writeChunk(message, chunk, encoding, callback, fromEnd) {
  if (typeof callback !== 'function') callback = nop;
  if (chunk === null) throw new codes.ERR_STREAM_NULL_VALUES();
  if (typeof chunk !== 'string' && !isUint8Array(chunk)) {
    throw new codes.ERR_INVALID_ARG_TYPE('chunk', ['string', 'Buffer', 'Uint8Array'], chunk);
  }
  if (message.finished) return refuse(message, new codes.ERR_STREAM_WRITE_AFTER_END(), callback);
  if (message.destroyed) return refuse(message, new codes.ERR_STREAM_DESTROYED('write'), callback);

  let length;
  if (message.strictContentLength) {
    length = byteLengthOf(chunk, encoding);
    if (isStrict(message) &&
        (fromEnd ? message[kBytesWritten] + length !== message._contentLength :
          message[kBytesWritten] + length > message._contentLength)) {
      throw new codes.ERR_HTTP_CONTENT_LENGTH_MISMATCH(length + message[kBytesWritten], message._contentLength);
    }
    message[kBytesWritten] += length;
  }
  if (!message._header) {
    if (fromEnd) message._contentLength = length ?? byteLengthOf(chunk, encoding);
    message._implicitHeader();
  }
  if (!message._hasBody) {
    if (message[kRejectNonStandardBodyWrites]) throw new codes.ERR_HTTP_BODY_NOT_ALLOWED();
    nextTick(callback);
    return true;
  }
  if (!fromEnd && message[kSocket] && !message[kSocket].writableCorked) {
    message[kSocket].cork();
    nextTick(uncorkSocket, message[kSocket]);
  }
  if (!message.chunkedEncoding || chunk.length === 0) return message._send(chunk, encoding, callback, length);
  length ??= byteLengthOf(chunk, encoding);
  if (message[kCorked] && message._headerSent) {
    (message[kChunkedBuffer] ??= []).push(chunk, encoding, callback);
    message[kChunkedLength] += length;
    return message[kChunkedLength] < message[kHighWaterMark];
  }
  message._send(length.toString(16), 'latin1', null);
  message._send(CRLF, null, null);
  message._send(chunk, encoding, null, length);
  return message._send(CRLF, null, callback);
}

function refuse(message, error, callback) {
  if (message.destroyed) nextTick(callback, error);
  else fail(message, error, callback);
  return false;
}

function byteLengthOf(chunk, encoding) {
  return typeof chunk === 'string' ? Buffer.byteLength(chunk, encoding) : chunk.byteLength;
}

function uncorkSocket(socket) {
  socket.uncork();
}

OutgoingMessage.prototype.end = function end(chunk, encoding, callback) {
  if (typeof chunk === 'function') {
    callback = chunk;
    chunk = null;
    encoding = null;
  } else if (typeof encoding === 'function') {
    callback = encoding;
    encoding = null;
  }
  if (this[kConnection] !== null && this._header === null && !this.finished &&
      sendWhole(this, chunk, encoding, callback)) {
    return this;
  }
  const socket = this[kSocket];
  if (chunk) {
    if (this.finished) {
      fail(this, new codes.ERR_STREAM_WRITE_AFTER_END(), typeof callback === 'function' ? callback : nop);
      return this;
    }
    if (socket) socket.cork();
    writeChunk(this, chunk, encoding, null, true);
  } else if (this.finished) {
    if (typeof callback === 'function') {
      if (!this.writableFinished) this.on('finish', callback);
      else callback(new codes.ERR_STREAM_ALREADY_FINISHED('end'));
    }
    return this;
  } else if (!this._header) {
    if (socket) socket.cork();
    this._contentLength = 0;
    this._implicitHeader();
  }
  if (typeof callback === 'function') this.once('finish', callback);
  if (isStrict(this) && this[kBytesWritten] !== this._contentLength) {
    throw new codes.ERR_HTTP_CONTENT_LENGTH_MISMATCH(this[kBytesWritten], this._contentLength);
  }
  const finish = () => finishResponse(this);
  if (this._hasBody && this.chunkedEncoding) {
    this._send(`0\r\n${this._trailer}\r\n`, 'latin1', finish);
  } else if (!this._headerSent || this.writableLength || chunk) {
    this._send('', 'latin1', finish);
  } else {
    nextTick(finish);
  }
  if (this[kSocket]) {
    // However often it was corked
    this[kSocket]._writableState.corked = 1;
    this[kSocket].uncork();
  }
  this[kCorked] = 1;
  this.uncork();
  this.finished = true;
  // Everything is with the socket: the message is done
  if (this.outputData.length === 0 && this[kSocket] && this[kSocket]._httpMessage === this) this._finish();
  return this;
};

OutgoingMessage.prototype._finish = function _finish() {
  if (this._eventsCount > 0) this.emit('prefinish');
};

OutgoingMessage.prototype.pipe = function pipe() {
  // A writable stream; whoever pipes it made a mistake
  this.emit('error', new codes.ERR_STREAM_CANNOT_PIPE());
};

OutgoingMessage.prototype.flushHeaders = function flushHeaders() {
  if (!this._header) this._implicitHeader();
  this._send('');
};

OutgoingMessage.prototype._implicitHeader = function _implicitHeader() {
  throw new codes.ERR_METHOD_NOT_IMPLEMENTED('_implicitHeader()');
};

OutgoingMessage.prototype[EventEmitter.captureRejectionSymbol] = function(error) {
  this.destroy(error);
};

// ---- Fields

function headersSent(action) {
  return new codes.ERR_HTTP_HEADERS_SENT(action);
}

OutgoingMessage.prototype.setHeader = function setHeader(name, value) {
  if (this._header) throw headersSent('set');
  const lower = typeof name === 'string' ? checkedLowerCase(name) : validateHeaderName(name);
  checkValue(name, value);
  (this[kHeaderFields] ??= new Map()).set(lower, [name, value]);
  return this;
};

const checkValue = hideStackFrames(function checkValue(name, value) {
  if (typeof value === 'number') return;
  validateHeaderValue(name, value);
});

OutgoingMessage.prototype.setHeaders = function setHeaders(headers) {
  if (this._header) throw headersSent('set');
  const isHeaders = headers !== null && typeof headers === 'object' && !Array.isArray(headers) &&
    typeof headers.keys === 'function' && typeof headers.get === 'function';
  if (!isHeaders) throw new codes.ERR_INVALID_ARG_TYPE('headers', ['Headers', 'Map'], headers);
  // Headers gives each cookie on its own; they are one list here
  const cookies = [];
  for (const { 0: key, 1: value } of headers) {
    if (key === 'set-cookie') {
      if (Array.isArray(value)) cookies.push(...value);
      else cookies.push(value);
      continue;
    }
    this.setHeader(key, value);
  }
  if (cookies.length > 0) this.setHeader('set-cookie', cookies);
  return this;
};

OutgoingMessage.prototype.appendHeader = function appendHeader(name, value) {
  if (this._header) throw headersSent('append');
  validateHeaderName(name);
  validateHeaderValue(name, value);
  const lower = name.toLowerCase();
  const fields = this[kHeaderFields] ??= new Map();
  const before = fields.get(lower);
  if (before === undefined) {
    fields.set(lower, [name, value]);
    return this;
  }
  // What an array held belongs to the user: never changed in place
  const list = Array.isArray(before[1]) ? [...before[1]] : [before[1]];
  if (Array.isArray(value)) list.push(...value);
  else list.push(value);
  before[1] = list;
  return this;
};

OutgoingMessage.prototype.getHeader = function getHeader(name) {
  validateString(name, 'name');
  return this[kHeaderFields]?.get(name.toLowerCase())?.[1];
};

OutgoingMessage.prototype.getHeaderNames = function getHeaderNames() {
  return this[kHeaderFields] ? [...this[kHeaderFields].keys()] : [];
};

OutgoingMessage.prototype.getRawHeaderNames = function getRawHeaderNames() {
  return this[kHeaderFields] ? Array.from(this[kHeaderFields].values(), (entry) => entry[0]) : [];
};

OutgoingMessage.prototype.getHeaders = function getHeaders() {
  const copy = { __proto__: null };
  if (this[kHeaderFields]) {
    for (const { 0: lower, 1: entry } of this[kHeaderFields]) copy[lower] = entry[1];
  }
  return copy;
};

OutgoingMessage.prototype.hasHeader = function hasHeader(name) {
  validateString(name, 'name');
  return hasField(this, name.toLowerCase());
};

OutgoingMessage.prototype.removeHeader = function removeHeader(name) {
  validateString(name, 'name');
  if (this._header) throw headersSent('remove');
  const lower = name.toLowerCase();
  switch (lower) {
    case 'connection': this._removedConnection = true; break;
    case 'content-length': this._removedContLen = true; break;
    case 'transfer-encoding': this._removedTE = true; break;
    case 'date': this.sendDate = false; break;
  }
  if (this[kHeaderFields] !== null) this[kHeaderFields].delete(lower);
};

// On the prototype as in Node.js, where it is meant for the library's own use
OutgoingMessage.prototype._renderHeaders = function _renderHeaders() {
  if (this._header) throw headersSent('render');
  const headers = {};
  if (this[kHeaderFields]) {
    for (const entry of this[kHeaderFields].values()) headers[entry[0]] = entry[1];
  }
  return headers;
};

OutgoingMessage.prototype.addTrailers = function addTrailers(headers) {
  this._trailer = '';
  const isArray = Array.isArray(headers);
  for (const key of Object.keys(headers)) {
    const field = isArray ? headers[key][0] : key;
    const value = isArray ? headers[key][1] : headers[key];
    validateHeaderName(field, 'Trailer name');
    const separately = Array.isArray(value) && value.length > 1 && !isUnique(this, field);
    for (const one of separately ? value : [Array.isArray(value) ? value.join('; ') : value]) {
      if (!binding.isFieldValue(`${one}`)) throw new codes.ERR_INVALID_CHAR('trailer content', field);
      this._trailer += `${field}: ${one}\r\n`;
    }
  }
};

function isUnique(message, name) {
  return message[kUniqueHeaders] ? message[kUniqueHeaders].has(name.toLowerCase()) : false;
}

// ---- The header block

// What the fields said, while a header block is made; one at a time
const said = {
  text: '', connection: false, contentLength: false, transferEncoding: false, date: false, expect: false,
  trailer: false,
};

/** Makes the header block from the start-line and the fields: a Map as setHeader fills it, an object, or an array. */
OutgoingMessage.prototype._storeHeader = function _storeHeader(firstLine, headers) {
  said.text = firstLine;
  said.connection = false;
  said.contentLength = false;
  said.transferEncoding = false;
  said.date = false;
  said.expect = false;
  said.trailer = false;

  if (headers) {
    if (headers === this[kHeaderFields]) {
      for (const entry of headers.values()) addFields(this, entry[0], entry[1], false);
    } else if (Array.isArray(headers)) {
      if (headers.length > 0 && Array.isArray(headers[0])) {
        for (const entry of headers) addFields(this, entry[0], entry[1], true);
      } else {
        if (headers.length % 2 !== 0) throw new codes.ERR_INVALID_ARG_VALUE('headers', headers);
        for (let n = 0; n < headers.length; n += 2) addFields(this, headers[n], headers[n + 1], true);
      }
    } else {
      for (const key in headers) {
        if (Object.hasOwn(headers, key)) addFields(this, key, headers[key], true);
      }
    }
  }
  let text = said.text;
  if (this.sendDate && !said.date) text += dateField();

  // These never have a body, and what the user said of one must not confuse the next message
  if (this.chunkedEncoding && (this.statusCode === 204 || this.statusCode === 304)) {
    this.chunkedEncoding = false;
    this.shouldKeepAlive = false;
  }
  if (this._removedConnection) {
    // Both sides persist by default in HTTP/1.1
    this._last = !this.shouldKeepAlive;
  } else if (!said.connection) {
    const persists = this.shouldKeepAlive &&
      (said.contentLength || this.useChunkedEncodingByDefault || this.agent);
    if (persists && this.maxRequestsOnConnectionReached) {
      text += 'Connection: close\r\n';
    } else if (persists) {
      text += 'Connection: keep-alive\r\n';
      if (this._keepAliveTimeout && this._defaultKeepAlive) text += keepAliveField(this);
    } else {
      this._last = true;
      text += 'Connection: close\r\n';
    }
  }
  if (!said.contentLength && !said.transferEncoding) {
    if (!this._hasBody) {
      this.chunkedEncoding = false;
    } else if (!this.useChunkedEncodingByDefault) {
      this._last = true;
    } else if (!said.trailer && !this._removedContLen && typeof this._contentLength === 'number') {
      text += `Content-Length: ${this._contentLength}\r\n`;
    } else if (!this._removedTE) {
      text += 'Transfer-Encoding: chunked\r\n';
      this.chunkedEncoding = true;
    } else {
      // Only the end of the connection ends this body
      this._last = true;
    }
  }
  // Trailers need chunks
  if (this.chunkedEncoding !== true && said.trailer) throw new codes.ERR_HTTP_TRAILER_INVALID();

  const sendNow = said.expect;
  this._header = text + CRLF;
  this._headerSent = false;
  // The body waits for the answer to the expectation
  if (sendNow) this._send('');
};

function keepAliveField(message) {
  const seconds = Math.floor(message._keepAliveTimeout / 1000);
  const max = ~~message._maxRequestsPerSocket;
  if (seconds === 5 && max <= 0) return 'Keep-Alive: timeout=5\r\n';
  return max > 0 ? `Keep-Alive: timeout=${seconds}, max=${max}\r\n` : `Keep-Alive: timeout=${seconds}\r\n`;
}

function addFields(message, key, value, validate) {
  if (validate) validateHeaderName(key);
  // A file name given as the bytes of UTF-8 becomes text, as a header that goes out with a body is encoded as UTF-8
  if (message._contentLength && isContentDisposition(key)) {
    value = Array.isArray(value) ? value.map(textOfBytes) : textOfBytes(value);
  }
  if (Array.isArray(value)) {
    if ((value.length < 2 || !isCookie(key)) && !isUnique(message, key)) {
      for (let i = 0; i < value.length; i++) addOneField(message, key, value[i], validate);
      return;
    }
    value = value.join('; ');
  }
  addOneField(message, key, value, validate);
}

function textOfBytes(value) {
  return Buffer.from(String(value), 'latin1').toString();
}

function isCookie(key) {
  return key.length === 6 && key.toLowerCase() === 'cookie';
}

function isContentDisposition(key) {
  return key.length === 19 && key.toLowerCase() === 'content-disposition';
}

function addOneField(message, key, value, validate) {
  if (validate) validateHeaderValue(key, value);
  said.text += `${key}: ${value}\r\n`;
  noteField(message, key, value);
}

/** Keeps in mind what a field says about the framing. */
function noteField(message, key, value) {
  const { length } = key;
  if (length < 4 || length > 17) return;
  switch (length) {
    case 4:
      if (key.toLowerCase() === 'date') said.date = true;
      break;
    case 6:
      if (key.toLowerCase() === 'expect') said.expect = true;
      break;
    case 7:
      if (key.toLowerCase() === 'trailer') said.trailer = true;
      break;
    case 10: {
      const lower = key.toLowerCase();
      if (lower === 'connection') {
        said.connection = true;
        message._removedConnection = false;
        if (/(?:^|\W)close(?:$|\W)/i.test(value)) message._last = true;
        else message.shouldKeepAlive = true;
      } else if (lower === 'keep-alive') {
        message._defaultKeepAlive = false;
      }
      break;
    }
    case 14:
      if (key.toLowerCase() === 'content-length') {
        said.contentLength = true;
        message._contentLength = +value;
        message._removedContLen = false;
      }
      break;
    case 17:
      if (key.toLowerCase() === 'transfer-encoding') {
        said.transferEncoding = true;
        message._removedTE = false;
        if (/(?:^|\W)chunked(?:$|\W)/i.test(value)) message.chunkedEncoding = true;
      }
      break;
  }
}

/** The option `uniqueHeaders`: a set of lower-case names, or null. */
function parseUniqueHeadersOption(headers) {
  if (!Array.isArray(headers)) return null;
  return new Set(headers.map((name) => name.toLowerCase()));
}

module.exports = {
  kHighWaterMark,
  kUniqueHeaders,
  parseUniqueHeadersOption,
  validateHeaderName,
  validateHeaderValue,
  OutgoingMessage,
};
