'use strict';

const {
  ReadableStream, ReadableStreamDefaultController, ReadableStreamDefaultReader,
} = require('internal/webstreams/readable');
const {
  ReadableByteStreamController, ReadableStreamBYOBReader, ReadableStreamBYOBRequest,
} = require('internal/webstreams/readable-bytes');
const {
  WritableStream, WritableStreamDefaultController, WritableStreamDefaultWriter,
} = require('internal/webstreams/writable');
const { TransformStream, TransformStreamDefaultController } = require('internal/webstreams/transform');
const { ByteLengthQueuingStrategy, CountQueuingStrategy } = require('internal/webstreams/strategies');
const { TextDecoderStream, TextEncoderStream } = require('internal/webstreams/encoding');

function ReadableStreamTee(stream, cloneForBranch2) {
  return require('internal/webstreams/tee').tee(stream, cloneForBranch2);
}

module.exports = {
  ReadableStream,
  ReadableStreamTee,
  ReadableStreamDefaultReader,
  ReadableStreamBYOBReader,
  ReadableStreamBYOBRequest,
  ReadableByteStreamController,
  ReadableStreamDefaultController,
  TransformStream,
  TransformStreamDefaultController,
  WritableStream,
  WritableStreamDefaultWriter,
  WritableStreamDefaultController,
  ByteLengthQueuingStrategy,
  CountQueuingStrategy,
  TextEncoderStream,
  TextDecoderStream,
};

// They need zlib.
for (const name of ['CompressionStream', 'DecompressionStream']) {
  Object.defineProperty(module.exports, name, {
    __proto__: null,
    configurable: true,
    enumerable: true,
    get() { return require('internal/webstreams/compression')[name]; },
  });
}
