'use strict';

const { Readable } = require('stream');
const { EventEmitter } = require('events');
const { addDistinctField, addField } = require('internal/http/incoming-fields');
const { nextTick } = require('internal/runtime');
const { stateSymbol } = require('internal/symbols');

const kHeaders = stateSymbol('http.headers');
const kHeadersDistinct = stateSymbol('http.headersDistinct');
const kTrailers = stateSymbol('http.trailers');
const kTrailersDistinct = stateSymbol('http.trailersDistinct');
const kBlock = stateSymbol('http.fieldBlock');
const kRawHeaders = stateSymbol('http.rawHeaders');
const kMaxPairs = stateSymbol('http.maxPairs');
const kSkipPendingData = stateSymbol('http.skipPendingData');
const kAtEnd = stateSymbol('http.atEnd');
const kAbortController = stateSymbol('http.abortController');
const kDetachAbortSignal = stateSymbol('http.detachAbortSignal');

function readStart(socket) {
  if (socket && !socket._paused && socket.readable) socket.resume();
}

function readStop(socket) {
  if (socket) socket.pause();
}

// The stream of a request is made when somebody asks for it (the accessor `_readableState` below): most requests have no
// body, and nobody reads them.
function IncomingMessage(socket) {
  EventEmitter.call(this);
  this.socket = socket;
  this.httpVersionMajor = null;
  this.httpVersionMinor = null;
  this.httpVersion = null;
  this.complete = false;
  this[kBlock] = '';
  this[kRawHeaders] = undefined;
  this[kMaxPairs] = 0;
  this[kHeaders] = null;
  this[kTrailers] = null;
  this.rawTrailers = [];
  this.joinDuplicateHeaders = false;
  this.aborted = false;
  this.upgrade = null;
  // Of a request
  this.url = '';
  this.method = null;
  // Of a response
  this.statusCode = null;
  this.statusMessage = null;
  this.client = socket;
  this._consuming = false;
  this._dumped = false;
  this[kAtEnd] = false;
}
Object.setPrototypeOf(IncomingMessage.prototype, Readable.prototype);
Object.setPrototypeOf(IncomingMessage, Readable);

Object.defineProperty(IncomingMessage.prototype, '_readableState', {
  __proto__: null,
  configurable: true,
  enumerable: false,
  get() {
    if (this === IncomingMessage.prototype) return undefined;
    return becomeReadable(this);
  },
  set(state) {
    Object.defineProperty(this, '_readableState', {
      __proto__: null, configurable: true, enumerable: true, writable: true, value: state,
    });
  },
});

function isReadable(message) {
  return Object.prototype.hasOwnProperty.call(message, '_readableState');
}

function becomeReadable(message) {
  const highWaterMark = message.socket ? message.socket.readableHighWaterMark : undefined;
  Readable.call(message, { autoDestroy: true, highWaterMark });
  const state = message._readableState;
  // No read-ahead before the first read
  state.readingMore = true;
  if (message[kAtEnd]) message.push(null);
  return state;
}

/** No further body comes. */
function markComplete(message) {
  message.complete = true;
  message[kAtEnd] = true;
  if (isReadable(message)) message.push(null);
}

Object.defineProperty(IncomingMessage.prototype, 'connection', {
  __proto__: null,
  configurable: true,
  enumerable: false,
  get() { return this.socket; },
  set(value) { this.socket = value; },
});

/** Names and values as the parser found them; arrays and `headers` are made of them at first use. */
IncomingMessage.prototype._setFields = function(block, maxPairs) {
  this[kBlock] = block;
  this[kMaxPairs] = maxPairs;
};

Object.defineProperty(IncomingMessage.prototype, 'rawHeaders', {
  __proto__: null,
  configurable: true,
  enumerable: true,
  get() {
    let raw = this[kRawHeaders];
    if (raw === undefined) {
      const block = this[kBlock];
      raw = block === '' || block === undefined ? [] : block.split('\n');
      this[kRawHeaders] = raw;
    }
    return raw;
  },
  set(value) { this[kRawHeaders] = value; },
});

function limit(lines, maxPairs) {
  return maxPairs > 0 && maxPairs < lines.length ? maxPairs : lines.length;
}

function lazyFields(symbol, rawName, add) {
  return {
    __proto__: null,
    configurable: true,
    enumerable: true,
    get() {
      let fields = this[symbol];
      if (!fields) {
        const distinct = add === addDistinctField;
        fields = distinct ? { __proto__: null } : {};
        this[symbol] = fields;
        const lines = this[rawName];
        const end = limit(lines, this[kMaxPairs]);
        for (let i = 0; i < end; i += 2) add(fields, lines[i], lines[i + 1], this.joinDuplicateHeaders);
      }
      return fields;
    },
    set(value) { this[symbol] = value; },
  };
}

