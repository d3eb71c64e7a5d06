'use strict';

// Between streams of Node.js and web streams: toWeb() and fromWeb().

const { Buffer } = require('buffer');
const { AbortError, codes: { ERR_INVALID_ARG_TYPE } } = require('internal/errors');
const { validateBoolean, validateObject, validateOneOf } = require('internal/validators');
const { destroyAny } = require('internal/streams/destroy');
const { Duplex } = require('internal/streams/duplex');
const { finished } = require('internal/streams/finished');
const { isDestroyed, isReadable, isWritable, isWritableEnded } = require('internal/streams/queries');
const { Readable } = require('internal/streams/readable');
const { Writable } = require('internal/streams/writable');
const { deferred, invalidArgument, nothing } = require('internal/webstreams/common');
const { ReadableStream, isReadableStream } = require('internal/webstreams/readable');
const { CountQueuingStrategy, ByteLengthQueuingStrategy } = require('internal/webstreams/strategies');
const { WritableStream, isWritableStream } = require('internal/webstreams/writable');

/** A stream that closed early was aborted, in the words of the web. */
function toWebError(error) {
  return error?.code === 'ERR_STREAM_PREMATURE_CLOSE' ? new AbortError(undefined, { cause: error }) : error;
}

/** Lets an exception of a stream's callback reach the process instead of a promise. */
function callOutside(callback, error) {
  try {
    callback(error);
  } catch (thrown) {
    process.nextTick(() => { throw thrown; });
  }
}

/** The bytes of a BufferSource, undefined for anything else. */
function bytesOf(chunk) {
  if (chunk instanceof ArrayBuffer) return new Uint8Array(chunk);
  if (ArrayBuffer.isView(chunk) && !(chunk.buffer instanceof SharedArrayBuffer)) return chunk;
  return undefined;
}

// ---- To the web

function newReadableStreamFromStreamReadable(streamReadable, options = {}, toError = toWebError) {
  if (typeof streamReadable?._readableState !== 'object') {
    throw new ERR_INVALID_ARG_TYPE('streamReadable', 'stream.Readable', streamReadable);
  }
  validateObject(options, 'options');
  if (options.type !== undefined) validateOneOf(options.type, 'options.type', ['bytes', undefined]);
  const isBytes = options.type === 'bytes';

  if (isDestroyed(streamReadable) || !isReadable(streamReadable)) {
    const readable = new ReadableStream(isBytes ? { type: 'bytes' } : {});
    readable.cancel();
    return readable;
  }

  const objectMode = streamReadable.readableObjectMode;
  const highWaterMark = streamReadable.readableHighWaterMark;
  let strategy;
  if (isBytes) strategy = { highWaterMark };
  else if (options.strategy) strategy = options.strategy;
  else if (objectMode) strategy = new CountQueuingStrategy({ highWaterMark });
  else strategy = new ByteLengthQueuingStrategy({ highWaterMark });

  let controller;
  let wasCanceled = false;

  function onData(chunk) {
    // A Buffer may be a part of a pool that others use.
    if (Buffer.isBuffer(chunk) && !objectMode) chunk = new Uint8Array(chunk);
    controller.enqueue(chunk);
    if (controller.desiredSize <= 0) streamReadable.pause();
  }

  streamReadable.pause();
  const cleanup = finished(streamReadable, { writable: false }, (error) => {
    error = toError(error);
    cleanup();
    streamReadable.on('error', nothing);
    if (error) {
      controller.error(error);
      return;
    }
    if (wasCanceled) return;
    controller.close();
    if (isBytes) controller.byobRequest?.respond(0);
  });
  streamReadable.on('data', onData);

  return new ReadableStream({
    type: isBytes ? 'bytes' : undefined,
    start(c) { controller = c; },
    pull() { streamReadable.resume(); },
    cancel(reason) {
      wasCanceled = true;
      destroyAny(streamReadable, reason);
    },
  }, strategy);
}

