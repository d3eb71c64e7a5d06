'use strict';

const { codes: { ERR_METHOD_NOT_IMPLEMENTED } } = require('internal/errors');
const { Duplex } = require('internal/streams/duplex');
const { stateSymbol } = require('internal/symbols');

// The callback of a write that has to wait until its output has been read.
const kWaiting = stateSymbol('stream.waiting');

/** A Duplex whose output is made from its input. */
function Transform(options) {
  if (!(this instanceof Transform)) return new Transform(options);
  // With a mark of 0 for reading, the writable half must not take more than one chunk either.
  const readableMark = options ? options.readableHighWaterMark ?? options.highWaterMark : undefined;
  if (readableMark === 0) {
    options = {
      ...options,
      highWaterMark: null,
      readableHighWaterMark: readableMark,
      writableHighWaterMark: options.writableHighWaterMark || 0,
    };
  }
  Duplex.call(this, options);
  // Output comes from transform(), never because of a read.
  this._readableState.sync = false;
  this[kWaiting] = null;
  if (options) {
    if (typeof options.transform === 'function') this._transform = options.transform;
    if (typeof options.flush === 'function') this._flush = options.flush;
  }
  // For subclasses with a `_final` of their own, which may be set later.
  this.on('prefinish', onPrefinish);
}
Object.setPrototypeOf(Transform.prototype, Duplex.prototype);
Object.setPrototypeOf(Transform, Duplex);

function flush(callback) {
  if (typeof this._flush !== 'function' || this.destroyed) {
    this.push(null);
    if (callback) callback();
    return;
  }
  this._flush((error, data) => {
    if (error) {
      if (callback) callback(error);
      else this.destroy(error);
      return;
    }
    if (data !== undefined && data !== null) this.push(data);
    this.push(null);
    if (callback) callback();
  });
}

function onPrefinish() {
  if (this._final !== Transform.prototype._final) flush.call(this);
}

Transform.prototype._final = flush;

Transform.prototype._transform = function(chunk, encoding, callback) { // eslint-disable-line no-unused-vars
  throw new ERR_METHOD_NOT_IMPLEMENTED('_transform()');
};

Transform.prototype._write = function(chunk, encoding, callback) {
  const readable = this._readableState;
  const lengthBefore = readable.length;
  this._transform(chunk, encoding, (error, value) => {
    if (error) {
      callback(error);
      return;
    }
    if (value !== undefined && value !== null) this.push(value);
    if (readable.ended) {
      // Nobody reads any more, so nobody would call back. Not at once: the source is to notice that it is too much.
      process.nextTick(callback);
    } else if (lengthBefore === readable.length || readable.length < readable.highWaterMark) {
      callback();
    } else {
      this[kWaiting] = callback;
    }
  });
};

Transform.prototype._read = function() {
  const callback = this[kWaiting];
  if (callback !== null) {
    this[kWaiting] = null;
    callback();
  }
};

module.exports = { Transform };
