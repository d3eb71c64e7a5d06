'use strict';

const { Buffer } = require('buffer');
const { Stream } = require('internal/streams/legacy');
const { getDefaultHighWaterMark, setDefaultHighWaterMark } = require('internal/streams/state');
const {
  isDestroyed, isDisturbed, isErrored, isReadable, isWritable,
} = require('internal/streams/queries');
const { destroyAny } = require('internal/streams/destroy');
const { Readable } = require('internal/streams/readable');
const { Writable } = require('internal/streams/writable');
const { Duplex } = require('internal/streams/duplex');
const { Transform } = require('internal/streams/transform');
const { PassThrough } = require('internal/streams/passthrough');
const { finished } = require('internal/streams/finished');
const { pipeline } = require('internal/streams/pipeline');
const { addAbortSignal } = require('internal/streams/abort-signal');
const { addOperators } = require('internal/streams/operators');

addOperators(Readable);

function compose(...streams) {
  return require('internal/streams/compose').compose(...streams);
}

Readable.prototype.compose = function compose(stream, options) {
  const { validateAbortSignal, validateObject } = require('internal/validators');
  if (options !== null && options !== undefined) validateObject(options, 'options');
  if (options?.signal !== null && options?.signal !== undefined) {
    validateAbortSignal(options.signal, 'options.signal');
  }
  const { isNodeStream } = require('internal/streams/queries');
  if (isNodeStream(stream) && !isWritable(stream)) {
    const { codes: { ERR_INVALID_ARG_VALUE } } = require('internal/errors');
    throw new ERR_INVALID_ARG_VALUE('stream', stream, 'must be writable');
  }
  const composed = require('internal/streams/compose').compose(this, stream);
  if (options?.signal) addAbortSignal(options.signal, composed);
  return composed;
};

function duplexPair(options) {
  return require('internal/streams/duplex-pair').duplexPair(options);
}

Object.assign(Stream, {
  isDestroyed,
  isDisturbed,
  isErrored,
  isReadable,
  isWritable,
  Readable,
  Writable,
  Duplex,
  Transform,
  PassThrough,
  duplexPair,
  pipeline,
  addAbortSignal,
  finished,
  destroy: destroyAny,
  compose,
  setDefaultHighWaterMark,
  getDefaultHighWaterMark,
});

function lazyPromiseForm(name) {
  return {
    __proto__: null,
    enumerable: true,
    get() { return require('internal/runtime').requireBuiltin('stream/promises')[name]; }, // as users have it
  };
}
const customPromisify = require('internal/util').kCustomPromisifiedSymbol;
Object.defineProperty(pipeline, customPromisify, lazyPromiseForm('pipeline'));
Object.defineProperty(finished, customPromisify, lazyPromiseForm('finished'));
Object.defineProperty(Stream, 'promises', {
  __proto__: null,
  configurable: true,
  enumerable: true,
  get() { return require('internal/runtime').requireBuiltin('stream/promises'); },
});

Stream.Stream = Stream;
Stream._isArrayBufferView = ArrayBuffer.isView;
Stream._isUint8Array = function isUint8Array(value) {
  return value instanceof Uint8Array;
};
Stream._uint8ArrayToBuffer = function _uint8ArrayToBuffer(chunk) {
  return Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
};

module.exports = Stream;