/** @param hooks `toChunk` checks and converts what is written, `toError` what fails */
function newWritableStreamFromStreamWritable(streamWritable, hooks) {
  const isStream = typeof streamWritable?._writableState === 'object' ||
    (typeof streamWritable?.write === 'function' && typeof streamWritable.on === 'function');
  if (!isStream) throw new ERR_INVALID_ARG_TYPE('streamWritable', 'stream.Writable', streamWritable);

  if (isDestroyed(streamWritable) || !isWritable(streamWritable)) {
    const writable = new WritableStream();
    writable.close();
    return writable;
  }

  const toError = hooks?.toError ?? toWebError;
  const highWaterMark = streamWritable.writableHighWaterMark;
  const strategy = streamWritable.writableObjectMode ?
    new CountQueuingStrategy({ highWaterMark }) : { highWaterMark };
  let controller;
  let drained;
  let closed;

  const cleanup = finished(streamWritable, { readable: false }, (error) => {
    error = toError(error);
    cleanup();
    streamWritable.on('error', nothing);
    if (error !== undefined && error !== null) {
      drained?.reject(error);
      closed?.reject(error);
      closed = undefined;
      controller.error(error);
      return;
    }
    if (closed) {
      closed.resolve();
      closed = undefined;
      return;
    }
    // Ended from its other side.
    controller.error(new AbortError());
  });
  streamWritable.on('drain', () => drained?.resolve());

  return new WritableStream({
    start(c) { controller = c; },
    write(chunk) {
      try {
        if (hooks?.toChunk && chunk !== null) chunk = hooks.toChunk(chunk);
        if (streamWritable.writableNeedDrain || !streamWritable.write(chunk)) {
          drained = deferred();
          return drained.promise.finally(() => { drained = undefined; });
        }
      } catch (error) {
        destroyAny(streamWritable, error);
        throw error;
      }
      return undefined;
    },
    abort(reason) {
      destroyAny(streamWritable, reason);
    },
    close() {
      if (closed === undefined && !isWritableEnded(streamWritable)) closed = deferred();
      streamWritable.end();
      return closed?.promise;
    },
  }, strategy);
}

function newReadableWritablePairFromDuplex(duplex, options = {}) {
  const isDuplex = typeof duplex?._writableState === 'object' && typeof duplex?._readableState === 'object';
  const isMessage = typeof duplex?.write === 'function' && typeof duplex?.on === 'function';
  if (!isDuplex && !isMessage) throw new ERR_INVALID_ARG_TYPE('duplex', 'stream.Duplex', duplex);
  validateObject(options, 'options');
  const { toChunk, toError } = options;
  const readableType = options.readableType ?? options.type;
  const readableOptions = readableType === undefined ? {} : { type: readableType };

  if (isDestroyed(duplex)) {
    const writable = new WritableStream();
    const readable = new ReadableStream(readableOptions);
    writable.close();
    readable.cancel();
    return { readable, writable };
  }
  const writable = newWritableStreamFromStreamWritable(duplex, { toChunk, toError });
  const readable = newReadableStreamFromStreamReadable(duplex, readableOptions, toError);
  return { writable, readable };
}

// ---- From the web

function readerRead(reader, stream) {
  reader.read().then(({ value, done }) => {
    stream.push(done ? null : value);
  }, (error) => destroyAny(stream, error));
}

function newStreamReadableFromReadableStream(readableStream, options = {}) {
  if (!isReadableStream(readableStream)) {
    throw new ERR_INVALID_ARG_TYPE('readableStream', 'ReadableStream', readableStream);
  }
  validateObject(options, 'options');
  const { highWaterMark, encoding, objectMode = false, signal } = options;
  if (encoding !== undefined && !Buffer.isEncoding(encoding)) throw invalidArgument('options.encoding', encoding);
  validateBoolean(objectMode, 'options.objectMode');

  const reader = readableStream.getReader();
  let isClosed = false;
  const readable = new Readable({
    objectMode,
    highWaterMark,
    encoding,
    signal,
    read() { readerRead(reader, readable); },
    destroy(error, callback) {
      const done = () => callOutside(callback, error);
      if (isClosed) done();
      else reader.cancel(error).then(done, done);
    },
  });
  reader.closed.then(() => { isClosed = true; }, (error) => {
    isClosed = true;
    destroyAny(readable, error);
  });
  return readable;
}

/** `_write` of a stream over a writer. */
function writeTo(writer, objectMode, decodeStrings) {
  return function(chunk, encoding, callback) {
    if (typeof chunk === 'string' && decodeStrings && !objectMode) {
      const buffer = Buffer.from(chunk, encoding);
      chunk = new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength);
    }
    const done = (error) => callOutside(callback, error);
    writer.ready.then(() => writer.write(chunk)).then(() => done(), done);
  };
}

