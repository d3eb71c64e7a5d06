'use strict';

// Questions about streams of every kind: ours, those of other implementations with the same state objects, legacy ones
// without any, and web streams. An answer of null means "no such half" or "cannot tell".

const kIsReadable = Symbol.for('nodejs.stream.readable');
const kIsWritable = Symbol.for('nodejs.stream.writable');
const kIsErrored = Symbol.for('nodejs.stream.errored');
const kIsDisturbed = Symbol.for('nodejs.stream.disturbed');
const kIsDestroyed = Symbol.for('nodejs.stream.destroyed');
const kIsClosedPromise = Symbol.for('nodejs.webstream.isClosedPromise');
const kControllerErrorFunction = Symbol.for('nodejs.webstream.controllerErrorFunction');

const isFunction = (value) => typeof value === 'function';
const isObject = (value) => typeof value === 'object' && value !== null;

function isReadableNodeStream(stream, strict = false) {
  if (!stream || !isFunction(stream.pipe) || !isFunction(stream.on)) return false;
  if (strict && (!isFunction(stream.pause) || !isFunction(stream.resume))) return false;
  // A writable stream inherits `pipe` too; a duplex stream may have had its readable half switched off.
  if (stream._writableState && stream._readableState?.readable === false) return false;
  return !stream._writableState || Boolean(stream._readableState);
}

function isWritableNodeStream(stream) {
  return Boolean(stream && isFunction(stream.write) && isFunction(stream.on) &&
    (!stream._readableState || stream._writableState?.writable !== false));
}

function isDuplexNodeStream(stream) {
  return Boolean(stream && isFunction(stream.pipe) && stream._readableState &&
    isFunction(stream.on) && isFunction(stream.write));
}

function isNodeStream(stream) {
  return Boolean(stream && (stream._readableState || stream._writableState ||
    (isFunction(stream.write) && isFunction(stream.on)) ||
    (isFunction(stream.pipe) && isFunction(stream.on))));
}

function isReadableStream(value) {
  return Boolean(value && !isNodeStream(value) && isFunction(value.pipeThrough) &&
    isFunction(value.getReader) && isFunction(value.cancel));
}

function isWritableStream(value) {
  return Boolean(value && !isNodeStream(value) && isFunction(value.getWriter) && isFunction(value.abort));
}

function isTransformStream(value) {
  return Boolean(value && !isNodeStream(value) && isObject(value.readable) && isObject(value.writable));
}

function isWebStream(value) {
  return isReadableStream(value) || isWritableStream(value) || isTransformStream(value);
}

/** @param isAsync true: async only, false: sync only, undefined: either */
function isIterable(value, isAsync) {
  if (value === null || value === undefined) return false;
  if (isAsync === true) return isFunction(value[Symbol.asyncIterator]);
  if (isAsync === false) return isFunction(value[Symbol.iterator]);
  return isFunction(value[Symbol.asyncIterator]) || isFunction(value[Symbol.iterator]);
}

function isDestroyed(stream) {
  if (!isNodeStream(stream)) return null;
  const state = stream._writableState || stream._readableState;
  return Boolean(stream.destroyed || stream[kIsDestroyed] || state?.destroyed);
}

function isWritableEnded(stream) {
  if (!isWritableNodeStream(stream)) return null;
  if (stream.writableEnded === true) return true;
  const state = stream._writableState;
  if (state?.errored) return false;
  return typeof state?.ended === 'boolean' ? state.ended : null;
}

/** @param strict whether data that was ended but not yet flushed counts as unfinished */
function isWritableFinished(stream, strict) {
  if (!isWritableNodeStream(stream)) return null;
  if (stream.writableFinished === true) return true;
  const state = stream._writableState;
  if (state?.errored) return false;
  if (typeof state?.finished !== 'boolean') return null;
  return Boolean(state.finished || (strict === false && state.ended === true && state.length === 0));
}

function isReadableEnded(stream) {
  if (!isReadableNodeStream(stream)) return null;
  if (stream.readableEnded === true) return true;
  const state = stream._readableState;
  if (!state || state.errored) return false;
  return typeof state.ended === 'boolean' ? state.ended : null;
}