Object.defineProperty(IncomingMessage.prototype, 'headers', lazyFields(kHeaders, 'rawHeaders', addField));
Object.defineProperty(IncomingMessage.prototype, 'headersDistinct',
                      lazyFields(kHeadersDistinct, 'rawHeaders', addDistinctField));
Object.defineProperty(IncomingMessage.prototype, 'trailers', lazyFields(kTrailers, 'rawTrailers', addField));
Object.defineProperty(IncomingMessage.prototype, 'trailersDistinct',
                      lazyFields(kTrailersDistinct, 'rawTrailers', addDistinctField));

Object.defineProperty(IncomingMessage.prototype, 'signal', {
  __proto__: null,
  configurable: true,
  enumerable: true,
  get() {
    let controller = this[kAbortController];
    if (controller === undefined) {
      controller = this[kAbortController] = new AbortController();
      if (this.destroyed) controller.abort();
      else this.once('close', () => this[kAbortController]?.abort());
    }
    return controller.signal;
  },
});

/** From now on the end of this message does not abort its signal. */
IncomingMessage.prototype[kDetachAbortSignal] = function() {
  if (this[kAbortController] !== undefined) this[kAbortController] = null;
};

IncomingMessage.prototype.setTimeout = function setTimeout(msecs, callback) {
  if (callback) this.on('timeout', callback);
  this.socket.setTimeout(msecs);
  return this;
};

IncomingMessage.prototype._read = function _read() {
  if (!this._consuming) {
    this._readableState.readingMore = false;
    this._consuming = true;
  }
  // The parser pushes; this only lets the socket go on
  if (this.socket && this.socket.readable) readStart(this.socket);
};

IncomingMessage.prototype._destroy = function _destroy(error, callback) {
  if (!this.readableEnded || !this.complete) {
    this.aborted = true;
    this.emit('aborted');
  }
  // The socket of an aborted exchange serves nobody else
  if (this.socket && !this.socket.destroyed && this.aborted) {
    this.socket.destroy(error);
    const { finished } = require('stream');
    const cleanup = finished(this.socket, (e) => {
      if (e?.code === 'ERR_STREAM_PREMATURE_CLOSE') e = null;
      cleanup();
      nextTick(reportError, this, e || error, callback);
    });
  } else {
    nextTick(reportError, this, error, callback);
  }
};

// An error that nobody listens for must not end the process: messages did not report errors of old
function reportError(message, error, callback) {
  callback(message.listenerCount('error') > 0 ? error : undefined);
}

IncomingMessage.prototype._addHeaderLines = function _addHeaderLines(lines, n, maxPairs) {
  if (!lines || lines.length === 0) return;
  let fields;
  if (this.complete) {
    this.rawTrailers = lines;
    fields = this[kTrailers];
  } else {
    this.rawHeaders = lines;
    fields = this[kHeaders];
  }
  if (maxPairs !== undefined) this[kMaxPairs] = maxPairs;
  if (fields) {
    const end = n || limit(lines, this[kMaxPairs]);
    for (let i = 0; i < end; i += 2) this._addHeaderLine(lines[i], lines[i + 1], fields);
  }
};

IncomingMessage.prototype._addHeaderLine = function _addHeaderLine(name, value, fields) {
  addField(fields, name, value, this.joinDuplicateHeaders);
};

IncomingMessage.prototype._addHeaderLineDistinct = function _addHeaderLineDistinct(name, value, fields) {
  addDistinctField(fields, name, value);
};

/** Reads the body and drops it, so that the next message can come. */
IncomingMessage.prototype._dump = function _dump() {
  if (this._dumped) return;
  this._dumped = true;
  // Nobody saw this stream, nobody waits for its end, and everything has come: there is nothing to read
  if (this[kAtEnd] && this._eventsCount === 0 && !isReadable(this)) return;
  // What is still buffered is nobody's
  this.removeAllListeners('data');
  this.resume();
};

module.exports = { IncomingMessage, kDetachAbortSignal, readStart, readStop, isReadable, kSkipPendingData, markComplete };
for (const name of ['isReadable', 'kSkipPendingData', 'markComplete']) {
  Object.defineProperty(module.exports, name, { enumerable: false });
}