function writevTo(writer) {
  return function(chunks, callback) {
    const done = (error) => callOutside(callback, error);
    writer.ready.then(() => Promise.all(chunks.map(({ chunk }) => writer.write(chunk)))).then(() => done(), done);
  };
}

function newStreamWritableFromWritableStream(writableStream, options = {}) {
  if (!isWritableStream(writableStream)) {
    throw new ERR_INVALID_ARG_TYPE('writableStream', 'WritableStream', writableStream);
  }
  validateObject(options, 'options');
  const { highWaterMark, decodeStrings = true, objectMode = false, signal } = options;
  validateBoolean(objectMode, 'options.objectMode');
  validateBoolean(decodeStrings, 'options.decodeStrings');

  const writer = writableStream.getWriter();
  let isClosed = false;
  const writable = new Writable({
    highWaterMark,
    objectMode,
    decodeStrings,
    signal,
    writev: writevTo(writer),
    write: writeTo(writer, objectMode, decodeStrings),
    destroy(error, callback) {
      const done = () => callOutside(callback, error);
      if (isClosed) done();
      else if (error !== undefined && error !== null) writer.abort(error).then(done, done);
      else writer.close().then(done, done);
    },
    final(callback) {
      const done = (error) => callOutside(callback, error);
      if (isClosed) done();
      else writer.close().then(() => done(), done);
    },
  });
  writer.closed.then(() => {
    // It can be closed from elsewhere, after this writer was released for instance.
    isClosed = true;
    if (!isWritableEnded(writable)) destroyAny(writable);
  }, (error) => {
    isClosed = true;
    destroyAny(writable, error);
  });
  return writable;
}

function newStreamDuplexFromReadableWritablePair(pair = {}, options = {}) {
  validateObject(pair, 'pair');
  const { readable: readableStream, writable: writableStream } = pair;
  if (!isReadableStream(readableStream)) {
    throw new ERR_INVALID_ARG_TYPE('pair.readable', 'ReadableStream', readableStream);
  }
  if (!isWritableStream(writableStream)) {
    throw new ERR_INVALID_ARG_TYPE('pair.writable', 'WritableStream', writableStream);
  }
  validateObject(options, 'options');
  const {
    allowHalfOpen = false, objectMode = false, encoding, decodeStrings = true, highWaterMark, signal,
  } = options;
  validateBoolean(objectMode, 'options.objectMode');
  if (encoding !== undefined && !Buffer.isEncoding(encoding)) throw invalidArgument('options.encoding', encoding);

  const writer = writableStream.getWriter();
  const reader = readableStream.getReader();
  let writableClosed = false;
  let readableClosed = false;

  const duplex = new Duplex({
    allowHalfOpen,
    highWaterMark,
    objectMode,
    encoding,
    decodeStrings,
    signal,
    writev: writevTo(writer),
    write: writeTo(writer, objectMode, decodeStrings),
    final(callback) {
      const done = (error) => callOutside(callback, error);
      if (writableClosed) done();
      else writer.close().then(() => done(), done);
    },
    read() { readerRead(reader, duplex); },
    destroy(error, callback) {
      const done = () => callOutside(callback, error);
      const closing = [];
      if (!writableClosed) closing.push(writer.abort(error));
      if (!readableClosed) closing.push(reader.cancel(error));
      Promise.all(closing).then(done, done);
    },
  });
  writer.closed.then(() => {
    writableClosed = true;
    if (!isWritableEnded(duplex)) destroyAny(duplex);
  }, (error) => {
    writableClosed = true;
    readableClosed = true;
    destroyAny(duplex, error);
  });
  reader.closed.then(() => { readableClosed = true; }, (error) => {
    writableClosed = true;
    readableClosed = true;
    destroyAny(duplex, error);
  });
  return duplex;
}

module.exports = {
  bytesOf,
  newReadableStreamFromStreamReadable,
  newReadableWritablePairFromDuplex,
  newStreamDuplexFromReadableWritablePair,
  newStreamReadableFromReadableStream,
  newStreamWritableFromWritableStream,
  newWritableStreamFromStreamWritable,
};
