'use strict';

const { Buffer } = require('buffer');
const { codes: { ERR_INVALID_ARG_TYPE, ERR_STREAM_NULL_VALUES } } = require('internal/errors');

const { nextTick } = process;

/** A stream of class `StreamClass` that reads an iterable or async iterable. */
function from(StreamClass, iterable, options) {
  if (typeof iterable === 'string' || iterable instanceof Buffer) {
    // Iterated it would come in characters or numbers.
    return new StreamClass({
      objectMode: true,
      ...options,
      read() {
        this.push(iterable);
        this.push(null);
      },
    });
  }

  let iterator;
  let isAsync;
  if (iterable?.[Symbol.asyncIterator]) {
    isAsync = true;
    iterator = iterable[Symbol.asyncIterator]();
  } else if (iterable?.[Symbol.iterator]) {
    isAsync = false;
    iterator = iterable[Symbol.iterator]();
  } else {
    throw new ERR_INVALID_ARG_TYPE('iterable', ['Iterable'], iterable);
  }

  const stream = new StreamClass({ objectMode: true, highWaterMark: 1, ...options });
  const destroyOriginal = stream._destroy;
  let reading = false;
  let isAsyncValues = isAsync;

  stream._read = function() {
    if (reading) return;
    reading = true;
    if (isAsync) pumpAsync();
    else if (isAsyncValues) pumpPromises();
    else pumpSync();
  };

  stream._destroy = function(error, callback) {
    closeIterator(error).then(
      () => nextTick(destroyOriginalWith, error),
      (closeError) => nextTick(destroyOriginalWith, closeError || error),
    );
    function destroyOriginalWith(finalError) {
      destroyOriginal.call(stream, finalError, callback);
    }
  };

  async function closeIterator(error) {
    const hasError = error !== undefined && error !== null;
    if (hasError && typeof iterator.throw === 'function') {
      const { value, done } = await iterator.throw(error);
      await value;
      if (done) return;
    }
    if (typeof iterator.return === 'function') {
      const { value } = await iterator.return();
      await value;
    }
  }

  /** @returns whether the stream wants more */
  function deliver(value) {
    if (value === null) {
      reading = false;
      throw new ERR_STREAM_NULL_VALUES();
    }
    if (stream.push(value)) return true;
    reading = false;
    return false;
  }

  /** Values of a sync iterator, without a promise for each; once one of them is a promise, the async way. */
  function pumpSync() {
    for (;;) {
      try {
        const { value, done } = iterator.next();
        if (done) {
          stream.push(null);
          return;
        }
        if (typeof value?.then === 'function') {
          isAsyncValues = true;
          pumpPromises(value);
          return;
        }
        if (!deliver(value)) return;
      } catch (error) {
        stream.destroy(error);
        return;
      }
    }
  }

  async function pumpPromises(first) {
    try {
      if (first !== undefined && !deliver(await first)) return;
      for (;;) {
        const { value, done } = iterator.next();
        if (done) {
          stream.push(null);
          return;
        }
        if (!deliver(typeof value?.then === 'function' ? await value : value)) return;
      }
    } catch (error) {
      stream.destroy(error);
    }
  }

  async function pumpAsync() {
    try {
      for (;;) {
        const { value, done } = await iterator.next();
        if (done) {
          stream.push(null);
          return;
        }
        if (!deliver(value)) return;
      }
    } catch (error) {
      stream.destroy(error);
    }
  }

  return stream;
}

module.exports = { from };