function isReadableFinished(stream, strict) {
  if (!isReadableNodeStream(stream)) return null;
  const state = stream._readableState;
  if (state?.errored) return false;
  if (typeof state?.endEmitted !== 'boolean') return null;
  return Boolean(state.endEmitted || (strict === false && state.ended === true && state.length === 0));
}

function isReadable(stream) {
  if (stream && stream[kIsReadable] !== undefined && stream[kIsReadable] !== null) return stream[kIsReadable];
  if (typeof stream?.readable !== 'boolean') return null;
  if (isDestroyed(stream)) return false;
  return isReadableNodeStream(stream) && stream.readable && !isReadableFinished(stream);
}

function isWritable(stream) {
  if (stream && stream[kIsWritable] !== undefined && stream[kIsWritable] !== null) return stream[kIsWritable];
  if (typeof stream?.writable !== 'boolean') return null;
  if (isDestroyed(stream)) return false;
  return isWritableNodeStream(stream) && stream.writable && !isWritableEnded(stream);
}

/** Whether a stream has nothing more to do in the halves that `options` names. */
function isFinished(stream, options) {
  if (!isNodeStream(stream)) return null;
  if (isDestroyed(stream)) return true;
  if (options?.readable !== false && isReadable(stream)) return false;
  if (options?.writable !== false && isWritable(stream)) return false;
  return true;
}

function readableErrored(stream) {
  if (!isNodeStream(stream)) return null;
  return stream.readableErrored ? stream.readableErrored : stream._readableState?.errored ?? null;
}

function writableErrored(stream) {
  if (!isNodeStream(stream)) return null;
  return stream.writableErrored ? stream.writableErrored : stream._writableState?.errored ?? null;
}

function isOutgoingMessage(stream) {
  return typeof stream._closed === 'boolean' && typeof stream._defaultKeepAlive === 'boolean' &&
    typeof stream._removedConnection === 'boolean' && typeof stream._removedContLen === 'boolean';
}

function isServerResponse(stream) {
  return typeof stream._sent100 === 'boolean' && isOutgoingMessage(stream);
}

function isServerRequest(stream) {
  return typeof stream._consuming === 'boolean' && typeof stream._dumped === 'boolean' &&
    stream.req?.upgradeOrConnect === undefined;
}

/** An HTTP client's request, ours or one of a look-alike: something that can be aborted. */
function isRequest(stream) {
  return Boolean(stream && stream.setHeader && isFunction(stream.abort));
}

function isClosed(stream) {
  if (!isNodeStream(stream)) return null;
  if (typeof stream.closed === 'boolean') return stream.closed;
  const { _writableState: writable, _readableState: readable } = stream;
  if (typeof writable?.closed === 'boolean' || typeof readable?.closed === 'boolean') {
    return writable?.closed || readable?.closed;
  }
  return typeof stream._closed === 'boolean' && isOutgoingMessage(stream) ? stream._closed : null;
}

/** Whether a 'close' event will follow the end by itself. */
function willEmitClose(stream) {
  if (!isNodeStream(stream)) return null;
  const state = stream._writableState || stream._readableState;
  if (!state) return isServerResponse(stream);
  return Boolean(state.autoDestroy && state.emitClose && state.closed === false);
}

function isDisturbed(stream) {
  return Boolean(stream && (stream[kIsDisturbed] ?? (stream.readableDidRead || stream.readableAborted)));
}

function isErrored(stream) {
  return Boolean(stream && (stream[kIsErrored] ?? stream.readableErrored ?? stream.writableErrored ??
    stream._readableState?.errorEmitted ?? stream._writableState?.errorEmitted ??
    stream._readableState?.errored ?? stream._writableState?.errored));
}

module.exports = {
  isClosed,
  isDestroyed,
  isDisturbed,
  isDuplexNodeStream,
  isErrored,
  isFinished,
  isIterable,
  isNodeStream,
  isReadable,
  isReadableEnded,
  isReadableFinished,
  isReadableNodeStream,
  isReadableStream,
  isRequest,
  isServerRequest,
  isTransformStream,
  isWebStream,
  isWritable,
  isWritableEnded,
  isWritableFinished,
  isWritableNodeStream,
  isWritableStream,
  kControllerErrorFunction,
  kIsClosedPromise,
  kIsDestroyed,
  kIsDisturbed,
  kIsErrored,
  kIsReadable,
  kIsWritable,
  readableErrored,
  willEmitClose,
  writableErrored,
};
