'use strict';

const { AbortError, codes: { ERR_INVALID_ARG_TYPE, ERR_STREAM_PREMATURE_CLOSE } } = require('internal/errors');
const { kEmptyObject, once } = require('internal/util');
const {
  validateAbortSignal, validateBoolean, validateFunction, validateObject,
} = require('internal/validators');
const {
  isClosed, isNodeStream, isReadable, isReadableFinished, isReadableNodeStream, isReadableStream, isRequest,
  isWritable, isWritableFinished, isWritableNodeStream, isWritableStream, kIsClosedPromise, readableErrored,
  willEmitClose, writableErrored,
} = require('internal/streams/queries');

const { nextTick } = process;

function nothing() {}

/** Keeps the asynchronous context of now for a function that some event calls later. */
function inCurrentContext(callback) {
  const { getAsyncContext, setAsyncContext } = require('internal/runtime');
  const context = getAsyncContext();
  if (context === undefined) return callback;
  return function(...args) {
    const outer = getAsyncContext();
    setAsyncContext(context);
    try {
      return Reflect.apply(callback, this, args);
    } finally {
      setAsyncContext(outer);
    }
  };
}

/**
 * Calls back when a stream is no longer readable or writable, or has failed or closed too early.
 *
 * @returns a function that stops watching
 */
function finished(stream, options, callback) {
  if (arguments.length === 2) {
    callback = options;
    options = kEmptyObject;
  } else if (options === null || options === undefined) {
    options = kEmptyObject;
  } else {
    validateObject(options, 'options');
  }
  validateFunction(callback, 'callback');
  validateAbortSignal(options.signal, 'options.signal');
  callback = once(inCurrentContext(callback));

  if (isReadableStream(stream) || isWritableStream(stream)) return webFinished(stream, options, callback);
  if (!isNodeStream(stream)) {
    throw new ERR_INVALID_ARG_TYPE('stream', ['ReadableStream', 'WritableStream', 'Stream'], stream);
  }

  const watchReadable = options.readable ?? isReadableNodeStream(stream);
  const watchWritable = options.writable ?? isWritableNodeStream(stream);
  const writableState = stream._writableState;
  const readableState = stream._readableState;

  // Wait for 'close' where one will come; not when only one of two halves is of interest.
  let closeComes = willEmitClose(stream) &&
    isReadableNodeStream(stream) === watchReadable && isWritableNodeStream(stream) === watchWritable;
  let writableDone = isWritableFinished(stream, false);
  let readableDone = isReadableFinished(stream, false);
  let closed = isClosed(stream);

  function onLegacyFinish() {
    if (!stream.writable) onFinish();
  }

  function onFinish() {
    writableDone = true;
    // Destroyed by a subclass that may not emit 'close' at all.
    if (stream.destroyed) closeComes = false;
    if (closeComes && (!stream.writable || watchReadable)) return;
    if (!watchReadable || readableDone) callback.call(stream);
  }

  function onEnd() {
    readableDone = true;
    if (stream.destroyed) closeComes = false;
    if (closeComes && (!stream.readable || watchWritable)) return;
    if (!watchWritable || writableDone) callback.call(stream);
  }

  function onError(error) {
    callback.call(stream, error);
  }

  function failure() {
    const error = writableErrored(stream) || readableErrored(stream);
    return error && typeof error !== 'boolean' ? error : undefined;
  }

  function onClose() {
    closed = true;
    const error = failure();
    if (error) return callback.call(stream, error);
    if (watchReadable && !readableDone && isReadableNodeStream(stream, true) && !isReadableFinished(stream, false)) {
      return callback.call(stream, new ERR_STREAM_PREMATURE_CLOSE());
    }
    if (watchWritable && !writableDone && !isWritableFinished(stream, false)) {
      return callback.call(stream, new ERR_STREAM_PREMATURE_CLOSE());
    }
    callback.call(stream);
  }

  /** It was over before we came. */
  function onAlreadyOver() {
    closed = true;
    const error = failure();
    if (error) callback.call(stream, error);
    else callback.call(stream);
  }

  function onRequest() {
    stream.req.on('finish', onFinish);
  }

  if (isRequest(stream)) {
    stream.on('complete', onFinish);
    if (!closeComes) stream.on('abort', onClose);
    if (stream.req) onRequest();
    else stream.on('request', onRequest);
  } else if (watchWritable && !writableState) {
    stream.on('end', onLegacyFinish);
    stream.on('close', onLegacyFinish);
  }
  // Old implementations say 'aborted' in place of an error.
  if (!closeComes && typeof stream.aborted === 'boolean') stream.on('aborted', onClose);
  stream.on('end', onEnd);
  stream.on('finish', onFinish);
  if (options.error !== false) stream.on('error', onError);
  stream.on('close', onClose);

  if (closed) {
    nextTick(onClose);
  } else if (writableState?.errorEmitted || readableState?.errorEmitted) {
    if (!closeComes) nextTick(onAlreadyOver);
  } else if (!watchReadable && (!closeComes || isReadable(stream)) &&
             (writableDone || isWritable(stream) === false) && !writableState?.pendingcb) {
    nextTick(onAlreadyOver);
  } else if (!watchWritable && (!closeComes || isWritable(stream)) &&
             (readableDone || isReadable(stream) === false)) {
    nextTick(onAlreadyOver);
  }

  function stopWatching() {
    callback = nothing;
    stream.removeListener('aborted', onClose);
    stream.removeListener('complete', onFinish);
    stream.removeListener('abort', onClose);
    stream.removeListener('request', onRequest);
    if (stream.req) stream.req.removeListener('finish', onFinish);
    stream.removeListener('end', onLegacyFinish);
    stream.removeListener('close', onLegacyFinish);
    stream.removeListener('finish', onFinish);
    stream.removeListener('end', onEnd);
    stream.removeListener('error', onError);
    stream.removeListener('close', onClose);
  }

  if (options.signal && !closed) {
    callback = abortable(options.signal, stream, callback, stopWatching);
  }
  return stopWatching;
}

