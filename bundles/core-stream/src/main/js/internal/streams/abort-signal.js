'use strict';

const { AbortError, codes: { ERR_INVALID_ARG_TYPE } } = require('internal/errors');
const { validateAbortSignal } = require('internal/validators');
const { isNodeStream, isWebStream, kControllerErrorFunction } = require('internal/streams/queries');
const { finished } = require('internal/streams/finished');

/** Destroys `stream` when `signal` aborts. */
function addAbortSignal(signal, stream) {
  validateAbortSignal(signal, 'signal');
  if (!isNodeStream(stream) && !isWebStream(stream)) {
    throw new ERR_INVALID_ARG_TYPE('stream', ['ReadableStream', 'WritableStream', 'Stream'], stream);
  }
  return addAbortSignalUnchecked(signal, stream);
}

function addAbortSignalUnchecked(signal, stream) {
  if (typeof signal !== 'object' || !('aborted' in signal)) return stream;
  const onAbort = () => {
    const error = new AbortError(undefined, { cause: signal.reason });
    if (isNodeStream(stream)) stream.destroy(error);
    else stream[kControllerErrorFunction](error);
  };
  if (signal.aborted) {
    onAbort();
  } else {
    const { addAbortListener } = require('events');
    const listener = addAbortListener(signal, onAbort);
    finished(stream, listener[Symbol.dispose]);
  }
  return stream;
}

module.exports = { addAbortSignal, addAbortSignalUnchecked };
