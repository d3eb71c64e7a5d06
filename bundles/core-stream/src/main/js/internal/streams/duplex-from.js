'use strict';

const { AbortError, codes: { ERR_INVALID_ARG_TYPE, ERR_INVALID_RETURN_VALUE } } = require('internal/errors');
const { destroyAny } = require('internal/streams/destroy');
const { Duplex } = require('internal/streams/duplex');
const { finished } = require('internal/streams/finished');
const { from } = require('internal/streams/from');
const { coupleDestroy, readFrom, writeInto } = require('internal/streams/joined');
const {
  isDuplexNodeStream, isIterable, isNodeStream, isReadable, isReadableNodeStream, isReadableStream,
  isWritable, isWritableNodeStream, isWritableStream,
} = require('internal/streams/queries');
const { Readable } = require('internal/streams/readable');
const { Writable } = require('internal/streams/writable');

const { nextTick } = process;

const isNullish = (value) => value === null || value === undefined;

function isBlob(value) {
  return value !== null && typeof value === 'object' && value[Symbol.toStringTag] === 'Blob' &&
    typeof value.arrayBuffer === 'function';
}

/** A Duplex made of whatever `body` is. */
function duplexFrom(body, name) {
  if (isDuplexNodeStream(body)) return body;
  if (isReadableNodeStream(body)) return join({ readable: body });
  if (isWritableNodeStream(body)) return join({ writable: body });
  if (isNodeStream(body)) return join({ writable: false, readable: false });
  if (isReadableStream(body)) return join({ readable: Readable.fromWeb(body) });
  if (isWritableStream(body)) return join({ writable: Writable.fromWeb(body) });
  if (typeof body === 'function') return fromFunction(body, name);
  if (isBlob(body)) return duplexFrom(body.arrayBuffer());
  if (isIterable(body)) return from(Duplex, body, { objectMode: true, writable: false });
  if (isReadableStream(body?.readable) && isWritableStream(body?.writable)) return Duplex.fromWeb(body);
  if (typeof body?.writable === 'object' || typeof body?.readable === 'object') {
    const readable = body.readable ?
      (isReadableNodeStream(body.readable) ? body.readable : duplexFrom(body.readable)) : undefined;
    const writable = body.writable ?
      (isWritableNodeStream(body.writable) ? body.writable : duplexFrom(body.writable)) : undefined;
    return join({ readable, writable });
  }
  if (typeof body?.then === 'function') return fromPromise(body);
  throw new ERR_INVALID_ARG_TYPE(name, [
    'Blob', 'ReadableStream', 'WritableStream', 'Stream', 'Iterable', 'AsyncIterable', 'Function',
    '{ readable, writable } pair', 'Promise',
  ], body);
}

function fromPromise(promise) {
  const duplex = new Duplex({ objectMode: true, writable: false, read() {} });
  promise.then((value) => {
    if (!isNullish(value)) duplex.push(value);
    duplex.push(null);
  }, (error) => destroyAny(duplex, error));
  return duplex;
}

function fromFunction(fn, name) {
  const { value, write, final, destroy } = feed(fn);
  if (isDuplexNodeStream(value)) return value;
  if (isIterable(value)) return from(Duplex, value, { objectMode: true, write, final, destroy });

  if (typeof value?.then === 'function') {
    // An async function: it reads everything and gives nothing back.
    let duplex;
    const promise = value.then((result) => {
      if (!isNullish(result)) throw new ERR_INVALID_RETURN_VALUE('nully', 'body', result);
    }).then(undefined, (error) => destroyAny(duplex, error));
    duplex = new Duplex({
      objectMode: true,
      readable: false,
      write,
      final(callback) {
        final(async () => {
          try {
            await promise;
            nextTick(callback, null);
          } catch (error) {
            nextTick(callback, error);
          }
        });
      },
      destroy,
    });
    return duplex;
  }
  throw new ERR_INVALID_RETURN_VALUE('Iterable, AsyncIterable or AsyncFunction', name, value);
}

/** Calls `fn` with an async iterable of what is written with the returned functions. */
function feed(fn) {
  const controller = new AbortController();
  const { signal } = controller;
  let next = Promise.withResolvers();

  async function* input() {
    for (;;) {
      const { chunk, done, callback } = await next.promise;
      nextTick(callback);
      if (done) return;
      if (signal.aborted) throw new AbortError(undefined, { cause: signal.reason });
      next = Promise.withResolvers();
      yield chunk;
    }
  }

  const value = fn(input(), { signal });
  return {
    value,
    write(chunk, encoding, callback) {
      next.resolve({ chunk, done: false, callback });
    },
    final(callback) {
      next.resolve({ done: true, callback });
    },
    destroy(error, callback) {
      controller.abort();
      callback(error);
    },
  };
}

/** One Duplex of a readable and a writable stream. */
function join(pair) {
  const readable = pair.readable && typeof pair.readable.read !== 'function' ?
    Readable.wrap(pair.readable) : pair.readable;
  const { writable } = pair;
  let hasReadable = Boolean(isReadable(readable));
  let hasWritable = Boolean(isWritable(writable));

  const duplex = new Duplex({
    readableObjectMode: !!readable?.readableObjectMode,
    writableObjectMode: !!writable?.writableObjectMode,
    readable: hasReadable,
    writable: hasWritable,
  });
  const halves = [];
  let end = null;

  if (hasWritable) {
    const half = writeInto(duplex, writable);
    halves.push(half);
    finished(writable, (error) => {
      hasWritable = false;
      if (error) destroyAny(readable, error);
      end(error);
    });
    writable.on('finish', () => half.finish());
  }
  if (hasReadable) {
    halves.push(readFrom(duplex, readable));
    finished(readable, (error) => {
      hasReadable = false;
      if (error) destroyAny(writable, error);
      end(error);
    });
  }
  end = coupleDestroy(duplex, halves, [writable, readable]);
  return duplex;
}

module.exports = { duplexFrom };
