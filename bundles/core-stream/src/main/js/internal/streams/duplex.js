'use strict';

const { Stream } = require('internal/streams/legacy');
const { construct } = require('internal/streams/destroy');
const { Readable, afterConstruct } = require('internal/streams/readable');
const { Writable, onwrite, startWriting } = require('internal/streams/writable');
const { ENDED } = require('internal/streams/state');
const { END_EMITTED, ReadableState } = require('internal/streams/readable-state');
const { ENDING, FINISHED, WritableState } = require('internal/streams/writable-state');

/** A stream that can be read and written; both halves are independent. */
function Duplex(options) {
  if (!(this instanceof Duplex)) return new Duplex(options);
  this._events ??= {
    close: undefined, error: undefined, prefinish: undefined, finish: undefined, drain: undefined,
    data: undefined, end: undefined, readable: undefined,
  };
  this._readableState = new ReadableState(options, this, true);
  this._writableState = new WritableState(options, this, true, (error) => onwrite(this, error));
  if (options) {
    this.allowHalfOpen = options.allowHalfOpen !== false;
    if (options.readable === false) {
      this._readableState.readable = false;
      this._readableState.flags |= ENDED | END_EMITTED;
    }
    if (options.writable === false) {
      this._writableState.writable = false;
      this._writableState.flags |= ENDING | ENDED | FINISHED;
    }
    if (typeof options.read === 'function') this._read = options.read;
    if (typeof options.write === 'function') this._write = options.write;
    if (typeof options.writev === 'function') this._writev = options.writev;
    if (typeof options.destroy === 'function') this._destroy = options.destroy;
    if (typeof options.final === 'function') this._final = options.final;
    if (typeof options.construct === 'function') this._construct = options.construct;
  } else {
    this.allowHalfOpen = true;
  }
  Stream.call(this, options);
  if (options?.signal) require('internal/streams/abort-signal').addAbortSignalUnchecked(options.signal, this);
  if (this._construct !== undefined && this._construct !== null) {
    construct(this, () => {
      afterConstruct(this);
      startWriting(this);
    });
  }
}
Object.setPrototypeOf(Duplex.prototype, Readable.prototype);
Object.setPrototypeOf(Duplex, Readable);

// JavaScript has one prototype chain: the writable half is mixed in.
for (const method of ['write', 'cork', 'uncork', 'setDefaultEncoding', '_write', '_writev', 'end', 'destroy']) {
  Duplex.prototype[method] = Writable.prototype[method];
}
for (const property of [
  'writable', 'writableHighWaterMark', 'writableObjectMode', 'writableBuffer', 'writableLength', 'writableFinished',
  'writableCorked', 'writableEnded', 'writableNeedDrain',
]) {
  Object.defineProperty(Duplex.prototype, property,
    { __proto__: null, ...Object.getOwnPropertyDescriptor(Writable.prototype, property) });
}
Object.defineProperty(Duplex.prototype, 'destroyed', {
  __proto__: null,
  get() {
    if (this._readableState === undefined || this._writableState === undefined) return false;
    return this._readableState.destroyed && this._writableState.destroyed;
  },
  set(value) {
    if (this._readableState && this._writableState) {
      this._readableState.destroyed = value;
      this._writableState.destroyed = value;
    }
  },
});

Duplex.fromWeb = function(pair, options) {
  return require('internal/webstreams/adapters').newStreamDuplexFromReadableWritablePair(pair, options);
};

Duplex.toWeb = function(duplex, options) {
  return require('internal/webstreams/adapters').newReadableWritablePairFromDuplex(duplex, options);
};

Duplex.from = function(body) {
  return require('internal/streams/duplex-from').duplexFrom(body, 'body');
};

module.exports = { Duplex };
