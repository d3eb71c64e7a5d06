'use strict';

// pipeline(): connects stages of every kind and destroys them all when one fails.
//
// A stage is a stream of Node.js, a web stream, or a function; the first may be an iterable. Between two streams of
// Node.js `pipe` does the work; everything else is pumped, value by value.

const {
  AbortError, aggregateTwoErrors,
  codes: {
    ERR_INVALID_ARG_TYPE, ERR_INVALID_RETURN_VALUE, ERR_MISSING_ARGS, ERR_STREAM_DESTROYED, ERR_STREAM_PREMATURE_CLOSE,
  },
} = require('internal/errors');
const { once } = require('internal/util');
const { validateAbortSignal, validateFunction } = require('internal/validators');
const { destroyAny } = require('internal/streams/destroy');
const { finished } = require('internal/streams/finished');
const {
  isIterable, isNodeStream, isReadable, isReadableFinished, isReadableNodeStream, isReadableStream, isTransformStream,
  isWebStream,
} = require('internal/streams/queries');

const { nextTick } = process;

function isPrematureClose(error) {
  return error?.code === 'ERR_STREAM_PREMATURE_CLOSE';
}

/** Watches one stage, so that it can be destroyed as long as it has not finished. */
function guard(stream, reading, writing) {
  let isFinished = false;
  stream.on('close', () => { isFinished = true; });
  const cleanup = finished(stream, { readable: reading, writable: writing }, (error) => { isFinished = !error; });
  return {
    destroy(error) {
      if (isFinished) return;
      isFinished = true;
      destroyAny(stream, error || new ERR_STREAM_DESTROYED('pipe'));
    },
    cleanup,
  };
}

function asAsyncIterable(value) {
  if (isIterable(value)) return value;
  if (isReadableNodeStream(value)) return iterateLegacy(value);
  throw new ERR_INVALID_ARG_TYPE('val', ['Readable', 'Iterable', 'AsyncIterable'], value);
}

/** A legacy stream has no iterator of its own; nothing listens to it before the first value is asked for. */
async function* iterateLegacy(stream) {
  yield* require('internal/streams/iterator').iterate(stream);
}

async function pumpToNode(iterable, writable, finish, { end }) {
  let error;
  let wake = null;

  const resume = (failure) => {
    if (failure) error = failure;
    if (wake) {
      const callback = wake;
      wake = null;
      callback();
    }
  };
  const drained = () => new Promise((resolve, reject) => {
    if (error) {
      reject(error);
    } else {
      wake = () => {
        if (error) reject(error);
        else resolve();
      };
    }
  });

  writable.on('drain', resume);
  const cleanup = finished(writable, { readable: false }, resume);
  try {
    if (writable.writableNeedDrain) await drained();
    for await (const chunk of iterable) {
      if (!writable.write(chunk)) await drained();
    }
    if (end) {
      writable.end();
      await drained();
    }
    finish();
  } catch (thrown) {
    finish(error !== thrown ? aggregateTwoErrors(error, thrown) : thrown);
  } finally {
    cleanup();
    writable.off('drain', resume);
  }
}

async function pumpToWeb(readable, writable, finish, { end }) {
  if (isTransformStream(writable)) writable = writable.writable;
  const writer = writable.getWriter();
  try {
    for await (const chunk of readable) {
      await writer.ready;
      writer.write(chunk).catch(() => {});
    }
    await writer.ready;
    if (end) await writer.close();
    finish();
  } catch (error) {
    try {
      await writer.abort(error);
      finish(error);
    } catch (abortError) {
      finish(abortError);
    }
  }
}

/** pipe() between two streams of Node.js; `finish` is called once for each. */
function pipeNode(source, destination, finish, finishOnlyHandleError, { end }) {
  let isEnded = false;
  destination.on('close', () => {
    if (!isEnded) finishOnlyHandleError(new ERR_STREAM_PREMATURE_CLOSE());
  });
  source.pipe(destination, { end: false }); // Ended below, also where pipe() would not (stdout).

  if (end) {
    const endDestination = () => {
      isEnded = true;
      destination.end();
    };
    if (isReadableFinished(source)) nextTick(endDestination);
    else source.once('end', endDestination);
  } else {
    finish();
  }

  finished(source, { readable: true, writable: false }, (error) => {
    const state = source._readableState;
    if (isPrematureClose(error) && state?.ended && !state.errored && !state.errorEmitted) {
      // Closed with all data received but not yet read. The rest may still be read, so it is not too early.
      source.once('end', finish).once('error', finish);
    } else {
      finish(error);
    }
  });
  return finished(destination, { readable: false, writable: true }, finish);
}

function pipeline(...streams) {
  const callback = streams.pop();
  validateFunction(callback, 'streams[stream.length - 1]');
  return runPipeline(streams, once(callback));
}