/** Lets a signal end the waiting; returns the callback to use from now on. */
function abortable(signal, stream, callback, stopWatching) {
  const onAbort = () => {
    stopWatching();
    callback.call(stream, new AbortError(undefined, { cause: signal.reason }));
  };
  if (signal.aborted) {
    nextTick(onAbort);
    return callback;
  }
  const { addAbortListener } = require('events');
  const listener = addAbortListener(signal, onAbort);
  const original = callback;
  return once(function(...args) {
    listener[Symbol.dispose]();
    Reflect.apply(original, stream, args);
  });
}

function webFinished(stream, options, callback) {
  let isAborted = false;
  const { signal } = options;
  if (signal) {
    const onAbort = () => {
      isAborted = true;
      callback.call(stream, new AbortError(undefined, { cause: signal.reason }));
    };
    if (signal.aborted) {
      nextTick(onAbort);
    } else {
      const { addAbortListener } = require('events');
      const listener = addAbortListener(signal, onAbort);
      const original = callback;
      callback = once((...args) => {
        listener[Symbol.dispose]();
        Reflect.apply(original, stream, args);
      });
    }
  }
  const onSettled = (...args) => {
    if (!isAborted) nextTick(() => Reflect.apply(callback, stream, args));
  };
  stream[kIsClosedPromise].promise.then(() => onSettled(), onSettled);
  return nothing;
}

/** The form of `stream/promises`. */
function finishedPromise(stream, options) {
  let cleanup = false;
  if (options === null || options === undefined) options = kEmptyObject;
  if (options.cleanup) {
    validateBoolean(options.cleanup, 'cleanup');
    cleanup = options.cleanup;
  }
  return new Promise((resolve, reject) => {
    const stopWatching = finished(stream, options, (error) => {
      if (cleanup) stopWatching();
      if (error) reject(error);
      else resolve();
    });
  });
}

module.exports = { finished, finishedPromise };