function runPipeline(streams, callback, options) {
  if (streams.length === 1 && Array.isArray(streams[0])) streams = streams[0];
  if (streams.length < 2) throw new ERR_MISSING_ARGS('streams');

  const controller = new AbortController();
  const { signal } = controller;
  const outerSignal = options?.signal;
  validateAbortSignal(outerSignal, 'options.signal');

  // The last stream is left to the caller: what listens there goes when all is well.
  const lastStreamCleanups = [];
  const destroys = [];
  let abortListener;
  let error;
  let value;
  let pending = 0;

  function abort() {
    settle(new AbortError(undefined, { cause: outerSignal?.reason }), false);
  }

  function finish(failure) {
    settle(failure, --pending === 0);
  }

  function finishOnlyHandleError(failure) {
    settle(failure, false);
  }

  function settle(failure, isLast) {
    // The first error counts, unless it was only the echo of another one.
    if (failure && (!error || isPrematureClose(error))) error = failure;
    if (!error && !isLast) return;
    while (destroys.length > 0) destroys.shift()(error);
    abortListener?.[Symbol.dispose]();
    controller.abort();
    if (isLast) {
      if (!error) for (const cleanup of lastStreamCleanups) cleanup();
      nextTick(callback, error, value);
    }
  }

  if (outerSignal) {
    const { addAbortListener } = require('events');
    abortListener = addAbortListener(outerSignal, abort);
  }

  let current;
  for (let i = 0; i < streams.length; i++) {
    const stage = streams[i];
    const isLast = i === streams.length - 1;
    const reading = !isLast;
    const writing = i > 0;
    const end = reading || options?.end !== false;

    if (isNodeStream(stage)) {
      if (end) {
        const { destroy, cleanup } = guard(stage, reading, writing);
        destroys.push(destroy);
        if (isReadable(stage) && isLast) lastStreamCleanups.push(cleanup);
      }
      const onError = (failure) => {
        if (failure && failure.name !== 'AbortError' && !isPrematureClose(failure)) finishOnlyHandleError(failure);
      };
      stage.on('error', onError);
      if (isReadable(stage) && isLast) lastStreamCleanups.push(() => stage.removeListener('error', onError));
    }

    if (i === 0) {
      current = firstStage(stage);
    } else if (typeof stage === 'function') {
      current = functionStage(stage, i, isLast, end);
    } else if (isNodeStream(stage)) {
      connectToNode(stage, isLast, end);
      current = stage;
    } else if (isWebStream(stage)) {
      connectToWeb(stage, end);
      current = stage;
    } else {
      current = require('internal/streams/duplex').Duplex.from(stage);
    }
  }

  function firstStage(stage) {
    if (typeof stage === 'function') {
      const result = stage({ signal });
      if (isIterable(result)) return result;
      throw new ERR_INVALID_RETURN_VALUE('Iterable, AsyncIterable or Stream', 'source', result);
    }
    if (isIterable(stage) || isReadableNodeStream(stage) || isTransformStream(stage)) return stage;
    return require('internal/streams/duplex').Duplex.from(stage);
  }

  function functionStage(stage, index, isLast, end) {
    const input = asAsyncIterable(isTransformStream(current) ? current.readable : current);
    const result = stage(input, { signal });
    if (!isLast) {
      if (!isIterable(result, true)) {
        throw new ERR_INVALID_RETURN_VALUE('AsyncIterable', `transform[${index - 1}]`, result);
      }
      return result;
    }

    // The result goes into a stream, so that the caller gets one to read.
    const { PassThrough } = require('internal/streams/passthrough');
    const output = new PassThrough({ objectMode: true });
    const then = result?.then;
    if (typeof then === 'function') {
      pending++;
      then.call(result, (fulfilled) => {
        value = fulfilled;
        if (fulfilled !== null && fulfilled !== undefined) output.write(fulfilled);
        if (end) output.end();
        nextTick(finish);
      }, (failure) => {
        output.destroy(failure);
        nextTick(finish, failure);
      });
    } else if (isIterable(result, true)) {
      pending++;
      pumpToNode(result, output, finish, { end });
    } else if (isReadableStream(result) || isTransformStream(result)) {
      pending++;
      pumpToNode(result.readable || result, output, finish, { end });
    } else {
      throw new ERR_INVALID_RETURN_VALUE('AsyncIterable or Promise', 'destination', result);
    }
    const { destroy, cleanup } = guard(output, false, true);
    destroys.push(destroy);
    lastStreamCleanups.push(cleanup);
    return output;
  }

  function connectToNode(stage, isLast, end) {
    if (isReadableNodeStream(current)) {
      pending += 2;
      const cleanup = pipeNode(current, stage, finish, finishOnlyHandleError, { end });
      if (isReadable(stage) && isLast) lastStreamCleanups.push(cleanup);
    } else if (isTransformStream(current) || isReadableStream(current)) {
      pending++;
      pumpToNode(current.readable || current, stage, finish, { end });
    } else if (isIterable(current)) {
      pending++;
      pumpToNode(current, stage, finish, { end });
    } else {
      throw new ERR_INVALID_ARG_TYPE(
        'val', ['Readable', 'Iterable', 'AsyncIterable', 'ReadableStream', 'TransformStream'], current);
    }
  }

  function connectToWeb(stage, end) {
    if (isReadableNodeStream(current)) {
      pending++;
      pumpToWeb(asAsyncIterable(current), stage, finish, { end });
    } else if (isReadableStream(current) || isIterable(current)) {
      pending++;
      pumpToWeb(current, stage, finish, { end });
    } else if (isTransformStream(current)) {
      pending++;
      pumpToWeb(current.readable, stage, finish, { end });
    } else {
      throw new ERR_INVALID_ARG_TYPE(
        'val', ['Readable', 'Iterable', 'AsyncIterable', 'ReadableStream', 'TransformStream'], current);
    }
  }

  if (signal.aborted || outerSignal?.aborted) nextTick(abort);
  return current;
}

/** The form of `stream/promises`; a last argument that is a plain object holds options. */
function pipelinePromise(...streams) {
  return new Promise((resolve, reject) => {
    let options;
    const last = streams[streams.length - 1];
    if (last && typeof last === 'object' && !isNodeStream(last) && !isIterable(last) && !isWebStream(last)) {
      options = streams.pop();
      validateAbortSignal(options.signal, 'options.signal');
    }
    runPipeline(streams, (error, value) => {
      if (error) reject(error);
      else resolve(value);
    }, options);
  });
}

module.exports = { pipeline, pipelinePromise, runPipeline };
